namespace StyleLab.Pictures.Jpeg;

/// <summary>
/// The inverse 8×8 discrete cosine transform in 13-bit fixed point, after Loeffler, Ligtenberg and Moschytz,
/// "Practical fast 1-D DCT algorithms with 11 multiplications" (ICASSP 1989): columns first, then rows.
/// Rounding happens once after each direction, where the common integer decoders round too, so that results agree to the bit.
/// </summary>
internal static class InverseDct
{
    private const int FractionBits = 13;
    private const double One = 1 << FractionBits;

    // Between columns and rows two extra bits are kept; the rows also take out the factor 8 of the two directions.
    private const int ExtraBits = 2;
    private const int ColumnShift = FractionBits - ExtraBits;
    private const int RowShift = FractionBits + ExtraBits + 3;

    // Rotation constants; c(k) = √2·cos(kπ/16).
    private const int C6 = (int)(0.541196100146197 * One + 0.5);
    private const int C2MinusC6 = (int)(0.765366864730180 * One + 0.5);
    private const int C2PlusC6 = (int)(1.847759065022574 * One + 0.5);
    private const int C3 = (int)(1.175875602419359 * One + 0.5);
    private const int C3PlusC5MinusC1MinusC7 = (int)(0.298631336201371 * One + 0.5);
    private const int C1PlusC3MinusC5PlusC7 = (int)(2.053119868637347 * One + 0.5);
    private const int C1PlusC3PlusC5MinusC7 = (int)(3.072711026845666 * One + 0.5);
    private const int C1PlusC3MinusC5MinusC7 = (int)(1.501321110071461 * One + 0.5);
    private const int C3MinusC7 = (int)(0.899976223136416 * One + 0.5);
    private const int C1PlusC3 = (int)(2.562915447741506 * One + 0.5);
    private const int C3PlusC5 = (int)(1.961570560806461 * One + 0.5);
    private const int C3MinusC5 = (int)(0.390180644032257 * One + 0.5);

    /// <summary>Turns coefficients into samples 0..255.</summary>
    /// <param name="block">64 dequantized coefficients, row-major; used as working memory.</param>
    /// <param name="samples">Receives the block's top left sample first.</param>
    /// <param name="stride">Samples from one row to the next.</param>
    public static void Transform(Span<int> block, Span<byte> samples, int stride)
    {
        block = block[..64];
        if (!block[1..].ContainsAnyExcept(0))
        {
            byte flat = ToSample((block[0] + 4) >> 3);
            for (int row = 0; row < 8; row++)
                samples.Slice(row * stride, 8).Fill(flat);
            return;
        }

        for (int column = 0; column < 8; column++)
            TransformColumn(block, column);
        for (int row = 0; row < 8; row++)
        {
            var line = block.Slice(row * 8, 8);
            var output = samples.Slice(row * stride, 8);
            TransformLine(
                ref line[0], ref line[1], ref line[2], ref line[3],
                ref line[4], ref line[5], ref line[6], ref line[7], RowShift);
            for (int i = 0; i < 8; i++)
                output[i] = ToSample(line[i]);
        }
    }

    private static void TransformColumn(Span<int> block, int column)
    {
        var c = block.Slice(column, 57);
        if ((c[8] | c[16] | c[24] | c[32] | c[40] | c[48] | c[56]) == 0)
        {
            // Most columns are flat; the result is the same as below.
            int flat = c[0] << ExtraBits;
            for (int i = 0; i < 64; i += 8)
                c[i] = flat;
            return;
        }
        TransformLine(
            ref c[0], ref c[8], ref c[16], ref c[24],
            ref c[32], ref c[40], ref c[48], ref c[56], ColumnShift);
    }

    // Eight coefficients in, eight samples out, in place.
    private static void TransformLine(
        ref int v0, ref int v1, ref int v2, ref int v3, ref int v4, ref int v5, ref int v6, ref int v7, int shift)
    {
        // Even coefficients: a two-point transform and one rotation.
        int sum04 = (v0 + v4) << FractionBits;
        int difference04 = (v0 - v4) << FractionBits;
        int turned = (v2 + v6) * C6;
        int low = turned - v6 * C2PlusC6;
        int high = turned + v2 * C2MinusC6;
        int even0 = sum04 + high;
        int even1 = difference04 + low;
        int even2 = difference04 - low;
        int even3 = sum04 - high;

        // Odd coefficients: the rotations of the paper with shared products.
        int shared = (v7 + v3 + v5 + v1) * C3;
        int sum73 = shared - (v7 + v3) * C3PlusC5;
        int sum51 = shared - (v5 + v1) * C3MinusC5;
        int sum71 = (v7 + v1) * C3MinusC7;
        int sum53 = (v5 + v3) * C1PlusC3;
        int odd0 = v1 * C1PlusC3MinusC5MinusC7 + sum51 - sum71;
        int odd1 = v3 * C1PlusC3PlusC5MinusC7 + sum73 - sum53;
        int odd2 = v5 * C1PlusC3MinusC5PlusC7 + sum51 - sum53;
        int odd3 = v7 * C3PlusC5MinusC1MinusC7 + sum73 - sum71;

        int half = 1 << (shift - 1);
        v0 = (even0 + odd0 + half) >> shift;
        v7 = (even0 - odd0 + half) >> shift;
        v1 = (even1 + odd1 + half) >> shift;
        v6 = (even1 - odd1 + half) >> shift;
        v2 = (even2 + odd2 + half) >> shift;
        v5 = (even2 - odd2 + half) >> shift;
        v3 = (even3 + odd3 + half) >> shift;
        v4 = (even3 - odd3 + half) >> shift;
    }

    // Samples are coded around zero.
    private static byte ToSample(int value) => (byte)Math.Clamp(value + 128, 0, 255);
}
