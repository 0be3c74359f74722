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
        var picture = isSrgb ? OfBytes(pixels, isOpaque) : OfHalfs(pixels, isOpaque);
        // The same numbers as in EXIF.
        return ExifOrientation.FromTag((int)codec.EncodedOrigin).Apply(picture);
    }

    private static Picture OfBytes(SKBitmap pixels, bool isOpaque)
    {
        var samples = pixels.GetPixelSpan();
        var (picture, alpha) = Empty(pixels, isOpaque);
        int plane = pixels.Width * pixels.Height;
        for (int i = 0; i < plane; i++)
        {
            for (int channel = 0; channel < 3; channel++)
                picture.Values[channel * plane + i] = samples[4 * i + channel] / 255f;
            if (alpha is not null)
                alpha[i] = samples[4 * i + 3] / 255f;
        }
        return alpha is null ? picture : picture.WithAlpha(alpha);
    }

    private static Picture OfHalfs(SKBitmap pixels, bool isOpaque)
    {
        var samples = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(pixels.GetPixelSpan());
        var (picture, alpha) = Empty(pixels, isOpaque);
        int plane = pixels.Width * pixels.Height;
        for (int i = 0; i < plane; i++)
        {
            // Colours that sRGB does not have lie outside. Alpha has 8 bits in these formats.
            for (int channel = 0; channel < 3; channel++)
                picture.Values[channel * plane + i] = Math.Clamp((float)samples[4 * i + channel], 0, 1);
            if (alpha is not null)
                alpha[i] = MathF.Round(255 * Math.Clamp((float)samples[4 * i + 3], 0, 1)) / 255;
        }
        return alpha is null ? picture : picture.WithAlpha(alpha);
    }

    private static (Picture, float[]? Alpha) Empty(SKBitmap pixels, bool isOpaque) =>
        (new(pixels.Width, pixels.Height), isOpaque ? null : new float[pixels.Width * pixels.Height]);

    private static StyleLabException Fault(SKCodecResult result, string format) => result switch
    {
        SKCodecResult.IncompleteInput => new($"The {format} data ends too early: the file is truncated; fetch or save it again."),
        SKCodecResult.Unimplemented or SKCodecResult.InvalidConversion =>
            new($"The {format} data is of a kind that is not read; save the picture as PNG or JPEG."),
        _ => new($"The {format} data is damaged: it cannot be decoded; fetch or save the file again."),
    };
}
