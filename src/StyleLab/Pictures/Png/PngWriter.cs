using System.Buffers.Binary;
using System.IO.Compression;

namespace StyleLab.Pictures.Png;

/// <summary>Writes 8-bit RGB or RGBA PNG files with a filter chosen for each row.</summary>
internal static class PngWriter
{
    public static byte[] Write(Picture picture)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        PngChunk.Write(file, "IHDR", Header(picture));
        // Before the pixels, where programs that only look for text find it without unpacking them.
        foreach (var (keyword, text) in picture.Text)
            PngText.Write(file, keyword, text);
        var rows = CompressRows(picture);
        PngChunk.Write(file, "IDAT", rows.GetBuffer().AsSpan(0, (int)rows.Length));
        PngChunk.Write(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Header(Picture picture)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        header[8] = 8;
        header[9] = (byte)(picture.Alpha is null ? PngColorType.Rgb : PngColorType.Rgba);
        return header;
    }

    private static MemoryStream CompressRows(Picture picture)
    {
        var compressed = new MemoryStream();
        using (var stream = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var bytesPerPixel = picture.Alpha is null ? 3 : 4;
            var row = new byte[bytesPerPixel * picture.Width];
            var above = new byte[row.Length];
            // The filter byte, then the filtered row.
            var candidate = new byte[1 + row.Length];
            var best = new byte[1 + row.Length];
            for (var y = 0; y < picture.Height; y++)
            {
                FillRow(picture, y, row);
                var bestSum = long.MaxValue;
                for (byte type = 0; type < PngFilter.Count; type++)
                {
                    candidate[0] = type;
                    PngFilter.Apply(type, row, above, bytesPerPixel, candidate.AsSpan(1));
                    var sum = SumOfDifferences(candidate.AsSpan(1));
                    if (sum >= bestSum)
                        continue;
                    bestSum = sum;
                    (best, candidate) = (candidate, best);
                }
                stream.Write(best);
                (row, above) = (above, row);
            }
        }
        return compressed;
    }

    private static void FillRow(Picture picture, int y, byte[] row)
    {
        if (picture.Alpha is { } alpha)
        {
            FillRow(picture, alpha.AsSpan(y * picture.Width, picture.Width), y, row);
            return;
        }
        for (var x = 0; x < picture.Width; x++)
            for (var channel = 0; channel < 3; channel++)
                row[3 * x + channel] = PixelRounding.ToByte(picture[channel, y, x]);
    }

    private static void FillRow(Picture picture, ReadOnlySpan<float> alpha, int y, byte[] row)
    {
        for (var x = 0; x < picture.Width; x++)
        {
            var opacity = row[4 * x + 3] = PixelRounding.ToByte(alpha[x]);
            // A transparent pixel has no colour; white is what it shows on a page.
            for (var channel = 0; channel < 3; channel++)
                row[4 * x + channel] = opacity == 0 ? (byte)255 : PixelRounding.ToByte(Picture.BeneathWhite(picture[channel, y, x], alpha[x]));
        }
    }

    // The heuristic of the PNG specification (section 12.7): the row with the smallest differences, taken as signed, packs best.
    private static long SumOfDifferences(ReadOnlySpan<byte> filtered)
    {
        var sum = 0L;
        foreach (var value in filtered)
            sum += Math.Abs((int)(sbyte)value);
        return sum;
    }
}
