using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace StyleLab.Tensors.Engines;

/// <summary>
/// Finds <c>StyleLab.TorchSharp</c>, which is loaded when its engine is first named: where it is loaded already, in the folder
/// <c>torchsharp</c> beside this assembly, where the command and its kernel carry it, or as a package of the program.
/// </summary>
internal static class TorchLibrary
{
    private const string Assembly = "StyleLab.TorchSharp", Type = "StyleLab.TorchEngine", Method = "Named";

    private static readonly Lock s_lock = new();
    private static Assembly? s_carried;

    private static string Folder { get; } = Path.Combine(
        typeof(TorchLibrary).Assembly.Location is { Length: > 0 } own ? Path.GetDirectoryName(own)! : AppContext.BaseDirectory, "torchsharp");

    private static AssemblyLoadContext Own => AssemblyLoadContext.GetLoadContext(typeof(TorchLibrary).Assembly)!;

    /// <summary>Whether a name is that of an engine there.</summary>
    public static bool Names(string name) => name == "torch" || name.StartsWith("torch:", StringComparison.Ordinal);

    /// <summary>The engine of a name.</summary>
    /// <exception cref="StyleLabException">The package is not here, or its engine does not run.</exception>
    public static IEngine Engine(string name)
    {
        var library = Find() ?? throw new StyleLabException(
            $"The engine '{name}' needs the package {Assembly}, which is neither beside the program nor among its packages; add it.");
        try
        {
            return (IEngine)library.GetType(Type, throwOnError: true)!.GetMethod(Method)!.Invoke(null, [name])!;
        }
        catch (TargetInvocationException thrown) when (thrown.InnerException is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
            throw;
        }
    }

    private static Assembly? Find()
    {
        lock (s_lock)
            return AssemblyLoadContext.All.SelectMany(context => context.Assemblies).FirstOrDefault(IsForUs) ?? Carried() ?? Referenced();
    }

    // One that was built for another copy of this assembly has engines of another type.
    private static bool IsForUs(Assembly assembly) =>
        assembly.GetName().Name == Assembly && typeof(IEngine).IsAssignableFrom(assembly.GetType(Type));

    private static Assembly? Carried()
    {
        string file = Path.Combine(Folder, Assembly + ".dll");
        return s_carried ??= File.Exists(file) ? new CarriedContext().LoadFromAssemblyPath(file) : null;
    }

    private static Assembly? Referenced()
    {
        try
        {
            return Own.LoadFromAssemblyName(new(Assembly));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>What is in the folder has its own versions of everything but StyleLab itself.</summary>
    private sealed class CarriedContext() : AssemblyLoadContext("torchsharp")
    {
        protected override Assembly? Load(AssemblyName name)
        {
            string file = Path.Combine(Folder, name.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : Own.LoadFromAssemblyName(name);
        }
    }
}
