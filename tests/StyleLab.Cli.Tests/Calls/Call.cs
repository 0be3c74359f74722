namespace StyleLab.Cli.Tests;

/// <summary>One call of the command.</summary>
/// <param name="Folder">The current folder.</param>
/// <param name="Words">What follows "stylelab".</param>
/// <param name="Output">The file that standard output is written to.</param>
/// <param name="Error">The file that standard error is written to.</param>
internal sealed record Call(string Folder, string[] Words, string Output, string Error);
