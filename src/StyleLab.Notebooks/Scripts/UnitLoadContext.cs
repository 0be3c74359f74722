using System.Reflection;
using System.Runtime.Loader;

namespace StyleLab.Notebooks;

/// <summary>Holds one assembly of ordinary code: a load context has room for one of a name only.</summary>
/// <param name="others">All cells, and what they reference.</param>
internal sealed class UnitLoadContext(ScriptLoadContext others) : AssemblyLoadContext("types of cells")
{
    public Assembly Load(byte[] code, byte[]? symbols) =>
        LoadFromStream(new MemoryStream(code), symbols == null ? null : new MemoryStream(symbols));

    protected override Assembly? Load(AssemblyName name) => others.Find(name);

    protected override nint LoadUnmanagedDll(string name) => others.FindUnmanaged(name);
}
