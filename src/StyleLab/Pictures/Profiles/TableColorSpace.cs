namespace StyleLab.Pictures.Profiles;

/// <summary>
/// Colours by a table, as profiles of scanners and printers, and careful ones of screens, give them: curves, a grid of colours, curves, a matrix,
/// curves, each left out where it is null, and what comes out is a colour of the profile connection space.
/// </summary>
/// <param name="before">The curves of red, green and blue.</param>
/// <param name="grid">The table.</param>
/// <param name="middle">Curves behind the grid.</param>
/// <param name="matrix">Three rows of three factors and a summand.</param>
/// <param name="after">The last curves.</param>
/// <param name="toXyz">From the numbers of 0..1 that come out to XYZ under D50.</param>
/// <param name="xyzToLinearSrgb">From XYZ under D50 to light in sRGB.</param>
internal sealed class TableColorSpace(
    ToneCurve[]? before, ColorGrid? grid, ToneCurve[]? middle, double[,]? matrix, ToneCurve[]? after, Action<double[]> toXyz, double[,] xyzToLinearSrgb) : ColorSpace
{
    private readonly double[][]? _before = Tables(before), _middle = Tables(middle), _after = Tables(after);

    protected override void Convert(Picture picture)
    {
        int plane = picture.Width * picture.Height;
        var values = picture.Values;
        var encode = new SrgbEncoder();
        var color = new double[3];
        for (int i = 0; i < plane; i++)
        {
            for (int channel = 0; channel < 3; channel++)
                color[channel] = values[channel * plane + i];
            ToXyz(color);
            for (int row = 0; row < 3; row++)
                values[row * plane + i] = encode.Of(xyzToLinearSrgb[row, 0] * color[0] + xyzToLinearSrgb[row, 1] * color[1] + xyzToLinearSrgb[row, 2] * color[2]);
        }
    }

    protected override double[] LightOf(double[] color)
    {
        double[] xyz = [.. color];
        ToXyz(xyz);
        return Matrix3.Multiply(xyzToLinearSrgb, xyz);
    }

    private void ToXyz(double[] color)
    {
        Follow(_before, color);
        grid?.Follow(color);
        Follow(_middle, color);
        if (matrix != null)
        {
            var (x, y, z) = (color[0], color[1], color[2]);
            for (int row = 0; row < 3; row++)
                color[row] = Math.Clamp(matrix[row, 0] * x + matrix[row, 1] * y + matrix[row, 2] * z + matrix[row, 3], 0, 1);
        }

        Follow(_after, color);
        toXyz(color);
    }

    private static void Follow(double[][]? tables, double[] color)
    {
        for (int channel = 0; tables != null && channel < 3; channel++)
            color[channel] = tables[channel][LevelOf(color[channel])];
    }

    private static double[][]? Tables(ToneCurve[]? curves) => curves?.Select(TableOf).ToArray();
}
