namespace StyleLab.Pictures.Profiles;

/// <summary>What the numbers of a picture file stand for.</summary>
internal abstract class ColorSpace
{
    // Half a level of 8 bits: a file that says it is sRGB in its own words keeps its exact values.
    private const double Invisible = 0.5 / 255;

    // 8 and 16 bits fall on entries of tables of these exactly.
    private const int Levels = 65535;

    /// <summary>Adobe RGB (1998), as cameras write it without a profile.</summary>
    public static ColorSpace AdobeRgb { get; } = new MatrixColorSpace(ToneCurve.Gamma(563 / 256.0), Primaries.AdobeRgb);

    /// <summary>The picture's colours in sRGB; those that sRGB cannot show are clipped. The same picture if nothing would be seen of it.</summary>
    public Picture ToSrgb(Picture picture)
    {
        if (!IsSrgb())
            Convert(picture);
        return picture;
    }

    /// <summary>Replaces the picture's values by those in sRGB.</summary>
    protected abstract void Convert(Picture picture);

    /// <summary>A colour as amounts of sRGB's light, not clipped.</summary>
    protected abstract double[] LightOf(double[] color);

    /// <summary>The entry of a table for a value; what other libraries hold may lie outside of 0..1.</summary>
    protected static int LevelOf(double value) => (int)(Math.Clamp(value, 0, 1) * Levels + 0.5);

    /// <summary>What a curve makes of each level, within 0..1.</summary>
    protected static double[] TableOf(ToneCurve curve) =>
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
        var light = LightOf(color);
        for (int channel = 0; channel < 3; channel++)
            if (!(Math.Abs(ToneCurve.SrgbOf(Math.Clamp(light[channel], 0, 1)) - color[channel]) <= Invisible))
                return false;
        return true;
    }

    /// <summary>sRGB values by a table over the square root of light, in which the curve is nearly straight everywhere.</summary>
    protected sealed class SrgbEncoder
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
