using System.Reflection;
using System.Runtime.Loader;

namespace StyleLab.Notebooks;

/// <summary>Holds one cell that nothing can refer to by name, for as long as its code runs or something of it is kept.</summary>
/// <param name="others">All other cells, and what they reference.</param>
internal sealed class PassingLoadContext(ScriptLoadContext others) : AssemblyLoadContext("passing cell", isCollectible: true)
{
    public Assembly LoadCell(byte[] code, byte[]? symbols)
    {
        var cell = LoadFromStream(new MemoryStream(code), symbols == null ? null : new MemoryStream(symbols));
        Unload(); // As soon as nobody needs it any more.
        return cell;
    }

    protected override Assembly? Load(AssemblyName name) => others.Find(name);

    protected override nint LoadUnmanagedDll(string name) => others.FindUnmanaged(name);
}
