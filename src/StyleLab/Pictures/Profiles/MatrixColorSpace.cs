namespace StyleLab.Pictures.Profiles;

/// <summary>A tone curve a channel, and three primaries as mixtures of sRGB's.</summary>
internal sealed class MatrixColorSpace : ColorSpace
{
    private readonly ToneCurve[] _curves;
    private readonly double[,] _toLinearSrgb;

    /// <param name="curves">The tone curves of red, green and blue.</param>
    /// <param name="toLinearSrgb">From light in this space to light in sRGB; rows are scaled so that white stays white.</param>
    /// <exception cref="InvalidDataException">White would be no light.</exception>
    public MatrixColorSpace(ToneCurve[] curves, double[,] toLinearSrgb)
    {
        _curves = curves;
        _toLinearSrgb = (double[,])toLinearSrgb.Clone();
        for (int row = 0; row < 3; row++)
        {
            double white = toLinearSrgb[row, 0] + toLinearSrgb[row, 1] + toLinearSrgb[row, 2];
            if (!(white > 0.01) || !double.IsFinite(white))
                throw new InvalidDataException("White is no light in this colour space.");
            for (int column = 0; column < 3; column++)
                _toLinearSrgb[row, column] /= white;
        }
    }

    public MatrixColorSpace(ToneCurve curve, Primaries primaries) : this([curve, curve, curve], primaries.ToLinearSrgb()) { }

    protected override void Convert(Picture picture)
    {
        var light = _curves.Select(TableOf).ToArray();
        int plane = picture.Width * picture.Height;
        var values = picture.Values;
        var encode = new SrgbEncoder();
        for (int i = 0; i < plane; i++)
        {
            double red = light[0][LevelOf(values[i])], green = light[1][LevelOf(values[plane + i])], blue = light[2][LevelOf(values[2 * plane + i])];
            if (red == green && green == blue)
                values[i] = values[plane + i] = values[2 * plane + i] = encode.Of(red);
            else
                for (int row = 0; row < 3; row++)
                    values[row * plane + i] = encode.Of(_toLinearSrgb[row, 0] * red + _toLinearSrgb[row, 1] * green + _toLinearSrgb[row, 2] * blue);
        }
    }

    protected override double[] LightOf(double[] color) =>
        Matrix3.Multiply(_toLinearSrgb, [.. color.Zip(_curves, (value, curve) => Math.Clamp(curve.ToLight(value), 0, 1))]);
}
