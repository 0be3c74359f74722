namespace StyleLab.Pictures.Profiles;

/// <summary>What a red, a green, a blue and a white are, as chromaticities x, y of CIE 1931.</summary>
internal sealed record Primaries((double X, double Y) Red, (double X, double Y) Green, (double X, double Y) Blue, (double X, double Y) White)
{
    private static readonly (double, double) s_d65 = (0.3127, 0.3290);

    // Bradford's cone responses (Lam 1985), in which a white is adapted to another.
    private static readonly double[,] s_cones = { { 0.8951, 0.2664, -0.1614 }, { -0.7502, 1.7135, 0.0367 }, { 0.0389, -0.0685, 1.0296 } };

    /// <summary>Those of sRGB and ITU-R BT.709.</summary>
    public static Primaries Srgb { get; } = new((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), s_d65);

    /// <summary>Those of Adobe RGB (1998).</summary>
    public static Primaries AdobeRgb { get; } = new((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), s_d65);

    /// <summary>Those of Display P3 (SMPTE EG 432-1).</summary>
    public static Primaries DisplayP3 { get; } = new((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), s_d65);

    /// <summary>Those of ITU-R BT.2020.</summary>
    public static Primaries Bt2020 { get; } = new((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), s_d65);

    /// <summary>From amounts of these primaries to amounts of sRGB's, white becoming white.</summary>
    /// <exception cref="InvalidDataException">They are no primaries: three of them lie on a line, or white is no light.</exception>
    public double[,] ToLinearSrgb()
    {
        var own = ToXyz();
        var srgb = Srgb.ToXyz();
        var adaptation = Adaptation(XyzOf(White), XyzOf(Srgb.White));
        return Matrix3.Multiply(Matrix3.Inverse(srgb), Matrix3.Multiply(adaptation, own));
    }

    private double[,] ToXyz()
    {
        var columns = new[] { XyzOf(Red), XyzOf(Green), XyzOf(Blue) };
        var matrix = Columns(columns[0], columns[1], columns[2]);
        // Each primary as strong as makes white of one of each.
        var strength = Matrix3.Multiply(Matrix3.Inverse(matrix), XyzOf(White));
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 3; column++)
                matrix[row, column] *= strength[column];
        return matrix;
    }

    private static double[] XyzOf((double X, double Y) chromaticity) => chromaticity.Y > 0
        ? [chromaticity.X / chromaticity.Y, 1, (1 - chromaticity.X - chromaticity.Y) / chromaticity.Y]
        : throw new InvalidDataException("A chromaticity has no luminance.");

    private static double[,] Adaptation(double[] from, double[] to)
    {
        double[] before = Matrix3.Multiply(s_cones, from), after = Matrix3.Multiply(s_cones, to);
        var scale = new double[3, 3];
        for (int i = 0; i < 3; i++)
            scale[i, i] = after[i] / before[i];
        return Matrix3.Multiply(Matrix3.Inverse(s_cones), Matrix3.Multiply(scale, s_cones));
    }

    private static double[,] Columns(double[] first, double[] second, double[] third) => new[,]
    {
        { first[0], second[0], third[0] }, { first[1], second[1], third[1] }, { first[2], second[2], third[2] },
    };
}
