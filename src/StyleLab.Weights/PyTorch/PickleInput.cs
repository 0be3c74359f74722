using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace StyleLab.Weights.PyTorch;

/// <summary>The bytes of one pickle. Nothing is allocated for a length that the stream does not have.</summary>
/// <param name="stream">The stream; reading goes on where it stands.</param>
/// <param name="longest">A longer pickle is refused: it only names tensors, their numbers come after it.</param>
internal sealed class PickleInput(Stream stream, int longest)
{
    private readonly long _end = Math.Min(stream.Length, stream.Position + longest);

    public byte Byte()
    {
        if (stream.Position >= _end)
            throw Beyond();
        return (byte)stream.ReadByte();
    }

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8));

    /// <summary>A whole number, two's complement: a long, or a BigInteger if it is larger.</summary>
    public object Integer(long length)
    {
        const int longestNumber = 255;
        if (length is < 0 or > longestNumber)
            throw new InvalidDataException($"its pickle has a number of {length} bytes.");
        var value = new BigInteger(Bytes(length));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    /// <summary>A text. Python 2 wrote bytes where Python 3 writes text; names of tensors are plain in both.</summary>
    public string Text(long length) => Encoding.UTF8.GetString(Bytes(length));

    /// <summary>The rest of the line, without its end.</summary>
    public string Line()
    {
        const int longestLine = 1000;
        var line = new List<byte>();
        for (var b = Byte(); b != '\n'; b = Byte())
        {
            if (line.Count == longestLine)
                throw new InvalidDataException($"its pickle has a line of more than {longestLine} characters.");
            line.Add(b);
        }
        return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
    }

    public byte[] Bytes(long length)
    {
        if (length < 0 || length > _end - stream.Position)
            throw Beyond();
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private Exception Beyond() => _end == stream.Length
        ? new EndOfStreamException()
        : new InvalidDataException($"its pickle has more than {longest} bytes.");
}
