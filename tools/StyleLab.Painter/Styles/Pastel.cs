using System.Numerics;

namespace StyleLab.Painter;

/// <summary>The sitter of <see cref="Portrait"/>, drawn from the other side in pastels on blue paper, before a flowered screen.</summary>
internal static class Pastel
{
    private const int Plate = 512;
    private static readonly Vector3[] Screen = Shade.Row(0x1f5a66, 0x2f7f82, 0x56a596, 0x93c4a4, 0xd9d9a0);
    private static readonly Vector3[] Petals = Shade.Row(0x8e2f5e, 0xd0567a, 0xf08c7a, 0xf8bf8e, 0xfdeccb);
    private static readonly Vector3[] Skin = Shade.Row(0x4a2f58, 0x7d4a6a, 0xb8685c, 0xe39a72, 0xf6c79a, 0xfdeacb);
    private static readonly Vector3[] Hair = Shade.Row(0x141a30, 0x2c2440, 0x5a2c2c, 0x9a4e2c, 0xd98a44);
    private static readonly Vector3[] Dress = Shade.Row(0x3a1440, 0x7a1e4a, 0xb82f44, 0xe4573c, 0xf59a54);
    private static readonly Vector3[] Lace = Shade.Row(0x5a6a9e, 0x8fa0cc, 0xc4cfe0, 0xf2ecdc, 0xfffaf0);

    /// <summary>What the sitter shows at each point: the kind of thing, its colour, and its brightness without details.</summary>
    private sealed record Study(int[] Thing, Picture Photograph, float[] Form)
    {
        public int ThingAt(Vector2 p) => Thing[Index(p)];

        public Vector3 ColorAt(Vector2 p)
        {
            int at = Index(p), plane = Plate * Plate;
            var values = Photograph.Values;
            return new Vector3(values[at], values[plane + at], values[2 * plane + at]);
        }

        public float FormAt(Vector2 p) => Form[Index(p)];

        // The other side: mirrored.
        private static int Index(Vector2 p) =>
            Math.Clamp((int)(p.Y / 2), 0, Plate - 1) * Plate + Plate - 1 - Math.Clamp((int)(p.X / 2), 0, Plate - 1);
    }

    public static Picture Paint()
    {
        var study = Look();
        var dice = new Dice(1880);
        var canvas = new Canvas().Fill(Paper);
        for (int at = 0; at < canvas.Thickness.Length; at++)
            canvas.Thickness[at] = Tooth(new Vector2(at % Canvas.Size, at / Canvas.Size));
        var chalk = new Chalk(canvas);
        Vector3? Target(Vector2 p) => ColorAt(study, p);
        Vector2 Field(Vector2 p) => DirectionAt(study, p);

        // Broad tones with the side of the stick, then hatching, then the sharp edge for outlines and lights.
        Hatch(chalk, 46, 70, 26, 0.66f, 0.10f, Target, Field, dice);
        Hatch(chalk, 15, 62, 13, 0.78f, 0.26f, Target, Field, dice);
        Hatch(chalk, 8, 34, 9, 0.86f, 0.28f, Target, Field, dice);
        Hatch(chalk, 5, 15, 5, 0.92f, 0.14f, p => study.ThingAt(p) == 1 ? Target(p) : null, Field, dice);
        Outlines(study, chalk, dice);
        return canvas.Finish();
    }

    private static Study Look()
    {
        var scene = Portrait.Studio();
        var marcher = new RayMarcher(scene);
        var eye = Portrait.Camera;
        var photograph = Portrait.Paint();
        var thing = new int[Plate * Plate];
        Parallel.For(0, Plate, y =>
        {
            for (int x = 0; x < Plate; x++)
                thing[y * Plate + x] = marcher.Hit(eye.Position, eye.Direction(x + 0.5f, y + 0.5f)) is (var solid, _)
                    ? scene.Solids.IndexOf(solid) : 0;
        });
        return new Study(thing, photograph, [.. photograph.Blur(5).Luminance().Values.Take(Plate * Plate)]);
    }

    private static float Tooth(Vector2 p) =>
        0.5f + 0.34f * Noise.At(p.X * 0.28f, p.Y * 0.28f, 3) + 0.22f * Noise.At(p.X * 0.55f, p.Y * 0.55f, 5)
        + 0.07f * MathF.Sin(p.Y * 0.75f);

    private static Vector3 Paper(Vector2 p) =>
        Shade.Mix(Shade.Hex(0x6f8296), Shade.Hex(0x7f8f9c), 0.5f + 0.5f * Noise.Fractal(p.X * 0.01f, p.Y * 0.01f, 3, 7))
            * (0.93f + 0.14f * Tooth(p));

    private static void Hatch(Chalk chalk, float width, float length, float spacing, float pressure, float variety,
        Func<Vector2, Vector3?> target, Func<Vector2, Vector2> field, Dice dice)
    {
        var middles = new List<Vector2>();
        for (float y = 0; y < Canvas.Size + spacing; y += spacing)
            for (float x = 0; x < Canvas.Size + spacing; x += spacing)
                middles.Add(new Vector2(x, y) + new Vector2(dice.Normal(), dice.Normal()) * (0.35f * spacing));
        dice.Shuffle(middles);
        foreach (var middle in middles)
        {
            if (target(middle) is not { } color)
                continue;
            // Broken colour: next to each other lie a warmer and a cooler stick, not their mixture.
            var turn = new Vector3(0.5f, 0.05f, -0.5f) * dice.Normal() + new Vector3(dice.Normal()) * 0.35f;
            chalk.Pressure = pressure * dice.Between(0.75f, 1.1f);
            chalk.Stroke(Flow.Path(field, middle, length * dice.Between(0.6f, 1.2f)), width * dice.Between(0.7f, 1.2f),
                Vector3.Clamp(color + turn * variety * 0.6f, Vector3.Zero, Vector3.One));
        }
    }

    private static Vector2 DirectionAt(Study study, Vector2 p)
    {
        // Slanted on the screen; round the forms of the sitter, with the slant where they are flat.
        var slant = Flow.Heading(-1.0f + 0.25f * Noise.At(p.X * 0.006f, p.Y * 0.006f, 9));
        if (study.ThingAt(p) == 0)
            return slant;
        const float step = 10;
        float dx = study.FormAt(p + new Vector2(step, 0)) - study.FormAt(p - new Vector2(step, 0));
        float dy = study.FormAt(p + new Vector2(0, step)) - study.FormAt(p - new Vector2(0, step));
        var along = new Vector2(dy, -dx);
        if (Vector2.Dot(along, slant) < 0)
            along = -along;
        return Vector2.Normalize(along + slant * 0.12f);
    }

    private static Vector3 ColorAt(Study study, Vector2 p)
    {
        var seen = study.ColorAt(p);
        float tone = Shade.Brightness(seen) + 0.04f * Noise.At(p.X * 0.02f, p.Y * 0.02f, 11);
        return study.ThingAt(p) switch
        {
            1 => Shade.Mix(Shade.Along(Skin, 1.02f * tone), Shade.Saturate(seen, 1.15f), 0.55f),
            2 => Shade.Along(Hair, 1.9f * tone),
            3 => Shade.Along(Dress, 0.16f + 2.6f * tone),
            4 => Shade.Along(Lace, 1.02f * tone),
            _ => ScreenAt(p),
        };
    }

    /// <summary>Large flowers with leaves, scattered on blue-green.</summary>
    private static Vector3 ScreenAt(Vector2 p)
    {
        const float cell = 172;
        var color = Shade.Along(Screen, 0.38f + 0.5f * Noise.Fractal(p.X * 0.006f, p.Y * 0.006f, 3, 13)
            + 0.2f * Shade.Ramp(1024, 0, p.Y));
        int column = (int)MathF.Floor(p.X / cell), row = (int)MathF.Floor(p.Y / cell);
        for (int dy = -1; dy <= 1; dy++)
            for (int dx = -1; dx <= 1; dx++)
            {
                int flower = (row + dy) * 31 + column + dx;
                var middle = new Vector2(column + dx + 0.2f + 0.6f * Noise.Value(flower, 15),
                    row + dy + 0.2f + 0.6f * Noise.Value(flower, 17)) * cell;
                var d = p - middle;
                float around = MathF.Atan2(d.Y, d.X) + 6 * Noise.Value(flower, 19);
                float size = 40 + 34 * Noise.Value(flower, 21);
                float rim = size * (0.8f + 0.2f * MathF.Cos(around * 5)), r = d.Length();
                if (r < rim)
                    return r < 0.2f * size ? Shade.Hex(0xf4c84a)
                        : Shade.Along(Petals, 0.15f + 0.6f * Noise.Value(flower, 23) + 0.45f * (r / rim - 0.5f));
                float leaf = MathF.Cos(around * 1.5f + 2);
                if (r < 1.55f * size * leaf)
                    color = Shade.Along(Shade.Row(0x1f4a3a, 0x4a7a3c, 0xa8b84a), 0.5f + 0.5f * MathF.Sin(around * 9));
            }
        return color;
    }

    /// <summary>Lines where one thing ends before another, dark on the lower right and warm on the upper left.</summary>
    private static void Outlines(Study study, Chalk chalk, Dice dice)
    {
        for (int i = 0; i < 5200; i++)
        {
            var p = new Vector2(dice.Between(8, Canvas.Size - 8), dice.Between(8, Canvas.Size - 8));
            bool edge = study.ThingAt(p + new Vector2(4, 0)) != study.ThingAt(p - new Vector2(4, 0))
                || study.ThingAt(p + new Vector2(0, 4)) != study.ThingAt(p - new Vector2(0, 4));
            if (!edge)
                continue;
            chalk.Pressure = dice.Between(0.6f, 0.95f);
            chalk.Stroke(Flow.Path(q => DirectionAt(study, q), p, dice.Between(16, 44)), dice.Between(3.5f, 6),
                dice.Next() < 0.7f ? Shade.Hex(0x1e1c3a) : Shade.Hex(0x8a2f3a));
        }
    }
}
