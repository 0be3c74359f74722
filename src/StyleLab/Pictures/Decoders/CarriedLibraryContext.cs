using System.Reflection;
using System.Runtime.Loader;

namespace StyleLab.Pictures.Decoders;

/// <summary>
/// A library in a folder of its own, with its versions of everything but StyleLab itself: whoever loads another version of the same library,
/// before or after, does not meet this one.
/// </summary>
internal sealed class CarriedLibraryContext(string folder) : AssemblyLoadContext(Path.GetFileName(folder))
{
    protected override Assembly? Load(AssemblyName name)
    {
        var own = typeof(CarriedLibraryContext).Assembly;
        if (name.Name == own.GetName().Name)
            return own;
        string file = Path.Combine(folder, name.Name + ".dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }

    protected override nint LoadUnmanagedDll(string name)
    {
        string[] files = [$"{name}.so", $"lib{name}.so", $"{name}.dll", $"{name}.dylib", $"lib{name}.dylib"];
        return files.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
    }
}
