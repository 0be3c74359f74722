using System.IO.Compression;
using StyleLab.Pictures.Profiles;

namespace StyleLab.Pictures.Png;

/// <summary>
/// Reads PNG pictures of every colour type and bit depth, interlaced or not (PNG specification, third edition).
/// Transparency becomes the picture's alpha. Colours are brought to sRGB, and the picture is turned upright by its EXIF orientation.
/// </summary>
internal static class PngReader
{
    private const int SignatureLength = 8;

    // A deflate symbol of at least 2 bits gives at most 258 bytes.
    private const int BestCompression = 258 * 8 / 2;

    public static Picture Read(ReadOnlySpan<byte> data)
    {
        var rest = data[SignatureLength..];
        var first = PngChunk.TakeNext(ref rest);
        if (first.Type != "IHDR")
            throw new StyleLabException($"The PNG data does not begin with a header but with a chunk {first.Type}.");
        first.VerifyChecksum();
        var header = PngHeader.Read(first.Data);

        var compressed = new MemoryStream();
        var palette = ReadOnlySpan<byte>.Empty;
        var transparency = ReadOnlySpan<byte>.Empty;
        var text = new PngText();
        var colors = new PngColorSpace();
        var exif = ExifData.None;
        while (true)
        {
            var chunk = PngChunk.TakeNext(ref rest);
            if (chunk.IsCritical || chunk.Type is "tRNS" or "tEXt" or "zTXt" or "iTXt" or "eXIf" || PngColorSpace.Knows(chunk.Type))
                chunk.VerifyChecksum();
            if (chunk.Type == "IEND")
                break;
            switch (chunk.Type)
            {
                case "PLTE": palette = chunk.Data; break;
                case "tRNS": transparency = chunk.Data; break;
                case "IDAT": compressed.Write(chunk.Data); break;
                case "eXIf": exif = ExifData.Parse(chunk.Data.StartsWith("Exif\0\0"u8) ? chunk.Data[6..] : chunk.Data); break;
                case "tEXt" or "zTXt" or "iTXt": text.Add(chunk); break;
                default:
                    colors.Add(chunk);
                    if (chunk.IsCritical)
                        throw new StyleLabException($"The PNG data needs an extension of the format, {chunk.Type}, that is not known here.");
                    break;
            }
        }

        var pixels = new PngPixels(header, palette, transparency);
        // A few bytes that promise a huge picture must not make us allocate it.
        if (header.UnpackedBytes > compressed.Length * BestCompression)
            throw new StyleLabException(
                $"The PNG data ends too early: {compressed.Length} bytes cannot hold the {header.Width}×{header.Height} pixels of its header.");
        var picture = new Picture(header.Width, header.Height);
        var alpha = header.HasAlpha || !transparency.IsEmpty ? new float[header.Width * header.Height] : null;
        ReadRows(header, compressed, pixels, picture, alpha);
        var space = colors.Read(isGrey: header.ColorType is PngColorType.Grey or PngColorType.GreyAlpha);
        return exif.Orientation.Apply(InSrgb(picture, alpha, space).WithTexts(text.Entries));
    }

    private static Picture InSrgb(Picture picture, float[]? alpha, ColorSpace? space)
    {
        if (space is null || alpha is null)
            return Picture.OfOverlaid(picture.Width, picture.Height, (space?.ToSrgb(picture) ?? picture).Values, alpha);
        // A profile speaks of colours, not of what they come to over white.
        float[] colors = [.. picture.Values.Select((value, i) => alpha[i % alpha.Length] is var a && a > 0 ? Picture.BeneathWhite(value, a) : 1)];
        return space.ToSrgb(new Picture(picture.Width, picture.Height, colors)).WithAlpha(alpha);
    }

    private static void ReadRows(PngHeader header, MemoryStream compressed, PngPixels pixels, Picture picture, float[]? alpha)
    {
        compressed.Position = 0;
        using var unpacked = new ZLibStream(compressed, CompressionMode.Decompress);
        try
        {
            foreach (var pass in PngPass.Of(header))
            {
                // The filter byte, then the row.
                var row = new byte[1 + header.RowBytes(pass.Width)];
                var above = new byte[row.Length];
                for (var y = 0; y < pass.Height; y++)
                {
                    if (unpacked.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
                        throw new StyleLabException("The PNG data ends too early, rows are missing.");
                    PngFilter.Undo(row[0], row.AsSpan(1), above.AsSpan(1), header.FilterDistance);
                    pixels.Place(row.AsSpan(1), pass, y, picture, alpha);
                    (row, above) = (above, row);
                }
            }
            // One step past the last row makes the stream compare its checksum; whatever else is packed in is never unpacked.
            unpacked.ReadByte();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new StyleLabException("The PNG data is damaged: its rows cannot be unpacked.", e);
        }
    }
}
