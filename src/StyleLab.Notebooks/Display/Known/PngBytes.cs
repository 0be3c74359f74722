using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace StyleLab.Notebooks;

/// <summary>A PNG file of red, green and blue, 8 bits each.</summary>
internal static class PngBytes
{
    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="value">The value 0..255 of a channel, a row and a column.</param>
    public static byte[] Of(int width, int height, Func<int, int, int, byte> value)
    {
        byte[] rows = new byte[height * (1 + 3 * width)];
        int at = 0;
        for (int y = 0; y < height; y++)
        {
            at++; // The row as it is, unfiltered.
            for (int x = 0; x < width; x++)
                for (int channel = 0; channel < 3; channel++)
                    rows[at++] = value(channel, y, x);
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Write(file, "IHDR", header);
        Write(file, "IDAT", Compressed(rows));
        Write(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Compressed(byte[] rows)
    {
        using var stream = new MemoryStream();
        using (var compressing = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            compressing.Write(rows);
        return stream.ToArray();
    }

    private static void Write(Stream file, string kind, byte[] content)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(kind), .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~chunk.Aggregate(uint.MaxValue, (sum, b) => Remainders[(byte)(sum ^ b)] ^ (sum >> 8)));
        file.Write(number);
    }

    private static uint Remainder(int value)
    {
        uint rest = (uint)value;
        for (int bit = 0; bit < 8; bit++)
            rest = (rest & 1) != 0 ? 0xEDB88320 ^ (rest >> 1) : rest >> 1;
        return rest;
    }
}
