using System.Buffers.Binary;

namespace StyleLab.Pictures.Jpeg;

/// <summary>Walks over the markers of a JPEG file and cuts out the segments that follow them.</summary>
internal ref struct SegmentReader(ReadOnlySpan<byte> data, int position = 0)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>The next byte to read.</summary>
    public int Position { get; set; } = position;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _data.Length - Position;

    /// <summary>
    /// The code of the next marker, or null at the end of the data.
    /// Stray bytes before it and repeated 0xFF fill bytes are skipped, as other readers do.
    /// </summary>
    public byte? NextMarker()
    {
        while (true)
        {
            int offset = _data[Position..].IndexOf((byte)0xFF);
            if (offset < 0)
                break;
            Position += offset;
            while (Position < _data.Length && _data[Position] == 0xFF)
                Position++;
            if (Position == _data.Length)
                break;
            // 0xFF00 is the data byte 0xFF of a scan, not a marker.
            byte code = _data[Position++];
            if (code != 0)
                return code;
        }
        Position = _data.Length;
        return null;
    }

    /// <summary>The content of the segment behind the marker just read, without its length field.</summary>
    public ReadOnlySpan<byte> Segment()
    {
        if (Remaining < 2)
            throw JpegFault.Truncated("before the picture starts");
        int length = BinaryPrimitives.ReadUInt16BigEndian(_data[Position..]);
        if (length < 2)
            throw JpegFault.Damaged("a segment has an impossible length");
        if (length > Remaining)
            throw JpegFault.Truncated("in the middle of a header segment");
        var segment = _data.Slice(Position + 2, length - 2);
        Position += length;
        return segment;
    }
}
