using Mono.Cecil.Cil;

namespace StyleLab.Notebooks;

/// <summary>Instructions of a method, from one place up to another.</summary>
/// <param name="Start">Offset of the first.</param>
/// <param name="End">Offset behind the last.</param>
internal readonly record struct CodeRange(int Start, int End)
{
    /// <param name="start">The first instruction.</param>
    /// <param name="end">The one behind the last; null at the end of the method.</param>
    public static CodeRange Between(Instruction start, Instruction? end) => new(start.Offset, end?.Offset ?? int.MaxValue);

    public bool Contains(int offset) => offset >= Start && offset < End;
}
