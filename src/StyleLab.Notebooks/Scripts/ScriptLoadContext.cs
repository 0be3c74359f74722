using System.Reflection;
using System.Runtime.Loader;
using StyleLab.NativeLibraries;

namespace StyleLab.Notebooks;

/// <summary>Holds the compiled cells of one session and what they reference.</summary>
internal sealed class ScriptLoadContext(ScriptReferences references) : AssemblyLoadContext("cells")
{
    private readonly Dictionary<string, Assembly> _cells = [];
    private readonly Dictionary<(string Name, int Version), Assembly> _units = [];
    private readonly Dictionary<string, Assembly> _names = new(StringComparer.OrdinalIgnoreCase);

    public Assembly LoadCell(string name, byte[] code, byte[]? symbols) =>
        _cells[name] = LoadFromStream(new MemoryStream(code), symbols == null ? null : new MemoryStream(symbols));

    /// <summary>Loads the ordinary code of a cell, beside what has the same name and another version.</summary>
    public void LoadUnit(UnitAssembly unit, byte[] code, byte[]? symbols) =>
        _units[(unit.Name, unit.Version)] = SingleLoadContext.Lasting(this, code, symbols);

    /// <summary>The assembly of a cell, or one that cells reference; null if the program has it.</summary>
    public Assembly? Find(AssemblyName name)
    {
        if (_cells.TryGetValue(name.Name!, out var cell) || _units.TryGetValue((name.Name!, name.Version?.Major ?? 0), out cell))
            return cell;
        if (references.FileToLoad(name) is { } file)
            return LoadFromAssemblyPath(file);
        return InteractiveNames.Has(name.Name) ? OurNames(name.Name!) : null;
    }

    /// <summary>A native library that cells reference, or 0.</summary>
    public nint FindUnmanaged(string name) => references.NativeFile(name) is { } file ? LoadNative(file, []) : 0;

    // The system looks for what a library needs beside it, and not in other packages; it takes what has been loaded already.
    private nint LoadNative(string file, HashSet<string> tried)
    {
        while (true)
        {
            try
            {
                return UndemandingLibrary.Load(file, LoadUnmanagedDllFromPath);
            }
            catch (DllNotFoundException missing)
            {
                if (references.NativeFiles.FirstOrDefault(other => other != file && Names(missing, other) && tried.Add(other)) is not { } needed)
                    throw;
                LoadNative(needed, tried);
            }
        }
    }

    // "libtorch.so: cannot open shared object file", "Library not loaded: @rpath/libtorch.dylib"
    private static bool Names(DllNotFoundException missing, string file)
    {
        string name = Path.GetFileName(file);
        return missing.Message.Contains($"{name}: ", StringComparison.Ordinal) || missing.Message.Contains($"@rpath/{name}", StringComparison.Ordinal);
    }

    // Once made, it is what the name stands for.
    private Assembly OurNames(string name)
    {
        lock (_names)
        {
            if (!_names.TryGetValue(name, out var made))
                made = _names[name] = LoadFromStream(InteractiveNames.Make(name));
            return made;
        }
    }

    protected override Assembly? Load(AssemblyName name) => Find(name);

    protected override nint LoadUnmanagedDll(string name) => FindUnmanaged(name);
}
