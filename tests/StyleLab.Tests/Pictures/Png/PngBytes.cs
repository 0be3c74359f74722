using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using StyleLab.Pictures.Png;

namespace StyleLab.Tests.Pictures.Png;

/// <summary>PNG files put together chunk by chunk.</summary>
internal static class PngBytes
{
    public static byte[] File(params byte[][] chunks) =>
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. chunks.SelectMany(chunk => chunk), .. Chunk("IEND", [])];

    public static byte[] Header(uint width, uint height, byte depth, byte colorType)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(data, width);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9]) = (depth, colorType);
        return Chunk("IHDR", data);
    }

    public static byte[] Data(byte[] rows) => Chunk("IDAT", Packed(rows));

    public static byte[] Packed(byte[] unpacked)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal))
            stream.Write(unpacked);
        return packed.ToArray();
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        using var chunk = new MemoryStream();
        PngChunk.Write(chunk, type, data);
        return chunk.ToArray();
    }

    /// <summary>The file with its rows unpacked, changed and packed again, to reach the code behind the unpacking.</summary>
    public static byte[] WithRows(byte[] png, Func<byte[], byte[]> change)
    {
        using var packed = new MemoryStream();
        var before = new List<byte>(png[..8]);
        for (var position = 8; position < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(position));
            var type = Encoding.Latin1.GetString(png, position + 4, 4);
            if (type == "IDAT")
                packed.Write(png, position + 8, length);
            else if (type != "IEND")
                before.AddRange(png.AsSpan(position, length + 12));
            position += length + 12;
        }
        packed.Position = 0;
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        stream.CopyTo(rows);
        return [.. before, .. Data(change(rows.ToArray())), .. Chunk("IEND", [])];
    }

    /// <summary>Makes the checksums of a damaged file right again as far as its chunks can be followed, to reach the code behind.</summary>
    public static void RepairChecksums(byte[] png)
    {
        for (var position = 8; position + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(position));
            if (length > png.Length - position - 12)
                return;
            var end = position + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(end), PngChecksum.Of(png.AsSpan(position + 4, 4 + (int)length)));
            position = end + 4;
        }
    }

    public static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);
}
