namespace StyleLab.Notebooks;

/// <summary>How far a run is.</summary>
/// <param name="Notebook">The file name of the notebook.</param>
/// <param name="Cell">The code cell that runs, from 1.</param>
/// <param name="CellCount">How many code cells there are.</param>
/// <param name="Elapsed">Time since the run began.</param>
/// <param name="Status">What a live display last said, as plain text, perhaps of several lines, such as "step 120 of
/// 300"; null at the start of a cell.</param>
public sealed record RunProgress(string Notebook, int Cell, int CellCount, TimeSpan Elapsed, string? Status);
