using System.Buffers.Binary;
using System.IO.Compression;

namespace StyleLab.Jupyter;

/// <summary>Writes small pictures with transparency as PNG (RFC 2083).</summary>
internal static class PngWriter
{
    /// <summary>Red, green, blue, opacity; a byte each.</summary>
    public const int Channels = 4;

    private static ReadOnlySpan<byte> FileSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Encode(int width, int height, byte[] pixels)
    {
        var output = new MemoryStream();
        output.Write(FileSignature);

        // 8 bits a channel, colour type 6 (with opacity), the standard compression and filters, not interlaced.
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 6;
        WriteChunk(output, "IHDR"u8, header);
        WriteChunk(output, "IDAT"u8, Compress(width, height, pixels));
        WriteChunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    private static byte[] Compress(int width, int height, byte[] pixels)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            for (int y = 0; y < height; y++)
            {
                zlib.WriteByte(0); // The row is not filtered.
                zlib.Write(pixels, y * width * Channels, width * Channels);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream output, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        output.Write(number);
        byte[] body = [.. type, .. data];
        output.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        output.Write(number);
    }

    // The cyclic redundancy check of RFC 2083, bit by bit: our pictures are small.
    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
