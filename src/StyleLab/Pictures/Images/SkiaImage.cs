using System.Runtime.InteropServices;

namespace StyleLab.Pictures.Images;

/// <summary>The pixels of SkiaSharp's <c>SKBitmap</c> and <c>SKImage</c>.</summary>
internal static class SkiaImage
{
    private static readonly string[] s_precise = ["F16", "F32", "16161616", "1010102", "101010", "Unorm", "1616", "Alpha16", "10x"];

    /// <summary>The picture, or null if it is no such image.</summary>
    public static Picture? Read(object value)
    {
        bool isBitmap = LateBound.Is(value, "SkiaSharp.SKBitmap");
        if (!isBitmap && !LateBound.Is(value, "SkiaSharp.SKImage"))
            return null;
        var image = new LateBound(value);
        var (width, height) = (image.Number("Width"), image.Number("Height"));
        Picture.RequireSize(width, height);

        // Colours of 8 bits in sRGB come as they are, all others as floats.
        string colors = image.Get("ColorType")!.ToString()!;
        bool isByte = !s_precise.Any(colors.Contains) && (image.Get("ColorSpace") is not { } space || new LateBound(space).Get("IsSrgb") is true);
        object info = Activator.CreateInstance(image.TypeOf("SkiaSharp.SKImageInfo"), width, height,
            image.Enumerated("SkiaSharp.SKColorType", isByte ? "Rgba8888" : "RgbaF32"), image.Enumerated("SkiaSharp.SKAlphaType", "Unpremul"),
            image.TypeOf("SkiaSharp.SKColorSpace").GetMethod("CreateSrgb", [])!.Invoke(null, null))!;
        var bytes = new byte[(long)width * height * (isByte ? 4 : 16)];
        var pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            object? pixels = isBitmap ? image.Call("PeekPixels") : value;
            if (pixels is null || new LateBound(pixels).Call("ReadPixels", info, pinned.AddrOfPinnedObject(), bytes.Length / height, 0, 0) is not true)
                throw new StyleLabException($"The {(isBitmap ? "SKBitmap" : "SKImage")} cannot be read: it holds no pixels of its own.");
        }
        finally
        {
            pinned.Free();
        }

        bool isOpaque = image.Get("AlphaType")!.ToString() == "Opaque";
        return isByte
            ? Picture.OfRgba<byte>(width, height, bytes, sample => sample / 255f, isOpaque)
            : Picture.OfRgba(width, height, MemoryMarshal.Cast<byte, float>(bytes), sample => sample, isOpaque);
    }
}
