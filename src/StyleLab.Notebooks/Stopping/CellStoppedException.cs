namespace StyleLab.Notebooks;

/// <summary>Thrown into the code of a cell that is to stop; the cell's own catch clauses let it pass.</summary>
internal sealed class CellStoppedException() : OperationCanceledException("The cell was stopped.");
