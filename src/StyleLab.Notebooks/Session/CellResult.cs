namespace StyleLab.Notebooks;

/// <summary>How a cell ended.</summary>
public enum CellStatus
{
    /// <summary>It ran to its end.</summary>
    Done,

    /// <summary>It did not compile, or it threw.</summary>
    Failed,

    /// <summary>It was stopped by its cancellation token.</summary>
    Interrupted,
}

/// <summary>The end of a cell; all its outputs were delivered before.</summary>
/// <param name="ExecutionCount">The number of the cell in its session, from 1; error messages name the cell by
/// it.</param>
/// <param name="Status">How the cell ended.</param>
/// <param name="Value">The value of the last expression, or null.</param>
/// <param name="Error">The error that was output, when the cell did not run to its end.</param>
public sealed record CellResult(int ExecutionCount, CellStatus Status, object? Value, ErrorOutput? Error);
