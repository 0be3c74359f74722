using System.Numerics;

namespace StyleLab.Painter;

/// <summary>Boats in a southern harbour at sunset in broad blocks of pure colour, with bare canvas between
/// them.</summary>
internal static class Harbour
{
    private const float Shore = 400;
    private static readonly Vector2 Sun = new(690, 185);

    private static readonly Vector3[] Sky = Shade.Row(0xf2542d, 0xf98e3c, 0xffc24a, 0xf7e08a, 0x9ad0c8, 0x4aa3c8,
        0x7a5fb0, 0xd05a9a);
    private static readonly Vector3[] Water = Shade.Row(0x154a8c, 0x1f7ab0, 0x2fa59a, 0x63c2a0, 0xf2b84a, 0xf0622f,
        0xd23f6e);
    private static readonly Vector3[] Land = Shade.Row(0x2a3a7a, 0x6a2f7e, 0xb03a70, 0xd8503a, 0x2f8a5a, 0x86b03c);

    private readonly record struct Boat(Vector2 Foot, float Length, int Hull, int Sail);

    private static readonly Boat[] Boats =
    [
        new(new(285, 610), 260, 0xc8281e, 0xfff0c0), new(new(730, 560), 200, 0x1a3f8c, 0xf8a03a),
        new(new(560, 790), 340, 0x136a58, 0xe85a3a), new(new(120, 480), 110, 0x702a80, 0xf6d860),
            new(new(905, 725), 190, 0xd8602a, 0xc6e0e8),
    ];

    public static Picture Paint()
    {
        var dice = new Dice(1905);
        var canvas = new Canvas().Fill(p => Shade.Hex(0xeadfc2)
            * (1 + 0.04f * MathF.Sin(p.X * 1.1f) * MathF.Sin(p.Y * 1.1f)));
        var brush = new Brush(canvas, dice) { Load = 5, Streaks = 0.12f, Dryness = 0.3f, BristlePitch = 6 };
        new PaintLayer(44, 82, 36) { Variety = 0.06f, Wobble = 0.2f }.Paint(canvas, brush, Target, Field, dice);
        brush.Load = 6;
        new PaintLayer(25, 54, 27) { Variety = 0.09f, Wobble = 0.2f, Tolerance = 0.1f }.Paint(canvas, brush, Target,
            Field, dice);
        new PaintLayer(13, 34, 15) { Variety = 0.08f, Wobble = 0.15f, Tolerance = 0.2f }.Paint(canvas, brush, Target,
            Field, dice);
        // Masts last, each in one stroke from the hull up.
        foreach (var boat in Boats)
            brush.Stroke(Flow.Path(_ => new Vector2(0.03f, -1), boat.Foot - new Vector2(0, 0.52f * boat.Length),
                1.06f * boat.Length), 0.03f * boat.Length + 4, Shade.Hex(0x4a2416));
        return canvas.LightRelief(0.24f, 0.14f).Finish();
    }

    private static float Hills(float x) =>
        Shore - 60 - 62 * MathF.Sin(x * 0.0058f + 0.7f) - 26 * MathF.Sin(x * 0.017f + 2);

    private static Vector2 Field(Vector2 p)
    {
        foreach (var boat in Boats)
        {
            var q = (p - boat.Foot) / boat.Length;
            if (q.Y < -0.05f && BoatAt(boat, p) is not null)
                return Flow.Heading(q.X > -0.03f ? 1.15f : 2.05f);
        }
        if (p.Y > Shore)
            return Flow.Heading(0.10f * MathF.Sin(p.X * 0.02f + p.Y * 0.05f));
        if (p.Y > Hills(p.X))
            return Flow.Heading(0.9f + 0.8f * Noise.At(p.X * 0.008f, p.Y * 0.008f, 3));
        var d = p - Sun;
        return Vector2.Normalize(new Vector2(-d.Y, d.X) + new Vector2(60, 0));
    }

    private static Vector3 Target(Vector2 p)
    {
        foreach (var boat in Boats)
            if (BoatAt(boat, p) is { } color)
                return color;
        if (p.Y < Hills(p.X))
            return SkyAt(p);
        if (p.Y < Shore)
            return LandAt(p);
        // Long dashes of reflected sky between blue and green, with the sun's path in the middle.
        float depth = (p.Y - Shore) / (Canvas.Size - Shore);
        float dashes = Noise.At(p.X * 0.009f, p.Y * 0.034f / (0.4f + depth), 9)
            + 0.5f * Noise.At(p.X * 0.02f, p.Y * 0.08f / (0.5f + depth), 10);
        float path = Shade.Ramp(150 + 120 * depth, 20, MathF.Abs(p.X - Sun.X + 40 * dashes));
        return Shade.Along(Water, 0.30f + 0.42f * dashes + 0.40f * path);
    }

    private static Vector3 SkyAt(Vector2 p)
    {
        float fromSun = Vector2.Distance(p, Sun);
        if (fromSun < 72)
            return Shade.Hex(0xffe9a0);
        var sky = Shade.Along(Sky, fromSun / 820 + 0.3f * Noise.Fractal(p.X * 0.007f, p.Y * 0.016f, 2, 5));
        return Shade.Mix(Shade.Hex(0xff7a2a), sky, Shade.Ramp(75, 150, fromSun));
    }

    private static Vector3 LandAt(Vector2 p)
    {
        // Houses along the quay, roofs and all, as small bright blocks.
        float column = p.X / 46 + 0.2f * MathF.Sin(p.X * 0.01f);
        int house = (int)MathF.Floor(column);
        float top = Shore - 34 - 44 * Noise.Value(house, 21), within = column - house;
        if (p.Y > top - 20 * (0.5f - MathF.Abs(within - 0.5f)))
        {
            int[] walls = [0xfbe6b0, 0xf29a6a, 0xf6c8c0, 0xe8d25a, 0xb8dce0, 0xe0603c];
            return p.Y < top + 8 ? Shade.Hex(0xc23a24)
                : Shade.Hex(walls[Math.Abs(house) * 5 % walls.Length]) * (within > 0.75f ? 0.75f : 1);
        }
        return Shade.Along(Land, 0.5f + 0.8f * Noise.Fractal(p.X * 0.012f, p.Y * 0.012f, 2, 23));
    }

    private static Vector3? BoatAt(Boat boat, Vector2 p)
    {
        var q = (p - boat.Foot) / boat.Length;
        float half = 0.5f - 0.35f * MathF.Max(q.Y, 0) * 4;
        if (q.Y is > -0.02f and < 0.16f && MathF.Abs(q.X) < half)
            return q.Y < 0.035f ? Shade.Hex(0xfff2d0) : Shade.Hex(boat.Hull);
        bool main = q.X is > 0.0f and < 0.42f && q.Y < -0.1f && q.Y > -0.98f + 2.0f * q.X;
        bool jib = q.X is < -0.02f and > -0.42f && q.Y < -0.12f && q.Y > -0.85f - 1.75f * q.X;
        if (main || jib)
            return Shade.Hex(boat.Sail) * (main ? 1 : 0.9f);
        // The reflection, broken into dashes.
        if (q.Y is > 0.16f and < 0.75f && MathF.Abs(q.X + 0.12f * Noise.At(p.X * 0.01f, p.Y * 0.07f, 25)) < 0.4f
            - 0.4f * q.Y && Noise.At(p.X * 0.008f, p.Y * 0.05f, 27) > -0.05f)
            return Shade.Mix(Shade.Hex(q.Y < 0.32f ? boat.Hull : boat.Sail), Shade.Hex(0x1f5f9c), 0.2f);
        return null;
    }
}
