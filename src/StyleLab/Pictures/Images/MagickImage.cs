using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace StyleLab.Pictures.Images;

/// <summary>The pixels of Magick.NET's <c>MagickImage</c>.</summary>
internal static class MagickImage
{
    public const string Name = "ImageMagick.MagickImage";

    /// <summary>The picture, or null if it is no such image.</summary>
    public static Picture? Read(object value)
    {
        if (!LateBound.Is(value, Name))
            return null;
        // What is changed is a copy.
        var image = new LateBound(new LateBound(value).Call("Clone")!);
        try
        {
            return Read(image);
        }
        finally
        {
            (image.Target as IDisposable)?.Dispose();
        }
    }

    /// <summary>The picture of an image that may be changed.</summary>
    public static Picture Read(LateBound image)
    {
        var (width, height) = (image.Number("Width"), image.Number("Height"));
        Picture.RequireSize(width, height);
        // Names of formats and colours lie in the core that all its packages share.
        object format = image.Get("Format")!;
        var core = new LateBound(format);
        if (image.Call("GetColorProfile") is not null)
            image.Call("TransformColorSpace", core.TypeOf("ImageMagick.ColorProfiles").GetProperty("SRGB")!.GetValue(null));
        if (image.Get("ColorSpace")!.ToString() is not ("sRGB" or "Gray"))
            image.Set("ColorSpace", core.Enumerated("ImageMagick.ColorSpace", "sRGB"));

        bool isDeep = image.Number("Depth") > 8;
        image.Set("Depth", isDeep ? 16u : 8u);
        image.Set("Endian", core.Enumerated("ImageMagick.Endian", "LSB"));
        var samples = (byte[])image.Call("ToByteArray", Enum.Parse(format.GetType(), "Rgba"))!;
        bool isOpaque = image.Get("HasAlpha") is false;
        return isDeep
            ? Picture.OfRgba(width, height, MemoryMarshal.Cast<byte, ushort>(samples), sample => (BitConverter.IsLittleEndian ? sample : BinaryPrimitives.ReverseEndianness(sample)) / 65535f, isOpaque)
            : Picture.OfRgba<byte>(width, height, samples, sample => sample / 255f, isOpaque);
    }
}
