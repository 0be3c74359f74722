namespace StyleLab.Pictures.Jpeg;

/// <summary>Decodes the blocks of baseline and extended sequential scans (T.81, F.2.2).</summary>
internal static class SequentialBlock
{
    /// <summary>Reads one block as dequantized coefficients, row-major.</summary>
    public static void Decode(ref BitReader bits, ScanComponent entry, Span<int> block)
    {
        var order = ZigZag.ToRowMajor;
        int[] steps = entry.Component.Quantization!;
        block.Clear();
        entry.Predictor += ReadDcDifference(ref bits, entry.Dc!);
        block[0] = entry.Predictor * steps[0];

        var ac = entry.Ac!;
        for (int k = 1; k < 64; k++)
        {
            // A symbol is a run of zero coefficients (high half) and the size in bits of the one that ends it (low half).
            int symbol = ac.Read(ref bits);
            int run = symbol >> 4, size = symbol & 15;
            if (size == 0 && run < 15)
                return;
            k += run;
            if (size == 0)
                continue;
            if (k > 63)
                throw JpegFault.Damaged("a block has more than 64 coefficients");
            int place = order[k];
            block[place] = bits.TakeSigned(size) * steps[place];
        }
    }

    /// <summary>Reads how far a DC coefficient is from the one of the block before.</summary>
    public static int ReadDcDifference(ref BitReader bits, HuffmanDecoder dc)
    {
        int size = dc.Read(ref bits);
        if (size > 15)
            throw JpegFault.Damaged("a DC coefficient is too large");
        return size == 0 ? 0 : bits.TakeSigned(size);
    }
}
