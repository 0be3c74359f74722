namespace StyleLab.Notebooks;

/// <summary>How far a run is.</summary>
/// <param name="Notebook">The file name of the notebook.</param>
/// <param name="Cell">The code cell that runs, from 1.</param>
/// <param name="CellCount">How many code cells there are.</param>
/// <param name="Elapsed">Time since the run began.</param>
/// <param name="Status">The latest text of a live display of this cell, such as "step 120 of 300"; null if it has none.</param>
public sealed record RunProgress(string Notebook, int Cell, int CellCount, TimeSpan Elapsed, string? Status);
