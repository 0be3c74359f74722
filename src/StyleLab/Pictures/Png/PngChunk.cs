using System.Buffers.Binary;
using System.Text;

namespace StyleLab.Pictures.Png;

/// <summary>One chunk of a PNG file (PNG specification, section 5): a four-letter type, its data and a checksum.</summary>
internal readonly ref struct PngChunk
{
    private readonly ReadOnlySpan<byte> _typeAndData;
    private readonly uint _checksum;

    private PngChunk(ReadOnlySpan<byte> typeAndData, uint checksum)
    {
        _typeAndData = typeAndData;
        _checksum = checksum;
        Type = Encoding.Latin1.GetString(typeAndData[..4]);
    }

    public string Type { get; }

    public ReadOnlySpan<byte> Data => _typeAndData[4..];

    /// <summary>Whether the picture cannot be understood without this chunk: its first letter is a capital.</summary>
    public bool IsCritical => (_typeAndData[0] & 0x20) == 0;

    /// <summary>Takes the chunk at the start of <paramref name="rest"/> and moves <paramref name="rest"/> behind it.</summary>
    public static PngChunk TakeNext(scoped ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 12)
            throw new StyleLabException("The PNG data ends too early, the file was cut off.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        foreach (var letter in rest[4..8])
            if (!char.IsAsciiLetter((char)letter))
                throw new StyleLabException("The PNG data is damaged: a chunk has a name that is not made of letters.");
        if (length > rest.Length - 12)
            throw new StyleLabException("The PNG data ends too early, the file was cut off.");

        var end = 8 + (int)length;
        var chunk = new PngChunk(rest[4..end], BinaryPrimitives.ReadUInt32BigEndian(rest[end..]));
        rest = rest[(end + 4)..];
        return chunk;
    }

    public void VerifyChecksum()
    {
        if (PngChecksum.Of(_typeAndData) != _checksum)
            throw new StyleLabException($"The PNG data is damaged: the checksum of its {Type} chunk is wrong.");
    }

    public static void Write(Stream target, string type, ReadOnlySpan<byte> data)
    {
        var typeAndData = new byte[4 + data.Length];
        Encoding.Latin1.GetBytes(type, typeAndData);
        data.CopyTo(typeAndData.AsSpan(4));

        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        target.Write(number);
        target.Write(typeAndData);
        BinaryPrimitives.WriteUInt32BigEndian(number, PngChecksum.Of(typeAndData));
        target.Write(number);
    }
}
