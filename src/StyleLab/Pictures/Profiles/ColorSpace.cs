namespace StyleLab.Pictures.Profiles;

/// <summary>What the numbers of a picture file stand for: a tone curve a channel, and three primaries as mixtures of sRGB's.</summary>
internal sealed class ColorSpace
{
    // Half a level of 8 bits: a file that says it is sRGB in its own words keeps its exact values.
    private const double Invisible = 0.5 / 255;

    // 8 and 16 bits fall on entries of these tables exactly.
    private const int Levels = 65535;

    private readonly ToneCurve[] _curves;
    private readonly double[,] _toLinearSrgb;

    /// <param name="curves">The tone curves of red, green and blue.</param>
    /// <param name="toLinearSrgb">From light in this space to light in sRGB; rows are scaled so that white stays white.</param>
    /// <exception cref="InvalidDataException">White would be no light.</exception>
    public ColorSpace(ToneCurve[] curves, double[,] toLinearSrgb)
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

    public ColorSpace(ToneCurve curve, Primaries primaries) : this([curve, curve, curve], primaries.ToLinearSrgb()) { }

    /// <summary>Adobe RGB (1998), as cameras write it without a profile.</summary>
    public static ColorSpace AdobeRgb { get; } = new(ToneCurve.Gamma(563 / 256.0), Primaries.AdobeRgb);

    /// <summary>The picture's colours in sRGB; those that sRGB cannot show are clipped. The same picture if nothing would be seen of it.</summary>
    public Picture ToSrgb(Picture picture)
    {
        if (IsSrgb())
            return picture;
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
        return picture;
    }

    private static int LevelOf(float value) => (int)(value * Levels + 0.5f);

    private static double[] TableOf(ToneCurve curve) =>
        [.. Enumerable.Range(0, Levels + 1).Select(level => Math.Clamp(curve.ToLight((double)level / Levels), 0, 1))];

    private bool IsSrgb()
    {
        const int Steps = 16;
        for (int red = 0; red <= Steps; red++)
            for (int green = 0; green <= Steps; green++)
                for (int blue = 0; blue <= Steps; blue++)
                    if (!IsUnchanged([(double)red / Steps, (double)green / Steps, (double)blue / Steps]))
                        return false;
        return true;
    }

    private bool IsUnchanged(double[] color)
    {
        double[] light = [.. color.Zip(_curves, (value, curve) => Math.Clamp(curve.ToLight(value), 0, 1))];
        var mixed = Matrix3.Multiply(_toLinearSrgb, light);
        for (int channel = 0; channel < 3; channel++)
            if (!(Math.Abs(ToneCurve.SrgbOf(Math.Clamp(mixed[channel], 0, 1)) - color[channel]) <= Invisible))
                return false;
        return true;
    }

    /// <summary>sRGB values by a table over the square root of light, in which the curve is nearly straight everywhere.</summary>
    private sealed class SrgbEncoder
    {
        private const int Steps = 8192;

        private readonly float[] _table = [.. Enumerable.Range(0, Steps + 2).Select(i => (float)ToneCurve.SrgbOf(Math.Min(1, Math.Pow((double)i / Steps, 2))))];

        public float Of(double light)
        {
            double place = Math.Sqrt(Math.Clamp(light, 0, 1)) * Steps;
            int below = (int)place;
            return (float)(_table[below] + (place - below) * (_table[below + 1] - _table[below]));
        }
    }
}
