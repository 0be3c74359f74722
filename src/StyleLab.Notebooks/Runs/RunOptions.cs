namespace StyleLab.Notebooks;

/// <summary>How to run a notebook.</summary>
public sealed record RunOptions
{
    /// <summary>Values for the cell tagged <c>parameters</c>, as typed by the user, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>How long one cell may run before it is stopped and the run has failed; null for as long as it
    /// likes.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>Go on after a cell that fails; the result still says that there was one.</summary>
    public bool AllowErrors { get; init; }

    /// <summary>Told at the start of each cell and whenever a live display changes.</summary>
    public IProgress<RunProgress>? Progress { get; init; }
}
