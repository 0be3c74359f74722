namespace StyleLab.Pictures.Jpeg;

/// <summary>
/// The forward 8×8 discrete cosine transform with quantization, after Arai, Agui and Nakajima,
/// "A fast DCT-SQ scheme for images" (1988): five multiplications a line; what is left to scale joins the quantization steps.
/// </summary>
internal sealed class ForwardDct
{
    private static readonly float s_cos4 = MathF.Cos(4 * MathF.PI / 16);
    private static readonly float s_cos6 = MathF.Cos(6 * MathF.PI / 16);
    private static readonly float s_cos2MinusCos6 = MathF.Cos(2 * MathF.PI / 16) - MathF.Cos(6 * MathF.PI / 16);
    private static readonly float s_cos2PlusCos6 = MathF.Cos(2 * MathF.PI / 16) + MathF.Cos(6 * MathF.PI / 16);

    private readonly float[] _factors = new float[64];

    /// <param name="steps">Quantization steps, row-major.</param>
    public ForwardDct(ReadOnlySpan<byte> steps)
    {
        for (int i = 0; i < 64; i++)
            _factors[i] = (float)(1 / (8 * LineScale(i / 8) * LineScale(i % 8) * steps[i]));
    }

    // By how much TransformLine's coefficient exceeds the orthonormal one, divided by √8.
    private static double LineScale(int frequency) =>
        frequency == 0 ? 1 : Math.Sqrt(2) * Math.Cos(frequency * Math.PI / 16);

    /// <summary>Turns samples into quantized coefficients.</summary>
    /// <param name="block">64 samples around zero (−128 to 127), row-major; used as working memory.</param>
    /// <param name="coefficients">Receives 64 coefficients in zigzag order.</param>
    public void Transform(Span<float> block, Span<int> coefficients)
    {
        for (int row = 0; row < 8; row++)
            TransformLine(block.Slice(row * 8, 8), 1);
        for (int column = 0; column < 8; column++)
            TransformLine(block[column..], 8);
        var order = ZigZag.ToRowMajor;
        for (int k = 0; k < 64; k++)
            coefficients[k] = (int)MathF.Round(block[order[k]] * _factors[order[k]]);
    }

    private static void TransformLine(Span<float> line, int step)
    {
        ref float v0 = ref line[0], v1 = ref line[step], v2 = ref line[2 * step], v3 = ref line[3 * step];
        ref float v4 = ref line[4 * step], v5 = ref line[5 * step], v6 = ref line[6 * step], v7 = ref line[7 * step];
        float sum07 = v0 + v7, sum16 = v1 + v6, sum25 = v2 + v5, sum34 = v3 + v4;
        float difference07 = v0 - v7, difference16 = v1 - v6, difference25 = v2 - v5, difference34 = v3 - v4;

        // Even coefficients.
        float outer = sum07 + sum34, inner = sum16 + sum25;
        float outerDifference = sum07 - sum34, innerDifference = sum16 - sum25;
        float turned = (innerDifference + outerDifference) * s_cos4;
        v0 = outer + inner;
        v4 = outer - inner;
        v2 = outerDifference + turned;
        v6 = outerDifference - turned;

        // Odd coefficients.
        float low = difference34 + difference25, middle = difference25 + difference16, high = difference16 + difference07;
        float shared = (low - high) * s_cos6;
        float lowTurned = low * s_cos2MinusCos6 + shared;
        float highTurned = high * s_cos2PlusCos6 + shared;
        float middleTurned = middle * s_cos4;
        float plus = difference07 + middleTurned, minus = difference07 - middleTurned;
        v5 = minus + lowTurned;
        v3 = minus - lowTurned;
        v1 = plus + highTurned;
        v7 = plus - highTurned;
    }
}
