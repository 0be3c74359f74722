namespace StyleLab.Jupyter.History;

/// <summary>A cell that was run.</summary>
/// <param name="Session">The number of the kernel that ran it, from 1.</param>
/// <param name="Line">The number of the cell in that kernel.</param>
/// <param name="Input">Its code.</param>
/// <param name="Output">Its value as text, if it had one.</param>
internal sealed record HistoryEntry(int Session, int Line, string Input, string? Output);
