namespace StyleLab.Pictures.Profiles;

/// <summary>How stored values of 0..1 become amounts of light of 0..1.</summary>
/// <param name="ToLight">From the stored value to the light; rises from 0 to 1.</param>
internal sealed record ToneCurve(Func<double, double> ToLight)
{
    /// <summary>sRGB's (IEC 61966-2-1).</summary>
    public static ToneCurve Srgb { get; } = new(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4));

    /// <summary>The camera curve of ITU-R BT.709, 601 and 2020, undone.</summary>
    public static ToneCurve Bt709 { get; } = new(value => value < 0.081 ? value / 4.5 : Math.Pow((value + 0.099) / 1.099, 1 / 0.45));

    /// <summary>A power.</summary>
    public static ToneCurve Gamma(double exponent) => new(value => Math.Pow(value, exponent));

    /// <summary>Values at even distances, with straight lines between them.</summary>
    /// <param name="light">At least two amounts of light, for the stored values 0 to 1.</param>
    public static ToneCurve Sampled(double[] light) => new(value =>
    {
        double place = value * (light.Length - 1);
        int below = Math.Min((int)place, light.Length - 2);
        return light[below] + (place - below) * (light[below + 1] - light[below]);
    });

    /// <summary>The sRGB value, 0..1, of an amount of light, 0..1.</summary>
    public static double SrgbOf(double light) => light <= 0.0031308 ? 12.92 * light : 1.055 * Math.Pow(light, 1 / 2.4) - 0.055;
}
