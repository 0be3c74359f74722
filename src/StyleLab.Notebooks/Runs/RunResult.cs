namespace StyleLab.Notebooks;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>Every cell ran to its end.</summary>
    Done,

    /// <summary>A cell did not compile, or it threw.</summary>
    Failed,

    /// <summary>A cell ran longer than it may.</summary>
    TimedOut,

    /// <summary>The run was cancelled.</summary>
    Cancelled,
}

/// <summary>A run that ended; the notebook with all outputs so far has been saved.</summary>
/// <param name="Status">How the run ended.</param>
/// <param name="Notebook">The executed notebook.</param>
/// <param name="OutputPath">Where it was saved.</param>
/// <param name="Duration">Time from the first to the last cell.</param>
/// <param name="FailedCell">The code cell at which the run stopped, from 1; null if it ran to its end.</param>
/// <param name="Error">What that cell said, if it said something.</param>
public sealed record RunResult(
    RunStatus Status, Notebook Notebook, string OutputPath, TimeSpan Duration, int? FailedCell, ErrorOutput? Error)
{
    /// <summary>Why <see cref="OutputPath"/> is not where it was asked for, or does not hold all: sentences; null if all is well.</summary>
    public string? WriteProblem { get; init; }
}
