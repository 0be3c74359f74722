using System.Numerics;

namespace StyleLab.Pictures.Jpeg;

/// <summary>
/// Collects the Huffman symbols of a baseline scan (T.81, F.1.2) and counts them, so that the scan is written with the codes
/// that suit it best.
/// </summary>
internal sealed class EntropyCoder
{
    // A symbol, the number behind it and its table: table << 24 | symbol << 16 | number.
    private readonly List<uint> _tokens = [];
    private readonly int[][] _frequencies = [new int[256], new int[256], new int[256], new int[256]];

    /// <summary>Adds one block.</summary>
    /// <param name="coefficients">64 quantized coefficients in zigzag order.</param>
    /// <param name="predictor">The DC coefficient of the component's block before; becomes that of this block.</param>
    /// <param name="tablePair">0 for luma, 1 for chroma.</param>
    public void AddBlock(ReadOnlySpan<int> coefficients, ref int predictor, int tablePair)
    {
        int dcTable = 2 * tablePair, acTable = dcTable + 1;
        int difference = coefficients[0] - predictor;
        predictor = coefficients[0];
        Add(dcTable, Size(difference), difference);

        int zeros = 0;
        for (int k = 1; k < 64; k++)
        {
            int value = coefficients[k];
            if (value == 0)
            {
                zeros++;
                continue;
            }
            for (; zeros > 15; zeros -= 16)
                Add(acTable, 0xF0, 0);
            Add(acTable, zeros << 4 | Size(value), value);
            zeros = 0;
        }
        if (zeros > 0)
            Add(acTable, 0, 0);
    }

    // Bits needed for the magnitude.
    private static int Size(int value) => 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));

    private void Add(int table, int symbol, int value)
    {
        // Negative numbers are written as one less, so that their first bit is 0 (T.81, F.1.2.1).
        int number = value < 0 ? value - 1 : value;
        _tokens.Add((uint)(table << 24 | symbol << 16 | number & 0xFFFF));
        _frequencies[table][symbol]++;
    }

    /// <summary>The best codes for the symbols so far: DC and AC of luma, then DC and AC of chroma.</summary>
    public HuffmanEncoder[] BuildCodes() => Array.ConvertAll(_frequencies, f => new HuffmanEncoder(f));

    /// <summary>Writes the scan's bits with codes from <see cref="BuildCodes"/>.</summary>
    public void Write(Stream output, HuffmanEncoder[] codes)
    {
        var bits = new BitWriter(output);
        foreach (uint token in _tokens)
        {
            int symbol = (int)(token >> 16 & 0xFF);
            codes[token >> 24].Write(bits, symbol);
            // The low half of every symbol, of DC ones too, is the size of the number behind it.
            bits.Write((int)(token & 0xFFFF), symbol & 15);
        }
        bits.Finish();
    }
}
