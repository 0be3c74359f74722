namespace StyleLab.Pictures;

/// <summary>
/// A colour in Oklab (Björn Ottosson, "A perceptual color space for image processing", 2020): equal distances look about equally different.
/// </summary>
/// <param name="L">Lightness, 0..1.</param>
/// <param name="A">From green to red, about −0.25..0.3.</param>
/// <param name="B">From blue to yellow, about −0.3..0.2.</param>
internal readonly record struct Oklab(float L, float A, float B)
{
    /// <summary>The nearest 8-bit sRGB values, packed as 0xRRGGBB.</summary>
    public int ToRgb()
    {
        float l = Cube(L + 0.3963377774f * A + 0.2158037573f * B);
        float m = Cube(L - 0.1055613458f * A - 0.0638541728f * B);
        float s = Cube(L - 0.0894841775f * A - 1.2914855480f * B);
        return Level(4.0767416621f * l - 3.3077115913f * m + 0.2309699292f * s) << 16
            | Level(-1.2684380046f * l + 2.6097574011f * m - 0.3413193965f * s) << 8
            | Level(-0.0041960863f * l - 0.7034186147f * m + 1.7076147010f * s);
    }

    private static float Cube(float x) => x * x * x;

    private static int Level(float linear) => (int)Math.Round(255 * ToSrgb(Math.Clamp(linear, 0, 1)));

    private static double ToSrgb(double linear) =>
        linear <= 0.0031308 ? linear * 12.92 : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;
}
