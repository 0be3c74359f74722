namespace StyleLab.Cli.Parsing;

/// <summary>The command was called with something that cannot be meant: one sentence for stderr, exit code 2.</summary>
internal sealed class WrongCallException(string message, Exception? inner = null) : Exception(message, inner);
