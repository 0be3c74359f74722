namespace StyleLab.Cli.Parsing;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done as asked.</summary>
    public const int Done = 0;

    /// <summary>The call was right but the work failed: a corrupt picture, an output that cannot be written, an interruption.</summary>
    public const int Failed = 1;

    /// <summary>The call was wrong: a missing file, an unknown name, a number out of range.</summary>
    public const int WrongCall = 2;
}
