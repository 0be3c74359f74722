using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A night sky that turns in whirls round stars and a moon, in thick curved strokes of blue and
/// yellow.</summary>
internal static class Swirls
{
    /// <summary>A place that the sky turns round; a star or moon if it has a glow.</summary>
    private readonly record struct Whirl(Vector2 Center, float Size, float Spin, float Glow);

    private static readonly Whirl Moon = new(new(850, 165), 105, 1, 1.25f);

    private static readonly Whirl[] Whirls =
    [
        new(new(410, 385), 150, 1, 0), new(new(610, 480), 110, -1, 0), Moon,
        new(new(130, 150), 62, 1, 1), new(new(330, 110), 48, -1, 1), new(new(560, 170), 56, 1, 1),
        new(new(90, 420), 54, -1, 1), new(new(930, 430), 52, -1, 1), new(new(690, 300), 40, 1, 1),
        new(new(215, 610), 50, 1, 1), new(new(800, 590), 46, 1, 1), new(new(505, 690), 44, -1, 1),
        new(new(240, 285), 34, -1, 1), new(new(985, 690), 40, 1, 1), new(new(30, 690), 42, 1, 1),
    ];

    private static readonly Vector3[] Night = Shade.Row(0x0d1b4c, 0x16307a, 0x1f4fa3, 0x3a7cc4, 0x74acd8, 0xbcd8dc,
        0xe6e6c0);
    private static readonly Vector3[] Gold = Shade.Row(0xfff6c8, 0xffe27a, 0xf7c23a, 0xe0a02c, 0xa8b060, 0x5a93b8,
        0x2a5fa8);
    private static readonly Vector3[] Hills = Shade.Row(0x0a1330, 0x12284f, 0x1d4a5c, 0x2f6f66, 0x6d9a62, 0xc0b45a);

    public static Picture Paint() => ThickPaint.Paint(0x101c40, Target, Field, new Dice(1889));

    /// <summary>How high the ground stands at a column; y grows downwards.</summary>
    private static float Ground(float x) => 800 + 45 * MathF.Sin(x * 0.006f + 0.5f) + 28 * MathF.Sin(x * 0.017f);

    /// <summary>The sky drifts in waves and turns round every whirl; the hills follow their ridges.</summary>
    private static Vector2 Field(Vector2 p)
    {
        if (p.Y > Ground(p.X))
            return Flow.AlongContour(Ridges, p);
        var flow = Flow.Heading(0.5f * MathF.Sin(p.X * 0.008f + p.Y * 0.004f)
            + 0.6f * Noise.At(p.X * 0.004f, p.Y * 0.006f, 3)) * 0.6f;
        foreach (var whirl in Whirls)
        {
            var d = p - whirl.Center;
            float r = d.Length() / whirl.Size;
            float pull = 3.2f * MathF.Exp(-r * r * 0.45f);
            flow += new Vector2(-d.Y, d.X) / (d.Length() + 1) * (whirl.Spin * pull);
        }
        return Vector2.Normalize(flow + new Vector2(1e-4f, 0));
    }

    private static float Ridges(Vector2 p) =>
        p.Y + 60 * MathF.Sin(p.X * 0.011f + 0.01f * p.Y) + 50 * Noise.At(p.X * 0.006f, p.Y * 0.01f, 8);

    private static Vector3 Target(Vector2 p)
    {
        if (p.Y > Ground(p.X))
        {
            float ridge = 0.5f + 0.5f * MathF.Sin(Ridges(p) * 0.085f);
            return Shade.Along(Hills, 0.75f * ridge + 0.35f * Noise.At(p.X * 0.02f, p.Y * 0.04f, 9) + 0.1f);
        }
        // Bands that run with the flow: light where the current is strong.
        float bands = 0.42f + 0.30f * MathF.Sin(p.Y * 0.022f + 1.6f * MathF.Sin(p.X * 0.006f))
            + 0.45f * Noise.Fractal(p.X * 0.006f, p.Y * 0.014f, 3, 12);
        var color = Vector3.Zero;
        float weight = 0;
        foreach (var whirl in Whirls)
        {
            float r = Vector2.Distance(p, whirl.Center) / whirl.Size;
            var d = p - whirl.Center;
            float rings = 0.5f + 0.5f * MathF.Sin(r * 9f - whirl.Spin * MathF.Atan2(d.Y, d.X));
            float near = MathF.Exp(-r * r * 0.5f);
            if (whirl.Glow > 0)
            {
                float share = Shade.Ramp(2.1f, 0.9f, r);
                color += Shade.Along(Gold, r * 0.4f / whirl.Glow + 0.22f * (rings - 0.5f)) * share;
                weight += share;
            }
            else
            {
                bands = Shade.Mix(bands, 0.25f + 0.7f * rings, Math.Clamp(near * 1.4f, 0, 1));
            }
        }
        bands += 0.25f * Shade.Ramp(140, 10, Ground(p.X) - p.Y);
        var sky = Shade.Along(Night, bands);
        return weight > 0 ? Shade.Mix(sky, color / weight, Math.Min(weight, 1)) : sky;
    }
}
