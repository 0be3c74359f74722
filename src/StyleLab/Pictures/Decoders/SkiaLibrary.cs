using System.Reflection;
using System.Runtime.Loader;

namespace StyleLab.Pictures.Decoders;

/// <summary>
/// Finds <c>StyleLab.Skia</c>, which is loaded when the first file is met that needs it: in the folder <c>skia</c> beside this assembly, where
/// the command and its kernel carry it, or as a package of the program that uses this one.
/// </summary>
internal static class SkiaLibrary
{
    private const string Name = "StyleLab.Skia";

    private static readonly Lock s_lock = new();
    private static IPictureDecoder? s_decoder;
    private static string? s_fault;

    /// <summary>The decoder; null where there is none, or none that runs.</summary>
    public static IPictureDecoder? Decoder
    {
        get
        {
            lock (s_lock)
            {
                // What is not there can come with the next cell; what does not run stays so.
                return s_decoder ??= s_fault is null ? Load() : null;
            }
        }
    }

    /// <summary>Whether there is one, without loading it: true where it is carried, or was loaded.</summary>
    public static bool IsThere => s_decoder is not null || File.Exists(CarriedFile);

    /// <summary>Why the decoder that is there does not run; null if it does, or there is none.</summary>
    public static string? Fault => s_fault;

    private static string CarriedFile { get; } = Path.Combine(
        typeof(SkiaLibrary).Assembly.Location is { Length: > 0 } own ? Path.GetDirectoryName(own)! : AppContext.BaseDirectory, "skia", Name + ".dll");

    private static IPictureDecoder? Load()
    {
        try
        {
            return Assembly() is { } assembly ? (IPictureDecoder)Activator.CreateInstance(assembly.GetType($"{Name}.SkiaDecoder", throwOnError: true)!)! : null;
        }
        catch (Exception e) when (e is TargetInvocationException or TypeLoadException or BadImageFormatException or FileLoadException or InvalidCastException)
        {
            var cause = e;
            while (cause is TargetInvocationException or TypeInitializationException && cause.InnerException is { } inner)
                cause = inner;
            s_fault = cause.Message.ReplaceLineEndings(" ");
            return null;
        }
    }

    private static Assembly? Assembly()
    {
        if (File.Exists(CarriedFile))
            return new CarriedLibraryContext(Path.GetDirectoryName(CarriedFile)!).LoadFromAssemblyPath(CarriedFile);
        try
        {
            return AssemblyLoadContext.GetLoadContext(typeof(SkiaLibrary).Assembly)!.LoadFromAssemblyName(new(Name));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
