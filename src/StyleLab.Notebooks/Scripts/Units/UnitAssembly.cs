using Microsoft.CodeAnalysis;

namespace StyleLab.Notebooks;

/// <summary>The compiled ordinary code of one or more cells.</summary>
/// <param name="Name">The name of the assembly. A later one with the same name takes its place.</param>
/// <param name="Version">How many stood in this place, this one included.</param>
/// <param name="Types">The full names of its types, each with the source that declares it.</param>
/// <param name="Reference">What cells are compiled against.</param>
internal sealed record UnitAssembly(string Name, int Version, IReadOnlyDictionary<string, SyntaxTree> Types, MetadataReference Reference);
