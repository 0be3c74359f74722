using System.Runtime.InteropServices;
using SkiaSharp;
using StyleLab.Pictures;
using StyleLab.Pictures.Decoders;

namespace StyleLab.Skia;

/// <summary>Pictures by Skia's codecs, which also follow every kind of ICC profile.</summary>
internal sealed class SkiaDecoder : IPictureDecoder
{
    public SkiaDecoder()
    {
        // Loads the native library: where that fails, nothing is promised.
        _ = SKImageInfo.PlatformColorType;
    }

    public Picture Decode(ReadOnlySpan<byte> data, string format)
    {
        using var copy = SKData.CreateCopy(data);
        using var codec = SKCodec.Create(new SKMemoryStream(copy), out var opened) ?? throw Fault(opened, format);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > PictureLimits.MaxPixels)
            throw new StyleLabException(
                $"The picture is too large: it has {width}×{height} pixels, at most {PictureLimits.MaxPixels / 1_000_000} megapixels are read.");

        // What is sRGB already keeps its exact bytes; converted colours keep more than 8 bits, but for those of profiles of tables, which
        // pass for sRGB here.
        bool isSrgb = codec.Info.ColorSpace is { IsSrgb: true };
        using var srgb = SKColorSpace.CreateSrgb();
        var info = new SKImageInfo(width, height, isSrgb ? SKColorType.Rgba8888 : SKColorType.RgbaF16, SKAlphaType.Unpremul, srgb);
        using var pixels = new SKBitmap();
        if (!pixels.TryAllocPixels(info))
            throw new InsufficientMemoryException($"The {format} picture of {width}×{height} pixels needs {info.BytesSize64 / 1_000_000} MB of memory, which is not there.");
        var result = codec.GetPixels(info, pixels.GetPixels());
        if (result != SKCodecResult.Success)
            throw Fault(result, format);

        bool isOpaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        // Colours that sRGB does not have lie outside, and are clipped.
        var picture = isSrgb
            ? Picture.OfRgba<byte>(width, height, pixels.GetPixelSpan(), value => value / 255f, isOpaque)
            : Picture.OfRgba(width, height, MemoryMarshal.Cast<byte, Half>(pixels.GetPixelSpan()), value => (float)value, isOpaque);
        // The same numbers as in EXIF.
        return ExifOrientation.FromTag((int)codec.EncodedOrigin).Apply(picture);
    }

    private static StyleLabException Fault(SKCodecResult result, string format) => result switch
    {
        SKCodecResult.IncompleteInput => new($"The {format} data ends too early: the file is truncated; fetch or save it again."),
        SKCodecResult.Unimplemented or SKCodecResult.InvalidConversion =>
            new($"The {format} data is of a kind that is not read; save the picture as PNG or JPEG."),
        _ => new($"The {format} data is damaged: it cannot be decoded; fetch or save the file again."),
    };
}
