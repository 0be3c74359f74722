namespace StyleLab.Notebooks;

/// <summary>One thing a cell says while it runs. The kinds are those of the Jupyter protocol's iopub channel.</summary>
public abstract record Output;

/// <summary>Text written to a standard stream.</summary>
/// <param name="Name">"stdout" or "stderr".</param>
/// <param name="Text">The text, newlines included.</param>
public sealed record StreamOutput(string Name, string Text) : Output;

/// <summary>Something shown with <c>display</c>.</summary>
/// <param name="Data">The value in every MIME type it can be shown in.</param>
/// <param name="DisplayId">The name under which later updates find this display.</param>
public sealed record DisplayOutput(MimeBundle Data, string DisplayId) : Output;

/// <summary>New content for every display with this id, in whichever cell it stands.</summary>
public sealed record UpdateDisplayOutput(MimeBundle Data, string DisplayId) : Output;

/// <summary>The value of a cell's last expression.</summary>
public sealed record ResultOutput(MimeBundle Data, int ExecutionCount) : Output;

/// <summary>Why a cell stopped: it did not compile, it threw, or it was interrupted.</summary>
/// <param name="Name">The exception's type name, <see cref="CompilationError"/> or <see cref="Interrupted"/>.</param>
/// <param name="Message">One line.</param>
/// <param name="Traceback">What to print, ending at the user's own line.</param>
public sealed record ErrorOutput(string Name, string Message, IReadOnlyList<string> Traceback) : Output
{
    /// <summary>The name of errors found before a cell runs.</summary>
    public const string CompilationError = "CompilationError";

    /// <summary>The name of errors in what a cell asks of the session: its magics, packages, language.</summary>
    public const string CellError = "CellError";

    /// <summary>The name of the error of a cell that was stopped from outside.</summary>
    public const string Interrupted = "Interrupted";
}

/// <summary>Takes away what the cell has shown so far.</summary>
/// <param name="Wait">Only when the next output arrives, so that nothing flickers.</param>
public sealed record ClearOutput(bool Wait) : Output;
