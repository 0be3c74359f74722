using System.Reflection;
using System.Runtime.Loader;

namespace StyleLab.Notebooks;

/// <summary>Holds one assembly of a cell apart from all others: to let go of it, or because a load context has room for one of a name
/// only.</summary>
internal sealed class SingleLoadContext : AssemblyLoadContext
{
    private readonly ScriptLoadContext _others;

    private SingleLoadContext(ScriptLoadContext others, string name, bool isCollectible)
        : base(name, isCollectible) => _others = others;

    /// <summary>Loads a cell that nothing can refer to by name, for as long as its code runs or something of it is kept.</summary>
    /// <param name="others">All other cells, and what they reference.</param>
    /// <param name="code">The assembly.</param>
    /// <param name="symbols">Its symbols, if there are some.</param>
    public static Assembly Passing(ScriptLoadContext others, byte[] code, byte[]? symbols)
    {
        var context = new SingleLoadContext(others, "passing cell", isCollectible: true);
        var cell = context.Load(code, symbols);
        context.Unload(); // As soon as nobody needs it any more.
        return cell;
    }

    /// <summary>Loads ordinary code for good, beside other versions of the same name.</summary>
    /// <param name="others">All other cells, and what they reference.</param>
    /// <param name="code">The assembly.</param>
    /// <param name="symbols">Its symbols, if there are some.</param>
    public static Assembly Lasting(ScriptLoadContext others, byte[] code, byte[]? symbols) =>
        new SingleLoadContext(others, "types of cells", isCollectible: false).Load(code, symbols);

    protected override Assembly? Load(AssemblyName name) => _others.Find(name);

    protected override nint LoadUnmanagedDll(string name) => _others.FindUnmanaged(name);

    private Assembly Load(byte[] code, byte[]? symbols) =>
        LoadFromStream(new MemoryStream(code), symbols == null ? null : new MemoryStream(symbols));
}
