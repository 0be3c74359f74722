namespace StyleLab.Pictures.Jpeg;

/// <summary>A canonical Huffman code of at most 16 bits, ready for decoding (T.81, annex C).</summary>
internal sealed class HuffmanDecoder
{
    /// <summary>Codes up to this length, nearly all in practice, are found by one table look-up.</summary>
    public const int LookupBits = 9;

    // Entry for the next LookupBits bits: length << 8 | symbol, or 0 when the code is longer.
    private readonly ushort[] _lookup = new ushort[1 << LookupBits];

    // For each code length: the first 16-bit pattern (left-aligned) beyond the codes of that length,
    // and what to add to a code of that length to get its symbol's index.
    private readonly int[] _limits = new int[17];
    private readonly int[] _offsets = new int[17];
    private readonly byte[] _symbols;

    /// <param name="counts">How many codes have 1, 2, … 16 bits.</param>
    /// <param name="symbols">The symbols in the order of their codes.</param>
    public HuffmanDecoder(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        int code = 0, index = 0;
        for (int length = 1; length <= 16; length++)
        {
            int count = counts[length - 1];
            if (code + count > 1 << length)
                throw JpegFault.Damaged("a Huffman table has more codes than fit its code lengths");
            _offsets[length] = index - code;
            if (length <= LookupBits)
                FillLookup(code, length, symbols.Slice(index, count));
            code += count;
            index += count;
            _limits[length] = code << (16 - length);
            code <<= 1;
        }
    }

    private void FillLookup(int firstCode, int length, ReadOnlySpan<byte> symbols)
    {
        int span = 1 << (LookupBits - length);
        for (int i = 0; i < symbols.Length; i++)
            _lookup.AsSpan((firstCode + i) * span, span).Fill((ushort)(length << 8 | symbols[i]));
    }

    /// <summary>
    /// Reads one symbol. Afterwards at least 16 more bits can be taken without <see cref="BitReader.Refill"/>,
    /// unless the scan's data ends there.
    /// </summary>
    public int Read(ref BitReader bits)
    {
        bits.Refill();
        int entry = _lookup[bits.Peek(LookupBits)];
        if (entry != 0)
        {
            bits.Skip(entry >> 8);
            return entry & 0xFF;
        }
        return ReadLong(ref bits);
    }

    private int ReadLong(ref BitReader bits)
    {
        int pattern = bits.Peek(16);
        for (int length = LookupBits + 1; length <= 16; length++)
            if (pattern < _limits[length])
            {
                bits.Skip(length);
                return _symbols[(pattern >> (16 - length)) + _offsets[length]];
            }
        throw bits.Fault("a scan contains a code that is in no Huffman table");
    }
}
