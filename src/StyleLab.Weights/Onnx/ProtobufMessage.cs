using System.Buffers.Binary;
using System.Text;

namespace StyleLab.Weights.Onnx;

/// <summary>
/// One message in the wire format of protocol buffers, read field by field (protobuf.dev, "Encoding"). What a field holds stays in the file:
/// only its place is taken down, until it is asked for.
/// </summary>
/// <param name="stream">The file.</param>
/// <param name="begin">Where the message begins.</param>
/// <param name="end">Where it ends.</param>
internal sealed class ProtobufMessage(Stream stream, long begin, long end)
{
    private const int LongestVarint = 10;

    private enum WireType
    {
        Varint, Eight, Bytes, GroupBegin, GroupEnd, Four,
    }

    private long _at = begin;
    private ulong _number;
    private WireType _type;

    /// <summary>Number of the present field.</summary>
    public int Field { get; private set; }

    /// <summary>Where the bytes of the present field are.</summary>
    public ByteRange Range { get; private set; } = new(begin, 0);

    /// <summary>Goes to the next field; false at the end.</summary>
    /// <exception cref="InvalidDataException">The bytes are no message.</exception>
    public bool Next()
    {
        if (_at == end)
            return false;
        ulong tag = Varint(ref _at, end);
        Field = tag >> 3 is > 0 and <= int.MaxValue ? (int)(tag >> 3) : throw Damaged("has a field without a number");
        _type = (WireType)(tag & 7);
        long place = _at;
        long length = _type switch
        {
            WireType.Varint => LengthOfVarint(),
            WireType.Eight => 8,
            WireType.Four => 4,
            WireType.Bytes => LengthOfBytes(ref place),
            _ => throw Damaged($"has a field of the kind {tag & 7}, which models do not have"),
        };
        if (length > end - place)
            throw Damaged($"has a field of {length} bytes where {end - place} are left; it may be cut off");
        Range = new(place, length);
        _at = place + length;
        return true;

        long LengthOfVarint()
        {
            long after = place;
            _number = Varint(ref after, end);
            return after - place;
        }
    }

    /// <summary>The present field as a message.</summary>
    public ProtobufMessage Message()
    {
        var range = Bytes();
        return new(stream, range.Begin, range.Begin + range.Length);
    }

    /// <summary>The present field as a whole number.</summary>
    public long Number() => _type == WireType.Varint ? (long)_number : throw Wrong();

    /// <summary>The present field as a number of 32 bits with a point.</summary>
    public float Single() => _type == WireType.Four ? BinaryPrimitives.ReadSingleLittleEndian(Contents(4)) : throw Wrong();

    /// <summary>The present field as text.</summary>
    public string Text(int longest) => Encoding.UTF8.GetString(Contents(longest));

    /// <summary>Where the bytes of the present field are, if it is one of bytes.</summary>
    public ByteRange Bytes() => _type == WireType.Bytes ? Range : throw Wrong();

    /// <summary>The whole numbers of the present field: one, or several one after the other.</summary>
    /// <param name="most">More are refused.</param>
    public IReadOnlyList<long> Numbers(int most)
    {
        if (_type == WireType.Varint)
            return [Number()];
        var range = Bytes();
        var numbers = new List<long>();
        for (long at = range.Begin; at < range.Begin + range.Length;)
            numbers.Add(numbers.Count < most ? (long)Varint(ref at, range.Begin + range.Length) : throw Damaged($"has a list of more than {most} numbers"));
        return numbers;
    }

    private byte[] Contents(int longest)
    {
        if (Range.Length > longest)
            throw Damaged($"has a text of {Range.Length} bytes; up to {longest} are read");
        var bytes = new byte[Range.Length];
        stream.Position = Range.Begin;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private long LengthOfBytes(ref long place) => Varint(ref place, end) is var length and <= long.MaxValue ? (long)length : throw Damaged("has a field longer than any file");

    /// <summary>A whole number of seven bits a byte, the least significant first.</summary>
    private ulong Varint(ref long at, long end)
    {
        stream.Position = at;
        ulong value = 0;
        for (int i = 0; i < LongestVarint; i++)
        {
            if (at >= end)
                throw Damaged("ends inside a number; it may be cut off");
            int next = stream.ReadByte();
            if (next < 0)
                throw new EndOfStreamException();
            at++;
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
                return value;
        }
        throw Damaged($"has a number of more than {LongestVarint} bytes");
    }

    private InvalidDataException Wrong() => Damaged($"has something else in its field {Field} than models have there");

    private static InvalidDataException Damaged(string problem) => new($"it {problem}.");
}
