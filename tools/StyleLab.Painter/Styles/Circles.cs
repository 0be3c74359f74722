using System.Numerics;

namespace StyleLab.Painter;

/// <summary>Sixteen squares of concentric rings in wet watercolour, each ring another colour.</summary>
internal static class Circles
{
    private const int Cells = 4, Rings = 6;

    private static readonly Vector3[] Pigments = Shade.Row(
        0xd8342a, 0xf08a24, 0xf6c32c, 0x2f6fb8, 0x1d3f86, 0x3f9a86, 0x7cae4a, 0xb23a78, 0x6a3d8c, 0xe8a0a0, 0x8cc4d8,
            0xf2e2b0, 0x2a2a3e, 0xc4552e);

    public static Picture Paint()
    {
        var dice = new Dice(1913);
        var colors = new Vector3[Cells * Cells * (Rings + 1)];
        for (int i = 0; i < colors.Length; i++)
        {
            // Neighbouring rings must differ in brightness, or they run together.
            do
                colors[i] = dice.Pick(Pigments);
            while (i > 0 && MathF.Abs(Shade.Brightness(colors[i]) - Shade.Brightness(colors[i - 1])) < 0.14f);
        }
        return new Canvas().Fill(p => Wash(p, colors)).Finish();
    }

    private static Vector3 Wash(Vector2 p, Vector3[] colors)
    {
        const float cell = Canvas.Size / (float)Cells;
        // The hand wavers: everything is drawn on a slightly moved sheet.
        var q = p + new Vector2(Noise.Fractal(p.X * 0.011f, p.Y * 0.011f, 3, 3),
            Noise.Fractal(p.X * 0.011f, p.Y * 0.011f, 3, 13)) * 10
            + new Vector2(Noise.Fractal(p.X * 0.06f, p.Y * 0.06f, 3, 23),
                Noise.Fractal(p.X * 0.06f, p.Y * 0.06f, 3, 33)) * 2.6f;
        int column = Math.Clamp((int)(q.X / cell), 0, Cells - 1), row = Math.Clamp((int)(q.Y / cell), 0, Cells - 1);
        int square = row * Cells + column;
        var middle = new Vector2(column + 0.5f, row + 0.5f) * cell
            + new Vector2(Noise.Value(square, 41) - 0.5f, Noise.Value(square, 42) - 0.5f) * 26;
        var d = q - middle;
        float squash = 1 + 0.12f * (Noise.Value(square, 43) - 0.5f), angle = MathF.Atan2(d.Y, d.X);
        float radius = new Vector2(d.X * squash, d.Y / squash).Length()
            * (1 + 0.05f * Noise.At(MathF.Cos(angle) * 1.4f + square * 7, MathF.Sin(angle) * 1.4f, 44));

        // Rings of uneven width; beyond the last comes the ground of the square.
        int ring = 0;
        float inner = 0, outer = 0;
        for (; ring <= Rings; ring++, inner = outer)
        {
            outer += cell * (ring == 0 ? 0.055f : 0.068f) * (0.75f + 0.75f * Noise.Value(square * 9 + ring, 45));
            if (radius < outer || ring == Rings)
                break;
        }
        var toSide = Vector2.Abs(q - new Vector2(column + 0.5f, row + 0.5f) * cell);
        float outside = cell / 2 - MathF.Max(toSide.X, toSide.Y);
        float toEdge = ring == Rings ? MathF.Min(radius - inner, outside) : MathF.Min(radius - inner, outer - radius);
        if (ring == 0)
            toEdge = outer - radius;
        return Dry(p, colors[square * (Rings + 1) + ring], toEdge, square * 31 + ring);
    }

    /// <summary>How a wash of pigment dries on rough paper.</summary>
    private static Vector3 Dry(Vector2 p, Vector3 pigment, float toEdge, int seed)
    {
        var paper = Shade.Hex(0xf4eddc) * (1 + 0.03f * Noise.Fractal(p.X * 0.12f, p.Y * 0.12f, 3, 51));
        float pools = 0.75f + 0.33f * Noise.Fractal(p.X * 0.016f, p.Y * 0.016f, 4, 61 + seed);
        float brushed = 0.08f * Noise.At(p.X * 0.02f, p.Y * 0.14f, 63 + seed);
        float grain = 0.14f * Noise.Fractal(p.X * 0.16f, p.Y * 0.16f, 3, 65);
        // Pigment gathers where a puddle ends; between two puddles the paper stays almost dry.
        float rim = 0.38f * MathF.Exp(-MathF.Pow((toEdge - 4f) / 3f, 2)) + 0.12f * MathF.Exp(-toEdge / 14);
        float wet = Shade.Ramp(0.2f, 3f, toEdge + 1.4f * Noise.At(p.X * 0.1f, p.Y * 0.1f, 67));
        float strength = Math.Clamp((pools + brushed + grain + rim) * Shade.Mix(0.18f, 1, wet), 0, 1.5f);
        // Layers of transparent paint darken as they thicken (Beer–Lambert).
        var through = new Vector3(MathF.Pow(pigment.X + 0.02f, strength * 1.15f),
            MathF.Pow(pigment.Y + 0.02f, strength * 1.15f), MathF.Pow(pigment.Z + 0.02f, strength * 1.15f));
        return paper * through;
    }
}
