using System.Numerics;

namespace StyleLab.Painter;

/// <summary>Colours as vectors of red, green and blue 0..1, and the curves that mix them.</summary>
internal static class Shade
{
    /// <summary>A colour from 0xRRGGBB.</summary>
    public static Vector3 Hex(int rgb) => new Vector3((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255) / 255f;

    /// <summary>A colour from 0xRRGGBB as linear light, for rendering.</summary>
    public static Vector3 Linear(int rgb) => ToLinear(Hex(rgb));

    public static Vector3 ToLinear(Vector3 c) => new(MathF.Pow(c.X, 2.2f), MathF.Pow(c.Y, 2.2f), MathF.Pow(c.Z, 2.2f));

    public static Vector3 Mix(Vector3 a, Vector3 b, float t) => a + (b - a) * t;

    public static float Mix(float a, float b, float t) => a + (b - a) * t;

    /// <summary>0 at or before <paramref name="from"/>, 1 at or after <paramref name="to"/>, smooth between; from &gt;
    /// to runs the other way.</summary>
    public static float Ramp(float from, float to, float x)
    {
        float t = Math.Clamp((x - from) / (to - from), 0f, 1f);
        return t * t * (3 - 2 * t);
    }

    /// <summary>Perceived brightness (Rec. 709 weights).</summary>
    public static float Brightness(Vector3 c) => 0.2126f * c.X + 0.7152f * c.Y + 0.0722f * c.Z;

    /// <summary>Moves a colour away from (above 1) or towards (below 1) grey.</summary>
    public static Vector3 Saturate(Vector3 c, float amount) => Mix(new Vector3(Brightness(c)), c, amount);

    /// <summary>A position 0..1 along a row of colours.</summary>
    public static Vector3 Along(Vector3[] colors, float t)
    {
        float at = Math.Clamp(t, 0f, 1f) * (colors.Length - 1);
        int i = Math.Min((int)at, colors.Length - 2);
        return Mix(colors[i], colors[i + 1], at - i);
    }

    public static Vector3[] Row(params int[] rgb) => Array.ConvertAll(rgb, Hex);
}
