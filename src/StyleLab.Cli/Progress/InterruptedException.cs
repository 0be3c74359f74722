namespace StyleLab.Cli.Progress;

/// <summary>Ctrl-C came while there was nothing to save; the message says so.</summary>
internal sealed class InterruptedException(string message) : Exception(message);
