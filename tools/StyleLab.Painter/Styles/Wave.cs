using System.Numerics;

namespace StyleLab.Painter;

/// <summary>Great waves with claws of foam before a far mountain, printed in flat blues like a woodblock.</summary>
internal static class Wave
{
    private static readonly Vector3 Line = Shade.Hex(0x14213f), Foam = Shade.Hex(0xf3ecd8);
    private static readonly Vector3[] Blues = Shade.Row(0x1d3a70, 0xdfe0d0, 0x2f5c94, 0x8fb4c2, 0x1d3a70, 0xc9d6cc,
        0x44749f);

    /// <summary>A wave between the line of its back and the line of its hollow front; both end at the tip of the
    /// crest.</summary>
    private readonly record struct Swell(Vector2[] Back, Vector2[] Front, float Claw);

    public static Picture Paint()
    {
        var dice = new Dice(1831);
        var canvas = new Canvas().Fill(SkyAt);
        var brush = new Brush(canvas, dice) { Load = 0, Streaks = 0.03f, Dryness = 0.06f, Raggedness = 0.12f,
            BristlePitch = 5 };
        Mountain(canvas, brush);
        foreach (var swell in Swells())
            Print(canvas, brush, swell, dice);
        Spray(canvas, dice);
        return canvas.Retouch(Wood).Finish();
    }

    private static IEnumerable<Swell> Swells()
    {
        Vector2[] Points(params float[] xy) => [.. Enumerable.Range(0,
            xy.Length / 2).Select(i => new Vector2(xy[2 * i], xy[2 * i + 1]))];
        // Far swells first, each hides part of the one before.
        yield return new(Points(330, 1060, 420, 770, 500, 680, 590, 625, 660, 615, 720, 650),
            Points(620, 1060, 622, 830, 640, 740, 660, 695, 685, 668, 720, 650), 20);
        yield return new(Points(1200, 900, 1100, 560, 1010, 470, 930, 420, 850, 420, 790, 470),
            Points(1000, 1060, 940, 830, 910, 730, 870, 640, 836, 550, 790, 470), 30);
        yield return new(Points(-120, 1060, -60, 560, 60, 300, 200, 150, 370, 105, 520, 190, 600, 330),
            Points(330, 1060, 320, 880, 330, 730, 345, 560, 395, 400, 480, 315, 600, 330), 44);
        yield return new(Points(420, 1060, 560, 880, 680, 800, 800, 790, 890, 850),
            Points(760, 1060, 780, 980, 795, 920, 830, 868, 890, 850), 30);
        yield return new(Points(1100, 780, 1040, 740, 985, 745, 940, 800, 915, 880),
            Points(1100, 1060, 1030, 1010, 985, 960, 945, 920, 915, 880), 26);
        yield return new(Points(-60, 880, 40, 800, 140, 775, 240, 815, 300, 900),
            Points(60, 1080, 130, 1010, 180, 950, 230, 905, 300, 900), 30);
        yield return new(Points(-60, 1090, 200, 985, 430, 960, 640, 1000, 800, 1090),
            Points(-60, 1120, 200, 1110, 430, 1110, 640, 1110, 800, 1090), 22);
    }

    private static void Print(Canvas canvas, Brush brush, Swell swell, Dice dice)
    {
        var back = Smooth(swell.Back);
        var front = Smooth(swell.Front);
        Vector2 At(int i, float u) => Vector2.Lerp(back[i], front[i], u);
        List<Vector2> Rib(float u) => [.. Enumerable.Range(0, back.Count).Select(i => At(i, u))];

        // Ribs of water run up the wave and meet at its tip.
        const int ribs = 15;
        for (int k = 0; k < ribs; k++)
        {
            float from = k / (float)ribs, to = (k + 1f) / ribs;
            List<Vector2> stripe = [.. Rib(from), .. Enumerable.Reverse(Rib(to))];
            FillShape(canvas, stripe, Blues[k % Blues.Length]);
        }
        for (int k = 1; k < ribs; k++)
            brush.Stroke(Even(Rib(k / (float)ribs)), 3.2f, Line);
        brush.Stroke(Even(back), 6, Line);
        brush.Stroke(Even(front), 6, Line);
        FoamAlong(canvas, brush, back, front, swell.Claw, dice);
    }

    /// <summary>Foam: a scalloped white band down the crest and curled claws that reach out from its edge.</summary>
    private static void FoamAlong(Canvas canvas, Brush brush, List<Vector2> back, List<Vector2> front, float size,
        Dice dice)
    {
        int start = (int)(back.Count * 0.42f);
        var inside = front[start];
        var claws = new List<(Vector2 Foot, Vector2 Out)>();
        for (int i = start; i < back.Count; i += Math.Max(1, (int)(size / 7)))
        {
            float t = (i - start) / (float)(back.Count - start);
            Clump(canvas, Vector2.Lerp(back[i], front[i], 0.10f * (1 - t)),
                size * dice.Between(0.45f, 0.8f) * (0.5f + 0.5f * t), dice);
        }
        for (int i = (int)(back.Count * 0.6f); i < back.Count - 1; i += Math.Max(1, (int)(size / 5)))
        {
            var along = Vector2.Normalize(front[i + 1] - front[i]);
            var across = new Vector2(-along.Y, along.X);
            if (Vector2.Dot(across, front[i] - back[i]) < 0)
                across = -across;
            float t = (i - back.Count * 0.6f) / (back.Count * 0.4f);
            Clump(canvas, front[i], size * dice.Between(0.35f, 0.6f) * (0.4f + 0.6f * t), dice);
            claws.Add((front[i] + across * size * 0.3f, Vector2.Normalize(across + 0.25f * along)));
        }
        foreach (var (foot, outward) in claws)
            Claw(brush, foot, outward, size * dice.Between(0.8f, 1.3f), inside.X < foot.X ? 1 : -1);
        var tip = front[^1];
        for (int i = 0; i < 5; i++)
            Claw(brush, tip + new Vector2(dice.Normal(), dice.Normal()) * size * 0.5f,
                Vector2.Normalize(tip - inside + new Vector2(dice.Normal(), dice.Normal() + 1.2f) * 90),
                size * dice.Between(1f, 1.5f), inside.X < tip.X ? 1 : -1);
    }

    /// <summary>A few overlapping round lumps with outlines.</summary>
    private static void Clump(Canvas canvas, Vector2 middle, float radius, Dice dice)
    {
        var lumps = new List<(Vector2 Center, float Radius)>();
        for (int i = 0; i < 4; i++)
            lumps.Add((middle + Flow.Heading(dice.Between(0, 6.28f)) * radius * 0.6f,
                radius * dice.Between(0.45f, 0.8f)));
        foreach (var (center, r) in lumps)
            Dot(canvas, center, r + 3f, Line);
        foreach (var (center, r) in lumps)
            Dot(canvas, center, r, Foam);
        Dot(canvas, lumps[0].Center + new Vector2(radius * 0.15f), radius * 0.22f, Blues[3]);
    }

    private static void Dot(Canvas canvas, Vector2 center, float radius, Vector3 color)
    {
        int reach = (int)radius + 1;
        for (int y = Math.Max((int)center.Y - reach, 0); y <= Math.Min((int)center.Y + reach, Canvas.Size - 1); y++)
            for (int x = Math.Max((int)center.X - reach, 0); x <= Math.Min((int)center.X + reach, Canvas.Size - 1); x++)
                if (Vector2.Distance(center, new Vector2(x + 0.5f, y + 0.5f)) < radius)
                    canvas.Color[y * Canvas.Size + x] = color;
    }

    /// <summary>A hook that bends over and tapers, outlined, with two smaller hooks on its back.</summary>
    private static void Claw(Brush brush, Vector2 foot, Vector2 outward, float size, int bend)
    {
        void Hook(Vector2 from, float angle, float length, float width)
        {
            var path = new List<Vector2> { from };
            for (float s = 0; s < length; s += 2)
            {
                angle += bend * 3.6f * 2 / length * (0.3f + 0.9f * s / length);
                path.Add(path[^1] + Flow.Heading(angle) * 2);
            }
            foreach (var (extra, color) in new[] { (5.5f, Line), (0f, Foam) })
            {
                // Tapered: thinner strokes reach farther along the same path.
                for (int part = 1; part <= 4; part++)
                    brush.Stroke(path.GetRange(0, Math.Max(2, path.Count * (part + 1) / 5)),
                        width * (1.05f - 0.2f * part) + extra, color);
            }
        }
        float heading = MathF.Atan2(outward.Y, outward.X);
        Hook(foot - outward * size * 0.1f, heading - bend * 1.25f, size * 0.9f, size * 0.26f);
        Hook(foot, heading - bend * 0.6f, size * 1.35f, size * 0.34f);
        Hook(foot - outward * size * 0.2f, heading + bend * 0.2f, size * 0.9f, size * 0.26f);
    }

    private static void Spray(Canvas canvas, Dice dice)
    {
        for (int i = 0; i < 260; i++)
        {
            var p = new Vector2(330 + 260 * MathF.Abs(dice.Normal()), 330 + 170 * dice.Normal());
            Dot(canvas, p, dice.Between(1.5f, 5.5f), Foam);
        }
    }

    private static void Mountain(Canvas canvas, Brush brush)
    {
        List<Vector2> slope = [], cap = [];
        for (float x = 470; x <= 880; x += 4)
            slope.Add(new Vector2(x, 650 - 200 * MathF.Exp(-MathF.Abs(x - 675) / 105)
                - 12 * Noise.At(x * 0.03f, 0.5f, 3)));
        FillShape(canvas, slope, Shade.Hex(0x5f7f9a));
        foreach (var p in slope)
            if (p.Y < 560)
                cap.Add(p);
        for (int i = 0; i <= 16; i++)
            cap.Add(Vector2.Lerp(cap[^1], cap[0], i / 16f) with { Y = 560 + (i % 2 == 0 ? 18 : -12) });
        FillShape(canvas, cap, Foam);
        brush.Stroke(Even(slope), 4, Line);
    }

    private static Vector3 SkyAt(Vector2 p)
    {
        // Shaded by hand from the top and the horizon, with bars of cloud.
        var sky = Shade.Along(Shade.Row(0x7f9aa8, 0xb9c2b4, 0xe6d9b8, 0xeed0a0, 0xe8b184), p.Y / 700);
        float bar = Shade.Ramp(0.18f, 0.24f, Noise.Fractal(p.X * 0.0028f, p.Y * 0.017f, 3, 31));
        if (p.Y < 640)
            return Shade.Mix(sky, Shade.Hex(0xf0e4c8), bar * 0.75f);
        // Ripples of the far sea, closer together towards the horizon.
        float depth = (p.Y - 600) * 0.01f, ripple = MathF.Sin(14 * MathF.Log(depth) * 2
            + 1.2f * MathF.Sin(p.X * 0.03f + p.Y * 0.02f));
        return ripple > 0.75f ? Foam * 0.95f : ripple > 0 ? Shade.Hex(0x8fb4c2) : ripple > -0.8f ? Shade.Hex(0x2f5c94)
            : Line;
    }

    /// <summary>Grain of the block, and paper that the ink left bare here and there.</summary>
    private static Vector3 Wood(Vector2 p, Vector3 color)
    {
        float grain = Noise.At(p.X * 0.006f, p.Y * 0.16f + 2 * Noise.At(p.X * 0.004f, p.Y * 0.01f, 41), 43);
        float speck = Shade.Ramp(0.45f, 0.7f, Noise.Fractal(p.X * 0.25f, p.Y * 0.25f, 2, 45));
        float pressure = 0.04f * Noise.Fractal(p.X * 0.01f, p.Y * 0.01f, 3, 47);
        return Shade.Mix(color * (1 + 0.05f * grain + pressure), Shade.Hex(0xefe2c4), 0.3f * speck + 0.05f);
    }

    /// <summary>A curve through the points (Catmull–Rom), in 200 steps.</summary>
    private static List<Vector2> Smooth(Vector2[] points)
    {
        const int steps = 200;
        var curve = new List<Vector2>();
        for (int i = 0; i <= steps; i++)
        {
            float at = i / (float)steps * (points.Length - 1);
            int k = Math.Min((int)at, points.Length - 2);
            float t = at - k;
            Vector2 a = points[Math.Max(k - 1, 0)], b = points[k], c = points[k + 1],
                d = points[Math.Min(k + 2, points.Length - 1)];
            curve.Add(0.5f * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * (t * t)
                + (3 * b - a - 3 * c + d) * (t * t * t)));
        }
        return curve;
    }

    /// <summary>The same line with a point every 2 canvas pixels, as brushes want it.</summary>
    private static List<Vector2> Even(List<Vector2> line)
    {
        var even = new List<Vector2> { line[0] };
        foreach (var p in line)
            while (Vector2.Distance(even[^1], p) > 2)
                even.Add(even[^1] + Vector2.Normalize(p - even[^1]) * 2);
        return even;
    }

    /// <summary>Fills a closed shape row by row (even–odd rule).</summary>
    private static void FillShape(Canvas canvas, List<Vector2> shape, Vector3 color)
    {
        for (int y = 0; y < Canvas.Size; y++)
        {
            var crossings = new List<float>();
            for (int i = 0; i < shape.Count; i++)
            {
                Vector2 a = shape[i], b = shape[(i + 1) % shape.Count];
                if (a.Y > y != b.Y > y)
                    crossings.Add(a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
            }
            crossings.Sort();
            for (int i = 0; i + 1 < crossings.Count; i += 2)
                for (int x = Math.Max((int)crossings[i], 0); x < Math.Min(crossings[i + 1], Canvas.Size); x++)
                    canvas.Color[y * Canvas.Size + x] = color;
        }
    }
}
