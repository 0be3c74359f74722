using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace StyleLab.Notebooks;

/// <summary>
/// Finds what <c>#r</c> names: a file beside the notebook, an assembly shipped beside the program, or one of .NET
/// itself. Also tells the session's load context where such a file lies when its code first runs.
/// </summary>
internal sealed class ScriptReferences(string folder) : MetadataReferenceResolver
{
    private const string BroughtAlias = "brought";

    // Libraries that come with the program but are not part of it, such as StyleLab.TorchSharp with TorchSharp.
    private static readonly string CarriedFolder = Path.Combine(AppContext.BaseDirectory, "torchsharp");

    private static readonly ConcurrentDictionary<string, PortableExecutableReference> OpenReferences = new();

    private readonly List<MetadataReference> _all = [.. Default.Value];
    private readonly ConcurrentDictionary<string, string> _nativeFiles = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _filesToLoad = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// .NET itself and the display functions: what every cell sees without a <c>#r</c>. Not the assemblies of .NET that only say
    /// where a type has gone: they are found when something needs them, and each cell keeps lists as long as this one.
    /// </summary>
    public static Lazy<ImmutableArray<MetadataReference>> Default { get; } = new(() =>
        [.. DotNet.Files.Select(Open).Where(DefinesTypes), Open(typeof(ScriptReferences).Assembly.Location)]);

    /// <summary>How many references there are; it only grows.</summary>
    public int Count
    {
        get
        {
            lock (_all)
                return _all.Count;
        }
    }

    public override bool ResolveMissingAssemblies => true;

    /// <summary>The references from this one on.</summary>
    public IReadOnlyList<MetadataReference> After(int count)
    {
        lock (_all)
            return _all[count..];
    }

    /// <summary>The files that were added to what every cell sees.</summary>
    public IEnumerable<string> Added() => After(Default.Value.Length).Select(reference => reference.Display ?? "").Where(File.Exists);

    /// <summary>Lets all later cells use the assemblies of packages or a project; of what is in .NET itself .NET's own, and of what
    /// cells can call ours, because a type must not exist twice.</summary>
    public void Add(ResolvedFiles files)
    {
        lock (_all)
        {
            foreach (string file in files.Compile.Where(file => !DotNet.Has(file) && !IsNowInDotNet(file) && !SameNames.AreIn(file)))
            {
                if (!_all.Any(known => known.Display == file))
                    _all.Add(Open(file));
            }
        }

        foreach (string file in files.Runtime.Where(file => !DotNet.Has(file)))
            _filesToLoad.TryAdd(Path.GetFileNameWithoutExtension(file), file);
        foreach (string file in files.Native)
            _nativeFiles.TryAdd(Path.GetFileName(file), file);
    }

    /// <summary>Lets all later cells use assemblies that are in no file.</summary>
    public void Add(IEnumerable<MetadataReference> references)
    {
        lock (_all)
            _all.AddRange(references);
    }

    /// <summary>Lets an assembly be loaded that no cell refers to, unless there is one of its name.</summary>
    public void AddForLoading(string file) => _filesToLoad.TryAdd(Path.GetFileNameWithoutExtension(file), file);

    /// <summary>The files of all native libraries that packages bring.</summary>
    public IEnumerable<string> NativeFiles => _nativeFiles.Values;

    /// <summary>The file of a native library that a package brings, or null.</summary>
    public string? NativeFile(string library)
    {
        string[] names = [library, $"lib{library}.so", $"{library}.so", $"lib{library}.dylib", $"{library}.dylib", $"{library}.dll"];
        return names.Select(name => _nativeFiles.GetValueOrDefault(name)).FirstOrDefault(file => file != null);
    }

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        // In a loaded file; the package itself was added before.
        if (IsPackage(reference))
            return [Open(typeof(object).Assembly.Location)];

        if (Find(reference) is not { } file)
            return [];

        NoteForLoading(file);
        return [Open(file)];
    }

    /// <summary>An assembly that a referenced one needs is looked for beside it, in .NET, beside the program, and among what packages load. It is known
    /// then by what refers to it, and its names do not meet those of cells.</summary>
    public override PortableExecutableReference? ResolveMissingAssembly(
        MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        if (definition is not PortableExecutableReference { FilePath: { } neighbour })
            return null;
        string name = referenceIdentity.Name + ".dll";
        string? file = new[] { Path.GetDirectoryName(neighbour)!, DotNet.Folder, AppContext.BaseDirectory }.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? _filesToLoad.GetValueOrDefault(referenceIdentity.Name);
        if (file == null)
            return null;

        NoteForLoading(file);

        // What is needed only to understand what refers to it is not to meet the names of cells.
        return SameNames.AreIn(file) ? (PortableExecutableReference)Open(file).WithAliases([BroughtAlias]) : Open(file);
    }

    /// <summary>The file that a referenced assembly was read from, or null.</summary>
    public static string? FileOf(string assembly) =>
        OpenReferences.Keys.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file).Equals(assembly, StringComparison.OrdinalIgnoreCase));

    /// <summary>What <c>#r</c> can name without a path: assemblies beside the program.</summary>
    public static IEnumerable<string> NamesWithoutPath() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(file => !DotNet.Has(file)).Select(file => Path.GetFileNameWithoutExtension(file));

    /// <summary>Says in one sentence why a reference is not found, or null when it is.</summary>
    public string? Explain(string reference)
    {
        if (IsPackage(reference) || Find(reference) != null)
            return null;
        return IsPath(reference)
            ? $"#r \"{reference}\" was not found in the notebook's folder {folder}; check the path of the assembly."
            : $"#r \"{reference}\" was found neither in the notebook's folder nor beside the program nor in .NET; " +
              "give the path of the assembly: #r \"path/to/Name.dll\".";
    }

    /// <summary>The file to load for an assembly, or null when the program itself has it.</summary>
    public string? FileToLoad(AssemblyName name)
    {
        // A second copy of ourselves would not know the running cell.
        if (name.Name == typeof(ScriptReferences).Assembly.GetName().Name)
            return null;
        if (_filesToLoad.TryGetValue(name.Name!, out string? file))
            return file;

        // Needed by a referenced assembly, but mentioned by no cell.
        return _filesToLoad.Values
            .Select(neighbour => Path.Combine(Path.GetDirectoryName(neighbour)!, name.Name + ".dll"))
            .FirstOrDefault(File.Exists);
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private static bool IsPackage(string reference) => reference.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase);

    private static bool IsPath(string reference) =>
        reference.Contains('/') || reference.Contains('\\') ||
        reference.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ||
        reference.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);

    private static PortableExecutableReference Open(string file) =>
        OpenReferences.GetOrAdd(file, _ => MetadataReference.CreateFromFile(file));

    private static bool DefinesTypes(PortableExecutableReference reference) =>
        reference.GetMetadata() is AssemblyMetadata metadata && metadata.GetModules().Any(module => module.GetMetadataReader().TypeDefinitions.Count > 1);

    // Its operators came into .NET 10 under the same names, and every call would mean both. Later versions leave them out.
    private static bool IsNowInDotNet(string file) =>
        Path.GetFileName(file).Equals("System.Linq.Async.dll", StringComparison.OrdinalIgnoreCase) && AssemblyName.GetAssemblyName(file).Version?.Major < 7;

    private string? Find(string reference)
    {
        string fileName = IsPath(reference) ? reference : new AssemblyName(reference).Name + ".dll";
        string[] candidates =
        [
            Path.Combine(folder, fileName),
            Path.Combine(AppContext.BaseDirectory, fileName),
            Path.Combine(CarriedFolder, fileName),
            Path.Combine(DotNet.Folder, fileName),
        ];
        return candidates.Select(Path.GetFullPath).FirstOrDefault(File.Exists) ?? LoadedFile(reference);
    }

    private static string? LoadedFile(string reference) =>
        IsPath(reference)
            ? null
            : AssemblyLoadContext.Default.Assemblies
                .FirstOrDefault(assembly => assembly.GetName().Name == new AssemblyName(reference).Name)
                ?.Location is { Length: > 0 } file ? file : null;

    private static bool IsNative(string file) => Path.GetExtension(file) is ".so" or ".dylib" || Path.GetFileName(file) == "LibTorchSharp.dll";

    private void NoteForLoading(string file)
    {
        // What the program has itself must stay the program's, or the same type would exist twice.
        string home = Path.GetDirectoryName(file)! + Path.DirectorySeparatorChar;
        if (home == AppContext.BaseDirectory || home == DotNet.Folder + Path.DirectorySeparatorChar)
            return;
        _filesToLoad[Path.GetFileNameWithoutExtension(file)] = file;
        if (home == CarriedFolder + Path.DirectorySeparatorChar)
            foreach (string native in Directory.EnumerateFiles(CarriedFolder).Where(IsNative))
                _nativeFiles.TryAdd(Path.GetFileName(native), native);
    }
}
