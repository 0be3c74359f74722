using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A wheat field with cypresses under a windy sky at noon, by the hand of <see cref="Swirls"/>.</summary>
internal static class Wheat
{
    private static readonly Vector3[] Sky = Shade.Row(0x2f7fa4, 0x4d9cb2, 0x7dbcbc, 0xb4d6c4, 0xe6ead2, 0xf8f3de, 0xfffaec);
    private static readonly Vector3[] Far = Shade.Row(0x23365f, 0x35568c, 0x4f7aa6, 0x7898ba, 0xa8b8a8);
    private static readonly Vector3[] Meadow = Shade.Row(0x1f4430, 0x39693c, 0x6d9448, 0xa8b456, 0xd8c86a);
    private static readonly Vector3[] Ears = Shade.Row(0x7a4a18, 0xb27420, 0xd99a2a, 0xefba42, 0xf8d872, 0xfdf0b0);
    private static readonly Vector3[] Leaves = Shade.Row(0x0c1c1c, 0x163026, 0x24492c, 0x3f6a34, 0x76883c);

    /// <summary>A cypress: foot, height and half width at its widest, all in canvas pixels.</summary>
    private readonly record struct Cypress(Vector2 Foot, float Height, float Half);

    private static readonly Cypress[] Trees = [new(new(795, 742), 690, 92), new(new(905, 728), 430, 62), new(new(170, 618), 190, 25)];

    /// <summary>Clouds turn round these places: position, size and sense.</summary>
    private static readonly (Vector2 Center, float Size, float Spin)[] Eddies =
    [
        (new(235, 170), 120, 1), (new(500, 250), 105, -1), (new(985, 150), 80, -1),
    ];

    public static Picture Paint() => ThickPaint.Paint(0x6a5a3a, Target, Field, new Dice(1890));

    private static float Hills(float x) => 470 - 58 * MathF.Sin(x * 0.0052f + 0.4f) - 24 * MathF.Sin(x * 0.0151f + 1);

    private static float Hedge(float x) => 575 + 14 * MathF.Sin(x * 0.011f) + 9 * MathF.Sin(x * 0.031f + 2);

    /// <summary>Where the wheat begins.</summary>
    private static float Rim(float x) => 650 + 34 * MathF.Sin(x * 0.0046f + 2.2f);

    /// <summary>How far inside a cypress a point lies: 1 on its axis, 0 at its edge, below 0 outside.</summary>
    private static float Inside(Cypress tree, Vector2 p)
    {
        float up = (tree.Foot.Y - p.Y) / tree.Height;
        if (up is < -0.02f or > 1)
            return -1;
        float lean = 0.16f * tree.Half * MathF.Sin(up * 6 + tree.Half);
        float half = tree.Half * (0.35f + 0.65f * Shade.Ramp(0, 0.25f, up)) * MathF.Pow(1 - up, 0.62f)
            * (1 + 0.34f * Noise.At(tree.Half, p.Y * 0.02f, 73));
        return 1 - MathF.Abs(p.X - tree.Foot.X - lean) / MathF.Max(half, 1);
    }

    private static Vector2 Field(Vector2 p)
    {
        foreach (var tree in Trees)
            if (Inside(tree, p) is > 0 and var inside)
            {
                // Flames: upright on the axis, licking outwards at the edge.
                float side = MathF.Sign(p.X - tree.Foot.X);
                return Flow.Heading(-MathF.PI / 2 + side * (0.55f * (1 - inside)) + 0.75f * Noise.At(p.X * 0.014f, p.Y * 0.012f, 75));
            }
        if (p.Y > Rim(p.X))
        {
            // The wind bends the wheat in waves; near the foot of the picture each blade shows.
            float near = Shade.Ramp(Rim(p.X), 1000, p.Y);
            float wind = 0.75f * Noise.At(p.X * 0.0045f, p.Y * 0.008f, 77) + 0.4f * MathF.Sin(p.X * 0.012f + p.Y * 0.02f);
            return Flow.Heading(Shade.Mix(-0.35f, -1.2f, near) + wind);
        }
        if (p.Y > Hedge(p.X))
            return Flow.Heading(0.35f * MathF.Sin(p.X * 0.03f) + 0.6f * Noise.At(p.X * 0.012f, p.Y * 0.02f, 79));
        if (p.Y > Hills(p.X))
            return Flow.AlongContour(Ridges, p);
        var flow = Flow.Heading(0.25f * MathF.Sin(p.X * 0.006f) + 0.8f * Noise.At(p.X * 0.004f, p.Y * 0.007f, 81));
        foreach (var (center, size, spin) in Eddies)
        {
            var d = p - center;
            float r = d.Length() / size;
            flow += new Vector2(-d.Y, d.X) / (d.Length() + 1) * (spin * 3 * MathF.Exp(-r * r * 0.5f));
        }
        return Vector2.Normalize(flow + new Vector2(1e-4f, 0));
    }

    private static float Ridges(Vector2 p) => p.Y - Hills(p.X) + 55 * Noise.At(p.X * 0.007f, p.Y * 0.008f, 83) + 0.25f * p.X;

    private static Vector3 Target(Vector2 p)
    {
        foreach (var tree in Trees)
            if (Inside(tree, p) is > 0 and var inside)
            {
                float flicker = Noise.Fractal(p.X * 0.03f, p.Y * 0.011f, 3, 85);
                float lit = Shade.Ramp(0.9f, -0.9f, (p.X - tree.Foot.X) / tree.Half) * 0.4f;
                return Shade.Along(Leaves, 0.18f + lit + 0.55f * flicker + 0.15f * (1 - inside));
            }
        if (p.Y > Rim(p.X))
            return WheatAt(p);
        if (p.Y > Hedge(p.X))
        {
            float bush = Noise.Fractal(p.X * 0.017f, p.Y * 0.024f, 3, 87);
            var olive = Shade.Mix(Shade.Hex(0x5f8478), Shade.Hex(0xa8c0a0), Shade.Ramp(-0.4f, 0.5f, bush));
            return Shade.Mix(Shade.Along(Meadow, 0.5f + 0.8f * bush), olive, Shade.Ramp(0.05f, 0.3f, Noise.At(p.X * 0.012f, p.Y * 0.02f, 89)));
        }
        if (p.Y > Hills(p.X))
            return Shade.Along(Far, 0.42f + 0.34f * MathF.Sin(Ridges(p) * 0.075f) + 0.25f * Noise.At(p.X * 0.02f, p.Y * 0.02f, 91)
                + 0.2f * Shade.Ramp(60, 0, p.Y - Hills(p.X)));
        return SkyAt(p);
    }

    private static Vector3 WheatAt(Vector2 p)
    {
        float depth = (p.Y - Rim(p.X)) / (Canvas.Size - Rim(p.X));
        float waves = MathF.Sin(p.Y * 0.05f / (0.5f + depth) + 2.5f * Noise.At(p.X * 0.004f, p.Y * 0.006f, 77) + 0.012f * p.X);
        float grain = Noise.Fractal(p.X * 0.03f, p.Y * 0.02f, 2, 93);
        var wheat = Shade.Along(Ears, 0.52f + 0.24f * waves + 0.36f * grain - 0.12f * depth);
        // Green stalks low in the field, and poppies.
        wheat = Shade.Mix(wheat, Shade.Hex(0x6f8a34), 0.7f * Shade.Ramp(0.12f, 0.5f, Noise.At(p.X * 0.011f, p.Y * 0.017f, 95) - 0.2f + 0.25f * depth));
        float poppy = Noise.At(p.X * 0.045f, p.Y * 0.06f, 97) + 0.35f * Noise.At(p.X * 0.006f, p.Y * 0.01f, 99);
        return poppy > 0.66f ? Shade.Hex(poppy > 0.76f ? 0xe8442a : 0xc22a22) : wheat;
    }

    private static Vector3 SkyAt(Vector2 p)
    {
        float cover = Noise.Fractal(p.X * 0.0045f + 0.6f * Noise.At(p.X * 0.004f, p.Y * 0.006f, 81), p.Y * 0.0095f, 3, 101);
        float light = 0.34f + 0.55f * cover + 0.1f * MathF.Sin(p.Y * 0.045f + 3 * cover);
        foreach (var (center, size, spin) in Eddies)
        {
            var d = p - center;
            float r = d.Length() / size;
            float coil = 0.5f + 0.5f * MathF.Sin(r * 7.5f - spin * MathF.Atan2(d.Y, d.X));
            light = Shade.Mix(light, 0.35f + 0.62f * coil, 0.85f * MathF.Exp(-r * r * 0.8f));
        }
        light += 0.18f * Shade.Ramp(150, 10, Hills(p.X) - p.Y);
        var sky = Shade.Along(Sky, light);
        // Clouds are violet below.
        return Shade.Mix(sky, Shade.Hex(0x9aa4cc), 0.55f * Shade.Ramp(0.25f, 0.5f, light) * Shade.Ramp(0.78f, 0.55f, light)
            * Shade.Ramp(0, 0.3f, Noise.At(p.X * 0.008f, p.Y * 0.016f, 103)));
    }
}
