using System.Reflection;
using System.Runtime.Loader;
using StyleLab.Pictures.Images;

namespace StyleLab.Pictures.Decoders;

/// <summary>Pictures by Magick.NET, where the user has brought it.</summary>
/// <param name="library">The assembly that holds its images.</param>
internal sealed class MagickDecoder(Assembly library) : IPictureDecoder
{
    /// <summary>The package that a user would bring.</summary>
    public const string Package = "Magick.NET-Q8-AnyCPU";

    /// <summary>The decoder; null if Magick.NET is neither loaded nor referenced, by the program or a cell.</summary>
    public static MagickDecoder? Find()
    {
        var contexts = AssemblyLoadContext.All.ToList();
        var library = contexts.SelectMany(context => context.Assemblies)
            .FirstOrDefault(assembly => assembly.GetName().Name?.StartsWith("Magick.NET-Q", StringComparison.Ordinal) == true);
        // A package is loaded when a cell first uses it, which may not have happened.
        return (library ?? contexts.Where(context => !context.IsCollectible).Select(Load).FirstOrDefault(assembly => assembly is not null)) is { } found
            && found.GetType(MagickImage.Name) is not null ? new(found) : null;
    }

    public Picture Decode(ReadOnlySpan<byte> data, string format)
    {
        byte[] copy = data.ToArray();
        var info = new LateBound(Made("ImageMagick.MagickImageInfo", copy, format));
        var (width, height) = (info.Number("Width"), info.Number("Height"));
        if ((long)width * height > PictureLimits.MaxPixels)
            throw new StyleLabException(
                $"The picture is too large: it has {width}×{height} pixels, at most {PictureLimits.MaxPixels / 1_000_000} megapixels are read.");
        var image = new LateBound(Made(MagickImage.Name, copy, format));
        try
        {
            image.Call("AutoOrient");
            return MagickImage.Read(image);
        }
        finally
        {
            (image.Target as IDisposable)?.Dispose();
        }
    }

    private object Made(string type, byte[] data, string format)
    {
        try
        {
            return Activator.CreateInstance(library.GetType(type, throwOnError: true)!, data)!;
        }
        catch (Exception e) when (e is TargetInvocationException or MissingMethodException or TypeLoadException)
        {
            // After the sentence comes the place in its source.
            string reason = ((e as TargetInvocationException)?.InnerException ?? e).Message.Split(" @ ")[0].ReplaceLineEndings(" ").TrimEnd('.');
            throw new StyleLabException($"The {format} data is damaged, or of a kind that Magick.NET does not read ({reason}); fetch or save the file again.", e);
        }
    }

    private static Assembly? Load(AssemblyLoadContext context)
    {
        try
        {
            return context.LoadFromAssemblyName(new(Package));
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }
}
