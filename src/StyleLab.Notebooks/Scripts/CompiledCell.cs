using Microsoft.CodeAnalysis.CSharp;

namespace StyleLab.Notebooks;

/// <summary>A cell that compiled.</summary>
/// <param name="Compilation">What later cells are compiled against.</param>
/// <param name="ReferenceCount">How many of the session's references it was compiled with.</param>
/// <param name="EntryPoint">Runs the cell; takes the submissions so far and adds this one.</param>
/// <param name="HasValue">Whether a result is the value of the cell's last expression, and is to be shown.</param>
internal sealed record CompiledCell(
    CSharpCompilation Compilation, int ReferenceCount, Func<object?[], Task<object?>> EntryPoint, Func<object?, bool> HasValue)
{
    /// <summary>The variables that are to be closed one day.</summary>
    public IReadOnlyList<UsingVariable> Usings { get; init; } = [];

    /// <summary>What the compiler warns of.</summary>
    public IReadOnlyList<CompilationProblem> Warnings { get; init; } = [];

    /// <summary>Whether it declares something that later cells can see.</summary>
    public bool IsSeenLater { get; init; }

    /// <summary>Whether later cells see it already.</summary>
    public bool IsAppended { get; set; }
}
