using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace StyleLab.Pictures.Jpeg;

/// <summary>
/// Reads the bits of a scan, most significant first, and takes out the zero bytes stuffed behind 0xFF (T.81, F.1.2.3).
/// It stops before the first marker; taking more bits than there are is a fault, never invented data.
/// </summary>
internal ref struct BitReader(ReadOnlySpan<byte> data, int position)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private ulong _bits;    // the next bit is the topmost one; zeros below the valid bits
    private int _count;     // valid bits in _bits

    /// <summary>The first byte not yet taken into the reader.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Makes at least 32 bits ready, enough for a Huffman code and the number behind it, if the scan has them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        if (_count < 32)
            ReadBytes();
    }

    private void ReadBytes()
    {
        if (_data.Length - Position >= 8)
        {
            ulong next = BinaryPrimitives.ReadUInt64BigEndian(_data[Position..]);
            // Without a 0xFF byte among the next eight there is nothing to unstuff: take as many as fit.
            bool hasFF = (next & (~next - 0x0101010101010101) & 0x8080808080808080) != 0;
            if (!hasFF)
            {
                int bytes = (64 - _count) >> 3;
                int unused = 64 - bytes * 8;
                _bits |= next >> unused << unused >> _count;
                _count += bytes * 8;
                Position += bytes;
                return;
            }
        }
        while (_count <= 56 && Position < _data.Length)
        {
            byte value = _data[Position];
            int size = 1;
            if (value == 0xFF)
            {
                if (Position + 1 == _data.Length || _data[Position + 1] != 0)
                    return;
                size = 2;
            }
            _bits |= (ulong)value << (56 - _count);
            _count += 8;
            Position += size;
        }
    }

    /// <summary>The next 1 to 32 bits, zeros after the end of the data, without taking them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Peek(int count) => (int)(_bits >> (64 - count));

    /// <summary>Takes bits that were made ready.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        _bits <<= count;
        _count -= count;
        if (_count < 0)
            throw Fault("a scan is shorter than its picture");
    }

    /// <summary>Reads 0 to 16 bits as an unsigned number.</summary>
    public int ReadBits(int count)
    {
        if (count == 0)
            return 0;
        Refill();
        int value = Peek(count);
        Skip(count);
        return value;
    }

    /// <summary>
    /// Takes a signed number of 1 to 15 bits that were made ready: patterns that start with 0 stand for
    /// the negative half of the range (T.81, table F.1).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSigned(int count)
    {
        int value = Peek(count);
        Skip(count);
        return value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
    }

    /// <summary>Drops the rest of the interval and steps over the restart marker that must follow it.</summary>
    /// <param name="number">The restart marker's number, 0 to 7.</param>
    public void Restart(int number)
    {
        var segments = new SegmentReader(_data, Position);
        if (segments.NextMarker() is not { } marker)
            throw JpegFault.Truncated("in the middle of a scan");
        if (marker != Marker.FirstRestart + number)
            throw JpegFault.Damaged("a restart marker is missing in a scan");
        Position = segments.Position;
        _bits = 0;
        _count = 0;
    }

    /// <summary>The fault of a scan that cannot go on: truncated when the data is used up, else damaged.</summary>
    public readonly StyleLabException Fault(string what) =>
        _count < 16 && Position + 1 >= _data.Length ? JpegFault.Truncated("in the middle of a scan") : JpegFault.Damaged(what);
}
