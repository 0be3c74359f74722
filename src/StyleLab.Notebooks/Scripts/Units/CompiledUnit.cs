namespace StyleLab.Notebooks;

/// <summary>The ordinary code of a cell, compiled.</summary>
/// <param name="Assemblies">The assembly, and empty ones in place of others whose types it took over.</param>
/// <param name="Code">The assembly's file.</param>
/// <param name="Symbols">Its symbols.</param>
/// <param name="Warnings">What the compiler warns of.</param>
internal sealed record CompiledUnit(
    IReadOnlyList<UnitAssembly> Assemblies, byte[] Code, byte[] Symbols, IReadOnlyList<CompilationProblem> Warnings);
