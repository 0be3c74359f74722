namespace StyleLab.Animations;

/// <summary>The compression of GIF: Lempel, Ziv and Welch 1984 with codes that grow from a few bits to 12.</summary>
internal sealed class LzwEncoder
{
    private const int MostCodes = 4096, TableSize = 1 << 14;

    private readonly Stream _output;
    private readonly byte[] _block = new byte[255];
    private int _blockLength, _bits, _bitCount;

    // Open addressing from (code so far, next index) to the code of both; 0 is free, as no such code is 0.
    private readonly int[] _keys = new int[TableSize];
    private readonly short[] _codes = new short[TableSize];

    private LzwEncoder(Stream output) => _output = output;

    /// <summary>Writes the code size, the codes in blocks of at most 255 bytes, and the end.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="indices">At least one palette index.</param>
    /// <param name="bits">How many bits hold every index, 2 to 8.</param>
    public static void Write(Stream output, ReadOnlySpan<byte> indices, int bits)
    {
        output.WriteByte((byte)bits);
        new LzwEncoder(output).Write(indices, bits);
        output.WriteByte(0);
    }

    private void Write(ReadOnlySpan<byte> indices, int bits)
    {
        int clear = 1 << bits, end = clear + 1, next = end + 1, size = bits + 1;
        Put(clear, size);
        int code = indices[0];
        foreach (byte index in indices[1..])
        {
            int key = code << 8 | index, place = Place(key);
            if (_codes[place] != 0)
            {
                code = _codes[place];
                continue;
            }
            Put(code, size);
            if (next < MostCodes)
            {
                (_keys[place], _codes[place]) = (key, (short)next);
                // A reader learns each code one step later than the writer.
                if (next == 1 << size)
                    size++;
                next++;
            }
            else
            {
                Put(clear, size);
                Array.Clear(_codes);
                (next, size) = (end + 1, bits + 1);
            }
            code = index;
        }
        Put(code, size);
        if (next == 1 << size && size < 12)
            size++;
        Put(end, size);
        if (_bitCount > 0)
            PutByte((byte)_bits);
        Flush();
    }

    private int Place(int key)
    {
        int place = (int)((uint)key * 0x9E3779B1u >> 18);
        while (_codes[place] != 0 && _keys[place] != key)
            place = (place + 1) % TableSize;
        return place;
    }

    private void Put(int code, int size)
    {
        _bits |= code << _bitCount;
        for (_bitCount += size; _bitCount >= 8; _bitCount -= 8, _bits >>= 8)
            PutByte((byte)_bits);
    }

    private void PutByte(byte value)
    {
        _block[_blockLength++] = value;
        if (_blockLength == _block.Length)
            Flush();
    }

    private void Flush()
    {
        if (_blockLength == 0)
            return;
        _output.WriteByte((byte)_blockLength);
        _output.Write(_block, 0, _blockLength);
        _blockLength = 0;
    }
}
