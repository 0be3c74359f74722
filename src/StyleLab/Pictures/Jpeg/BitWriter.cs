namespace StyleLab.Pictures.Jpeg;

/// <summary>Writes the bits of a scan, most significant first, with a zero byte stuffed behind each 0xFF.</summary>
internal sealed class BitWriter(Stream output)
{
    private uint _bits;     // the lowest _count bits are waiting
    private int _count;

    /// <summary>Writes the lowest <paramref name="count"/> bits of a number, 0 to 16 of them.</summary>
    public void Write(int value, int count)
    {
        _bits = _bits << count | (uint)value & ((1u << count) - 1);
        _count += count;
        while (_count >= 8)
        {
            _count -= 8;
            byte next = (byte)(_bits >> _count);
            output.WriteByte(next);
            if (next == 0xFF)
                output.WriteByte(0);
        }
    }

    /// <summary>Fills the last byte with ones (T.81, F.1.2.3).</summary>
    public void Finish() => Write(0x7F, (8 - _count) % 8);
}
