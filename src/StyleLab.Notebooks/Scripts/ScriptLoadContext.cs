using System.Reflection;
using System.Runtime.Loader;

namespace StyleLab.Notebooks;

/// <summary>Holds the compiled cells of one session and what they reference.</summary>
internal sealed class ScriptLoadContext(ScriptReferences references) : AssemblyLoadContext("cells")
{
    private readonly Dictionary<string, Assembly> _cells = [];
    private readonly Dictionary<(string Name, int Version), Assembly> _units = [];

    public Assembly LoadCell(string name, byte[] code, byte[]? symbols) =>
        _cells[name] = LoadFromStream(new MemoryStream(code), symbols == null ? null : new MemoryStream(symbols));

    /// <summary>Loads the ordinary code of a cell, beside what has the same name and another version.</summary>
    public void LoadUnit(UnitAssembly unit, byte[] code, byte[]? symbols) =>
        _units[(unit.Name, unit.Version)] = new UnitLoadContext(this).Load(code, symbols);

    /// <summary>The assembly of a cell, or one that cells reference; null if the program has it.</summary>
    public Assembly? Find(AssemblyName name)
    {
        if (_cells.TryGetValue(name.Name!, out var cell) || _units.TryGetValue((name.Name!, name.Version?.Major ?? 0), out cell))
            return cell;
        return references.FileToLoad(name) is { } file ? LoadFromAssemblyPath(file) : null;
    }

    /// <summary>A native library that cells reference, or 0.</summary>
    public nint FindUnmanaged(string name) =>
        references.NativeFile(name) is { } file ? LoadUnmanagedDllFromPath(file) : 0;

    protected override Assembly? Load(AssemblyName name) => Find(name);

    protected override nint LoadUnmanagedDll(string name) => FindUnmanaged(name);
}
