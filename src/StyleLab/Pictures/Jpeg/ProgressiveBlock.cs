namespace StyleLab.Pictures.Jpeg;

/// <summary>Decodes the blocks of progressive scans into quantized coefficients (T.81, G.1.2 and G.2).</summary>
internal static class ProgressiveBlock
{
    /// <summary>First scan of the DC coefficient: its bits from <paramref name="lowBit"/> up.</summary>
    public static void DecodeDc(ref BitReader bits, ScanComponent entry, int lowBit, Span<short> block)
    {
        entry.Predictor += SequentialBlock.ReadDcDifference(ref bits, entry.Dc!);
        block[0] = (short)(entry.Predictor << lowBit);
    }

    /// <summary>Later scan of the DC coefficient: one more bit.</summary>
    public static void RefineDc(ref BitReader bits, int lowBit, Span<short> block) =>
        block[0] |= (short)(bits.ReadBits(1) << lowBit);

    /// <summary>First scan of a band of AC coefficients.</summary>
    /// <param name="bits">The scan's bits.</param>
    /// <param name="ac">The band's Huffman table.</param>
    /// <param name="scan">The band and its lowest bit.</param>
    /// <param name="endOfBandRun">How many blocks, from this one on, have nothing more in the band.</param>
    /// <param name="block">The coefficients of the block.</param>
    public static void DecodeAc(
        ref BitReader bits, HuffmanDecoder ac, ScanHeader scan, ref int endOfBandRun, Span<short> block)
    {
        if (endOfBandRun > 0)
        {
            endOfBandRun--;
            return;
        }
        for (int k = scan.FirstCoefficient; k <= scan.LastCoefficient; k++)
        {
            int symbol = ac.Read(ref bits);
            int run = symbol >> 4, size = symbol & 15;
            if (size == 0 && run < 15)
            {
                endOfBandRun = (1 << run) + bits.ReadBits(run) - 1;
                return;
            }
            k += run;
            if (size == 0)
                continue;
            if (k > scan.LastCoefficient)
                throw JpegFault.Damaged("a block has more coefficients than its scan allows");
            block[ZigZag.ToRowMajor[k]] = (short)(bits.TakeSigned(size) << scan.LowBit);
        }
    }

    /// <summary>
    /// Later scan of a band: one more bit for coefficients that are not zero already, and the ones that become 1 or −1 now.
    /// The parameters are those of <see cref="DecodeAc"/>.
    /// </summary>
    public static void RefineAc(
        ref BitReader bits, HuffmanDecoder ac, ScanHeader scan, ref int endOfBandRun, Span<short> block)
    {
        int k = scan.FirstCoefficient;
        while (endOfBandRun == 0 && k <= scan.LastCoefficient)
        {
            int symbol = ac.Read(ref bits);
            int run = symbol >> 4, size = symbol & 15;
            if (size > 1)
                throw JpegFault.Damaged("a coefficient is refined by more than one bit");
            if (size == 0 && run < 15)
            {
                endOfBandRun = (1 << run) + bits.ReadBits(run);
                break;
            }
            int sign = size == 0 ? 0 : bits.ReadBits(1) == 1 ? 1 : -1;
            k = RefineAndSkipZeros(ref bits, scan, k, run, block);
            if (sign != 0)
            {
                if (k > scan.LastCoefficient)
                    throw JpegFault.Damaged("a block has more coefficients than its scan allows");
                block[ZigZag.ToRowMajor[k]] = (short)(sign << scan.LowBit);
            }
            k++;
        }
        if (endOfBandRun > 0)
        {
            // Most blocks inside a run have no coefficient to refine at all.
            if (block[1..].ContainsAnyExcept((short)0))
                RefineAndSkipZeros(ref bits, scan, k, zeros: 64, block);
            endOfBandRun--;
        }
    }

    // From k on: reads the correction bit of each coefficient that is not zero, and stops at the zero after `zeros` zeros.
    private static int RefineAndSkipZeros(ref BitReader bits, ScanHeader scan, int k, int zeros, Span<short> block)
    {
        var order = ZigZag.ToRowMajor;
        int unit = 1 << scan.LowBit;
        for (; k <= scan.LastCoefficient; k++)
        {
            ref short coefficient = ref block[order[k]];
            if (coefficient == 0)
            {
                if (zeros-- == 0)
                    break;
            }
            else if (bits.ReadBits(1) == 1)
            {
                coefficient += (short)(coefficient > 0 ? unit : -unit);
            }
        }
        return k;
    }
}
