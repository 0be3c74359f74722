using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A guitar, a bottle and a table broken into overlapping planes of ochre, grey and blue with dark
/// contours.</summary>
internal static class Cubist
{
    private static readonly Vector3[] Ochres = Shade.Row(0x3a2a1c, 0x66482c, 0x98733f, 0xc29d62, 0xe2cfa0);
    private static readonly Vector3[] Greys = Shade.Row(0x23262a, 0x4f5354, 0x85857a, 0xb4b09c, 0xded8c0);
    private static readonly Vector3[] Blues = Shade.Row(0x18222a, 0x2c4450, 0x506f7c, 0x86a0a2, 0xc4ccc0);
    private static readonly Vector3 Contour = Shade.Hex(0x1c1612);

    /// <summary>A four-sided plane: its corners in order, and the colours it runs through from its first
    /// side.</summary>
    private sealed record Facet(Vector2[] Corners, Vector3[] Colors, float Darkest, float Lightest, float Opacity)
    {
        public Vector2 Along => Vector2.Normalize(Corners[1] - Corners[0]);

        /// <summary>Distance inward from a side, negative outside.</summary>
        public float Inside(Vector2 p, int side)
        {
            var along = Vector2.Normalize(Corners[(side + 1) % 4] - Corners[side]);
            var d = p - Corners[side];
            return along.X * d.Y - along.Y * d.X;
        }

        /// <summary>Distance inward from the nearest side, negative outside.</summary>
        public float Least(Vector2 p) => MathF.Min(MathF.Min(Inside(p, 0), Inside(p, 1)),
            MathF.Min(Inside(p, 2), Inside(p, 3)));
    }

    public static Picture Paint()
    {
        var dice = new Dice(1910);
        var canvas = new Canvas().Fill(p => Shade.Along(Greys,
            0.5f + 0.2f * Noise.Fractal(p.X * 0.006f, p.Y * 0.006f, 3, 7)));
        var brush = new Brush(canvas, dice) { Load = 1.6f, Streaks = 0.08f, Dryness = 0.2f, Raggedness = 0.25f,
            BristlePitch = 4.4f };
        var strokes = new Brush(canvas, dice) { Load = 1.4f, Streaks = 0.2f, Dryness = 0.55f, BristlePitch = 2.4f };

        for (int i = 0; i < 120; i++)
            Lay(canvas, brush, strokes, RandomFacet(dice, Scatter(dice, 0, 1), dice.Between(170, 330)), dice);
        for (int i = 0; i < 60; i++)
            Lay(canvas, brush, strokes, RandomFacet(dice, Scatter(dice, 0.04f, 0.96f), dice.Between(90, 190)), dice);
        for (int i = 0; i < 30; i++)
            Lay(canvas, brush, strokes, RandomFacet(dice, Scatter(dice, 0.03f, 0.97f),
                dice.Between(45, 115)) with { Opacity = 0.75f }, dice);
        Guitar(canvas, brush, strokes, dice);
        for (int i = 0; i < 14; i++)
            Lay(canvas, brush, strokes, RandomFacet(dice, Scatter(dice, 0.2f, 0.8f),
                dice.Between(60, 130)) with { Opacity = 0.55f }, dice);
        Details(strokes, dice);
        return canvas.LightRelief(0.22f, 0.04f).Retouch(Weave).Finish();
    }

    private static Vector2 Scatter(Dice dice, float low, float high) =>
        new Vector2(dice.Between(low, high), dice.Between(low, high)) * Canvas.Size;

    /// <summary>Planes lean in a few directions only, as the painters' did: that holds the picture together.</summary>
    private static Facet RandomFacet(Dice dice, Vector2 middle, float size)
    {
        float[] leans = [0.32f, -0.42f, 1.12f, 1.9f, 0.02f, 1.57f];
        float lean = dice.Pick(leans) + 0.1f * dice.Normal();
        Vector2 u = Flow.Heading(lean) * size * 0.5f,
            v = Flow.Heading(lean + 1.57f + 0.35f * dice.Normal()) * size * dice.Between(0.28f, 0.65f);
        float taper = dice.Between(0.4f, 1f);
        Vector2[] corners = [middle - u - v * taper, middle + u - v, middle + u * dice.Between(0.6f, 1f) + v,
            middle - u + v * taper];
        float warm = 0.62f - 0.25f * MathF.Abs(middle.X / Canvas.Size - 0.5f);
        float pick = dice.Next();
        var colors = pick < warm ? Ochres : pick < 0.8f ? Greys : Blues;
        float dark = dice.Between(0.0f, 0.45f);
        return new Facet(corners, colors, dark, dark + dice.Between(0.4f, 0.7f), 1);
    }

    /// <summary>Paints a plane with strokes along its first side, dark there and fading, then parts of its
    /// contour.</summary>
    private static void Lay(Canvas canvas, Brush brush, Brush line, Facet facet, Dice dice)
    {
        var along = facet.Along;
        var across = new Vector2(-along.Y, along.X);
        float deep = 0, from = float.MaxValue, to = float.MinValue;
        foreach (var corner in facet.Corners)
        {
            deep = MathF.Max(deep, Vector2.Dot(corner - facet.Corners[0], across));
            from = MathF.Min(from, Vector2.Dot(corner - facet.Corners[0], along));
            to = MathF.Max(to, Vector2.Dot(corner - facet.Corners[0], along));
        }
        float width = Math.Clamp(deep * 0.11f, 8, 15);
        Glaze(canvas, facet, deep);
        brush.Opacity = facet.Opacity * 0.7f;
        for (float v = width * 0.5f; v < deep; v += width * 0.7f)
        {
            // Short dabs side by side, broken like brickwork.
            float dab = dice.Between(24, 50);
            for (float u = from - dice.Between(0, dab); u < to; u += dab * 0.8f)
            {
                var path = new List<Vector2>();
                for (float s = 0; s < dab; s += 2)
                {
                    var p = facet.Corners[0] + along * (u + s) + across * v;
                    if (facet.Least(p) > width * 0.4f)
                        path.Add(p);
                }
                float light = Shade.Mix(facet.Darkest, facet.Lightest, MathF.Pow(v / deep, 0.7f))
                    + 0.08f * dice.Normal();
                // The far side dissolves into what lies beneath.
                if (path.Count > 4 && dice.Next() > 0.3f + 0.6f * Shade.Ramp(0.5f, 1, v / deep))
                    brush.Stroke(path, width, Shade.Along(facet.Colors, light));
            }
        }
        Segment(line, facet.Corners[0], facet.Corners[1], dice.Between(4, 7.5f), dice);
        if (dice.Next() < 0.75f)
            Segment(line, facet.Corners[3], facet.Corners[0], dice.Between(3, 6), dice);
        if (dice.Next() < 0.35f)
            Segment(line, facet.Corners[1], facet.Corners[2], dice.Between(2.5f, 5), dice);
    }

    /// <summary>A thin even coat first; it lets the planes below through at the far side.</summary>
    private static void Glaze(Canvas canvas, Facet facet, float deep)
    {
        var low = facet.Corners.Aggregate(Vector2.Min);
        var high = facet.Corners.Aggregate(Vector2.Max);
        for (int y = Math.Max((int)low.Y, 0); y < Math.Min(high.Y, Canvas.Size); y++)
        {
            for (int x = Math.Max((int)low.X, 0); x < Math.Min(high.X, Canvas.Size); x++)
            {
                var p = new Vector2(x + 0.5f, y + 0.5f);
                if (facet.Least(p) < 1.2f * Noise.At(p.X * 0.06f, p.Y * 0.06f, 19))
                    continue;
                float v = facet.Inside(p, 0) / deep;
                var color = Shade.Along(facet.Colors,
                    Shade.Mix(facet.Darkest, facet.Lightest, MathF.Pow(MathF.Max(v, 0), 0.7f)));
                int at = y * Canvas.Size + x;
                canvas.Color[at] = Shade.Mix(canvas.Color[at], color,
                    facet.Opacity * Shade.Mix(0.95f, 0.35f, Shade.Ramp(0.3f, 1, v)));
            }
        }
    }

    private static void Segment(Brush line, Vector2 from, Vector2 to, float width, Dice dice)
    {
        var path = new List<Vector2>();
        int steps = (int)(Vector2.Distance(from, to) / 2);
        float bow = dice.Normal() * 3;
        for (int i = 0; i <= steps; i++)
            path.Add(Vector2.Lerp(from, to, i / (float)steps) + new Vector2(bow * MathF.Sin(3.14f * i / steps), 0));
        line.Stroke(path, width, Contour);
    }

    private static void Arc(Brush line, Vector2 middle, float radius, float from, float to, float width, Vector3 color)
    {
        var path = new List<Vector2>();
        float step = 2 / radius * MathF.Sign(to - from);
        for (float angle = from; step > 0 ? angle < to : angle > to; angle += step)
            path.Add(middle + Flow.Heading(angle) * radius);
        line.Stroke(path, width, color);
    }

    /// <summary>The guitar, seen from several sides at once: shifted curves, a hole, a neck and strings.</summary>
    private static void Guitar(Canvas canvas, Brush brush, Brush line, Dice dice)
    {
        Vector2 belly = new(470, 660), waist = new(560, 470), axis = Vector2.Normalize(new Vector2(0.42f, -0.9f)),
            side = new(0.9f, 0.42f);
        for (int i = 0; i < 9; i++)
            Lay(canvas, brush, line, RandomFacet(dice, belly + axis * (i * 34) + side * (dice.Normal() * 75),
                dice.Between(120, 200)) with { Colors = i % 3 == 1 ? Blues : Ochres }, dice);
        Arc(line, belly, 175, 0.3f, 3.4f, 9, Contour);
        Arc(line, belly + new Vector2(-26, 18), 192, 1.2f, 2.9f, 5, Contour);
        Arc(line, waist, 122, -2.9f, -0.6f, 8, Contour);
        Arc(line, waist + new Vector2(24, -8), 128, -1.4f, 0.7f, 5, Contour);
        Arc(line, new(330, 505), 70, -0.9f, 1.1f, 7, Contour);
        Vector2 hole = new(520, 580);
        for (float radius = 4; radius < 46; radius += 7)
            Arc(line, hole, radius, 0, 6.4f, 10, Shade.Hex(0x17120e));
        Arc(line, hole, 55, 2.2f, 7.4f, 4, Ochres[4]);
        Vector2 head = hole + axis * 500;
        Lay(canvas, brush, line, new Facet([hole + axis * 60 - side * 30, head - side * 22, head + side * 22,
            hole + axis * 60 + side * 30], Ochres, 0.05f, 0.5f, 1), dice);
        for (int i = -2; i <= 2; i++)
            Segment(line, hole - axis * 190 + side * (i * 12), head + side * (i * 7), 2.6f, dice);
        for (int fret = 1; fret < 8; fret++)
            Segment(line, hole + axis * (80 + 48 * fret) - side * 25, hole + axis * (80 + 48 * fret) + side * 25, 3.2f,
                dice);
    }

    /// <summary>Small signs over the planes: a bottle's outline, a glass, scrolls, music lines, nails.</summary>
    private static void Details(Brush line, Dice dice)
    {
        Vector2 bottle = new(790, 250);
        Segment(line, bottle + new Vector2(-26, -150), bottle + new Vector2(-24, 10), 6, dice);
        Segment(line, bottle + new Vector2(26, -150), bottle + new Vector2(24, 10), 6, dice);
        Arc(line, bottle + new Vector2(-58, 60), 62, -0.95f, 0.3f, 6, Contour);
        Arc(line, bottle + new Vector2(70, 70), 72, 3.9f, 2.9f, 6, Contour);
        Segment(line, bottle + new Vector2(62, 80), bottle + new Vector2(66, 330), 6, dice);
        Arc(line, new(215, 240), 74, 0, 6.3f, 5, Contour);
        Arc(line, new(228, 248), 60, 2.5f, 5.6f, 4, Blues[4]);
        for (int i = 0; i < 5; i++)
            Segment(line, new(90, 800 + i * 15), new(330, 770 + i * 15), 2.6f, dice);
        for (int i = 0; i < 9; i++)
            Arc(line, new(dice.Between(110, 310), dice.Between(775, 850)), 5, 0, 6.3f, 8, Contour);
        for (int i = 0; i < 14; i++)
        {
            var middle = Scatter(dice, 0.05f, 0.95f);
            float start = dice.Between(0, 6.28f);
            Arc(line, middle, dice.Between(16, 60), start, start + dice.Between(1.2f, 3.4f), dice.Between(3, 6),
                Contour);
        }
    }

    /// <summary>The canvas shows through as a fine weave.</summary>
    private static Vector3 Weave(Vector2 p, Vector3 color) =>
        color * (1 + 0.025f * MathF.Sin(p.X * 1.05f + 0.6f * Noise.At(p.X * 0.05f, p.Y * 0.05f, 17))
            * MathF.Sin(p.Y * 1.05f));
}
