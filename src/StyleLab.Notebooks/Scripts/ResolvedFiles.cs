namespace StyleLab.Notebooks;

/// <summary>The files that packages or a project bring.</summary>
/// <param name="Packages">Each package with the version that was chosen, transitive ones too.</param>
/// <param name="Compile">Assemblies to compile against.</param>
/// <param name="Runtime">Assemblies to load.</param>
/// <param name="Native">Native libraries for this machine.</param>
internal sealed record ResolvedFiles(
    IReadOnlyList<ResolvedPackage> Packages, IReadOnlyList<string> Compile, IReadOnlyList<string> Runtime,
    IReadOnlyList<string> Native);

/// <summary>A package of a restore.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">The chosen version.</param>
/// <param name="Folder">Where it was unpacked.</param>
internal sealed record ResolvedPackage(string Name, string Version, string Folder);
