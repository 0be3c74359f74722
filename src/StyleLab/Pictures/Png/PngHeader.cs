using System.Buffers.Binary;

namespace StyleLab.Pictures.Png;

/// <summary>The IHDR chunk: size and pixel layout (PNG specification, section 11.2.1).</summary>
internal readonly record struct PngHeader(int Width, int Height, PngColorType ColorType, int BitDepth, bool IsInterlaced)
{
    public int Channels => ColorType switch
    {
        PngColorType.Rgb => 3,
        PngColorType.GreyAlpha => 2,
        PngColorType.Rgba => 4,
        _ => 1,
    };

    public bool HasAlpha => ColorType is PngColorType.GreyAlpha or PngColorType.Rgba;

    /// <summary>Distance in bytes to the byte that a filter predicts from: one pixel, but never less than one byte.</summary>
    public int FilterDistance => Math.Max(1, Channels * BitDepth / 8);

    /// <summary>Bytes of a row of so many pixels, without the filter byte before it.</summary>
    public int RowBytes(int pixels) => (int)(((long)pixels * Channels * BitDepth + 7) / 8);

    /// <summary>The size of all rows with their filter bytes: what the compressed data has to unpack to.</summary>
    public long UnpackedBytes => PngPass.Of(this).Sum(UnpackedBytesOf);

    private long UnpackedBytesOf(PngPass pass) => (1L + RowBytes(pass.Width)) * pass.Height;

    public static PngHeader Read(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13)
            throw new StyleLabException($"The PNG header is damaged: it has {data.Length} bytes instead of 13.");
        var width = BinaryPrimitives.ReadUInt32BigEndian(data);
        var height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        var (depth, color, compression, filter, interlace) = (data[8], (PngColorType)data[9], data[10], data[11], data[12]);

        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new StyleLabException($"The PNG header is damaged: it tells of {width}×{height} pixels.");
        if (width * (ulong)height > PictureLimits.MaxPixels)
            throw new StyleLabException(
                $"The picture is too large: it has {width}×{height} pixels, at most {PictureLimits.MaxPixels / 1_000_000} megapixels are read.");
        var isKnown = color switch
        {
            PngColorType.Grey => depth is 1 or 2 or 4 or 8 or 16,
            PngColorType.Palette => depth is 1 or 2 or 4 or 8,
            PngColorType.Rgb or PngColorType.GreyAlpha or PngColorType.Rgba => depth is 8 or 16,
            _ => false,
        };
        if (!isKnown)
            throw new StyleLabException($"The PNG header is damaged: there is no colour type {data[9]} with {depth} bits.");
        if (compression != 0 || filter != 0 || interlace > 1)
            throw new StyleLabException("The PNG header is damaged: it names a compression, filter or interlace method that PNG does not have.");
        return new PngHeader((int)width, (int)height, color, depth, interlace == 1);
    }
}
