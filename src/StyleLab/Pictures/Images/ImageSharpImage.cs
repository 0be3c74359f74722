using System.Reflection;
using System.Runtime.InteropServices;
using StyleLab.Pictures.Profiles;

namespace StyleLab.Pictures.Images;

/// <summary>The pixels of ImageSharp's <c>Image&lt;TPixel&gt;</c>, of whatever pixels.</summary>
internal static class ImageSharpImage
{
    private const string Pixels = "SixLabors.ImageSharp.PixelFormats.";

    private delegate void CopyPixels(Span<byte> destination);

    /// <summary>The picture, or null if it is no such image.</summary>
    public static Picture? Read(object value)
    {
        if (!LateBound.Is(value, "SixLabors.ImageSharp.Image"))
            return null;
        var image = new LateBound(value);
        var (width, height) = (image.Number("Width"), image.Number("Height"));
        Picture.RequireSize(width, height);

        // Pixels of 8 bits a channel come as they are, all others as floats.
        bool isByte = new LateBound(image.Get("PixelType")!).Number("BitsPerPixel") <= 32;
        var bytes = new byte[(long)width * height * (isByte ? 4 : 16)];
        object copy = Converted(image, Pixels + (isByte ? "Rgba32" : "RgbaVector"));
        try
        {
            copy.GetType().GetMethod("CopyPixelDataTo", [typeof(Span<byte>)])!.CreateDelegate<CopyPixels>(copy)(bytes);
        }
        finally
        {
            (copy as IDisposable)?.Dispose();
        }

        return isByte
            ? Picture.OfRgba<byte>(width, height, bytes, value => value / 255f, isOpaque: false, Profile(image))
            : Picture.OfRgba(width, height, MemoryMarshal.Cast<byte, float>(bytes), value => value, isOpaque: false, Profile(image));
    }

    private static object Converted(LateBound image, string pixel)
    {
        try
        {
            var method = image.Target.GetType().GetMethods().First(method => method.Name == "CloneAs" && method.IsGenericMethod && method.GetParameters().Length == 0);
            return method.MakeGenericMethod(image.TypeOf(pixel)).Invoke(image.Target, null)!;
        }
        catch (TargetInvocationException e)
        {
            throw image.Fault(e);
        }
    }

    private static ColorSpace? Profile(LateBound image) => new LateBound(image.Get("Metadata")!).Get("IccProfile") is { } profile
        && new LateBound(profile).Call("ToByteArray") is byte[] bytes ? IccProfile.Read(bytes, isGrey: false) : null;
}
