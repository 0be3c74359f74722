using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A garden pond with lilies in sunlight, put together from dots of unmixed colour.</summary>
internal static class Garden
{
    private readonly record struct Blob(Vector2 Center, Vector2 Radii, int Kind);

    private static readonly Vector3 Ultramarine = Shade.Hex(0x2b3f9c), Orange = Shade.Hex(0xf08a2c);

    public static Picture Paint()
    {
        var dice = new Dice(1886);
        var lilies = Scatter(dice);
        Vector3 Target(Vector2 p) => PondAt(p, lilies);
        var canvas = new Canvas().Fill(p => Shade.Mix(Target(p), Shade.Hex(0xe9dfc4), 0.45f));
        var brush = new Brush(canvas, dice) { Load = 2.2f, Streaks = 0.08f, Dryness = 0.1f, BristlePitch = 4 };
        static Vector2 Any(Vector2 p) => Flow.Heading(3 * Noise.At(p.X * 0.05f, p.Y * 0.05f, 3));
        new PaintLayer(21, 12, 13) { Variety = 0.06f, Wobble = 1 }.Paint(canvas, brush,
            p => Divide(Target(p), dice, 0.6f), Any, dice);
        new PaintLayer(14, 7, 10.5f) { Variety = 0.06f, Wobble = 1 }.Paint(canvas, brush,
            p => Divide(Target(p), dice, 1f), Any, dice);
        return canvas.LightRelief(0.3f, 0.12f).Finish();
    }

    /// <summary>Swaps a colour for one of those that mix to it in the eye: purer, lighter, or its complement in shadow
    /// and light.</summary>
    private static Vector3 Divide(Vector3 color, Dice dice, float strength)
    {
        float roll = dice.Next(), bright = Shade.Brightness(color);
        var dot = roll switch
        {
            < 0.45f => Shade.Saturate(color, 1.5f),
            < 0.62f => Shade.Mix(color, Shade.Hex(0xffe88a), 0.55f * bright + 0.1f),
            < 0.80f => Shade.Mix(color, Ultramarine, 0.65f - 0.4f * bright),
            < 0.90f => Shade.Mix(color, Orange, 0.5f),
            < 0.95f => Shade.Mix(color, Shade.Hex(0xe05a8a), 0.5f),
            _ => Shade.Mix(color, Shade.Hex(0xfff6e0), 0.6f),
        };
        return Vector3.Clamp(Shade.Mix(color, dot, strength), Vector3.Zero, Vector3.One);
    }

    private static List<Blob> Scatter(Dice dice)
    {
        var blobs = new List<Blob>();
        for (int tries = 0; tries < 900 && blobs.Count < 46; tries++)
        {
            var center = new Vector2(dice.Between(0, Canvas.Size), dice.Between(330, Canvas.Size));
            float size = Shade.Mix(26, 78, (center.Y - 330) / 700) * dice.Between(0.7f, 1.25f);
            if (blobs.TrueForAll(b => Vector2.Distance(b.Center, center) > 0.8f * (b.Radii.X + size))
                && Noise.At(center.X * 0.004f, center.Y * 0.005f, 5) > -0.12f)
                blobs.Add(new Blob(center, new Vector2(size, size * 0.42f), dice.Below(5)));
        }
        return blobs;
    }

    private static Vector3 PondAt(Vector2 p, List<Blob> lilies)
    {
        foreach (var (center, radii, kind) in lilies)
        {
            // Flowers stand on some of the leaves.
            var f = (p - center + new Vector2(0, radii.Y * 0.6f)) / radii.X;
            float petals = 0.36f + 0.09f * MathF.Cos(MathF.Atan2(f.Y, f.X) * 7);
            if (kind < 3 && f.Length() < petals)
                return f.Length() < 0.13f ? Shade.Hex(0xf6c030) : Shade.Mix(Shade.Hex(kind == 0 ? 0xf4f0e0 : kind == 1
                    ? 0xe88aa8 : 0xd8507a), Shade.Hex(0xfff4ea), Shade.Ramp(0.3f, -0.3f, f.Y + f.X));
            var d = (p - center) / radii;
            bool notch = MathF.Abs(MathF.Atan2(d.Y, d.X) - 0.6f) < 0.16f;
            if (d.Length() < 1 && !notch)
                return Shade.Mix(Shade.Hex(0x2f7a4a), Shade.Hex(0xa8cc5a),
                    Shade.Ramp(0.9f, -0.9f, d.X + d.Y + 0.5f * Noise.At(p.X * 0.03f, p.Y * 0.03f, 9)));
        }
        float shore = 300 + 22 * MathF.Sin(p.X * 0.008f) + 12 * Noise.At(p.X * 0.02f, 0.5f, 11);
        return p.Y < shore ? BankAt(p, shore) : WaterAt(p, shore);
    }

    private static Vector3 BankAt(Vector2 p, float shore)
    {
        // A footbridge before flowering bushes and light leaves.
        float arch = 268 - 120 * MathF.Cos((p.X - 540) * 0.0042f), rail = arch - 62;
        bool inBridge = p.X is > 200 and < 880;
        bool post = MathF.Abs(MathF.IEEERemainder(p.X - 540, 62)) < 6 && p.Y > rail && p.Y < arch;
        if (inBridge && (MathF.Abs(p.Y - arch) < 13 || MathF.Abs(p.Y - rail) < 7 || post))
            return Shade.Mix(Shade.Hex(0x2f6a8a), Shade.Hex(0x9adcc8),
                Shade.Ramp(8, -8, p.Y - (p.Y > (arch + rail) / 2 ? arch : rail)));
        float leaves = Noise.Fractal(p.X * 0.009f, p.Y * 0.012f, 4, 13), light = Shade.Ramp(330, 20, p.Y);
        var green = Shade.Along(Shade.Row(0x163a3c, 0x1f5a44, 0x4a8a3e, 0x9ab83c, 0xe6d86a, 0xf6ecb0),
            0.32f + 0.5f * leaves + 0.3f * light);
        float bush = Noise.Fractal(p.X * 0.017f, p.Y * 0.02f, 3, 15) - 0.32f * Shade.Ramp(60, 150, shore - p.Y);
        return bush > 0.12f ? Shade.Along(Shade.Row(0x8a2a6a, 0xd8486a, 0xf08a5a, 0xf8c8c0),
            0.4f + 0.9f * Noise.At(p.X * 0.03f, p.Y * 0.03f, 17)) : green;
    }

    private static Vector3 WaterAt(Vector2 p, float shore)
    {
        float mirror = Noise.Fractal(p.X * 0.008f, (p.Y - shore) * 0.004f, 3, 13),
            ripple = 0.35f * Noise.At(p.X * 0.006f, p.Y * 0.045f, 19);
        float deep = Shade.Ramp(0, 500, p.Y - shore);
        return Shade.Along(Shade.Row(0x14283e, 0x1f4a6a, 0x2f6f9c, 0x6a8ac8, 0xa8a8dc, 0xe6c8d0),
            0.22f + 0.5f * mirror + ripple + 0.35f * deep);
    }
}
