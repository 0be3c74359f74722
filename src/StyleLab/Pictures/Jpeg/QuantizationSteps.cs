namespace StyleLab.Pictures.Jpeg;

/// <summary>The quantization steps that a quality stands for.</summary>
internal static class QuantizationSteps
{
    // T.81, tables K.1 and K.2, row-major.
    private static readonly byte[] s_luma =
    [
        16, 11, 10, 16, 24, 40, 51, 61,
        12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101,
        72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly byte[] s_chroma =
    [
        17, 18, 24, 47, 99, 99, 99, 99,
        18, 21, 26, 66, 99, 99, 99, 99,
        24, 26, 56, 99, 99, 99, 99, 99,
        47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>Steps for brightness, row-major, 1 to 255.</summary>
    public static byte[] Luma(int quality) => Scale(s_luma, quality);

    /// <summary>Steps for the colour differences, row-major, 1 to 255.</summary>
    public static byte[] Chroma(int quality) => Scale(s_chroma, quality);

    // The scale that most programs share (the Independent JPEG Group's): 50 is the standard's tables as they are,
    // 100 is steps of 1 throughout, and below 50 the steps grow in inverse proportion.
    private static byte[] Scale(byte[] steps, int quality)
    {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        return Array.ConvertAll(steps, step => (byte)Math.Clamp((step * percent + 50) / 100, 1, 255));
    }
}
