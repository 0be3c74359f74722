using System.Numerics;

namespace StyleLab.Painter;

/// <summary>Follows a field of directions across the canvas.</summary>
internal static class Flow
{
    /// <summary>The direction at right angles to the slope of a function: along its contour lines.</summary>
    public static Vector2 AlongContour(Func<Vector2, float> height, Vector2 p)
    {
        const float step = 1.5f;
        float dx = height(p + new Vector2(step, 0)) - height(p - new Vector2(step, 0));
        float dy = height(p + new Vector2(0, step)) - height(p - new Vector2(0, step));
        var along = new Vector2(dy, -dx);
        return along.LengthSquared() < 1e-12f ? Vector2.UnitX : Vector2.Normalize(along);
    }

    public static Vector2 Heading(float angle) => new(MathF.Cos(angle), MathF.Sin(angle));

    /// <summary>A path through <paramref name="middle"/> that follows the field both ways, as brush strokes do: never
    /// turning back.</summary>
    public static List<Vector2> Path(Func<Vector2, Vector2> field, Vector2 middle, float length, float step = 2f)
    {
        var path = new List<Vector2>();
        Follow(field, middle, -length / 2, step, path);
        path.Reverse();
        path.Add(middle);
        Follow(field, middle, length / 2, step, path);
        return path;
    }

    private static void Follow(Func<Vector2, Vector2> field, Vector2 from, float length, float step, List<Vector2> path)
    {
        var heading = field(from) * MathF.Sign(length);
        var p = from;
        for (float done = 0; done < MathF.Abs(length); done += step)
        {
            var next = field(p);
            if (Vector2.Dot(next, heading) < 0)
                next = -next;
            heading = next;
            p += heading * step;
            path.Add(p);
        }
    }

    /// <summary>
    /// Lines along a field that stay about <paramref name="spacing"/> apart (after Jobard and Lefer 1997):
    /// each starts where there is still room and ends where it would come too close to another.
    /// </summary>
    public static List<List<Vector2>> EvenLines(Func<Vector2, Vector2> field, Func<Vector2, float> spacing,
        float shortest, Dice dice)
    {
        const int cell = 8, cells = Canvas.Size / cell;
        const float step = 2f;
        var taken = new List<(Vector2 Point, int Line)>[cells * cells];
        var lines = new List<List<Vector2>>();

        bool Free(Vector2 p, float distance, int ownLine)
        {
            int reach = (int)(distance / cell) + 1, cx = (int)p.X / cell, cy = (int)p.Y / cell;
            for (int y = Math.Max(cy - reach, 0); y <= Math.Min(cy + reach, cells - 1); y++)
                for (int x = Math.Max(cx - reach, 0); x <= Math.Min(cx + reach, cells - 1); x++)
                    foreach (var (point, line) in taken[y * cells + x] ?? [])
                        if (line != ownLine && Vector2.DistanceSquared(point, p) < distance * distance)
                            return false;
            return true;
        }

        // Stops at other lines, or where the line has come round to its start.
        (List<Vector2> Side, bool Closed) Grow(Vector2 seed, float sign, int line)
        {
            var side = new List<Vector2>();
            var p = seed;
            var heading = field(seed) * sign;
            for (int i = 0; i < 1200; i++)
            {
                var next = field(p);
                heading = Vector2.Dot(next, heading) < 0 ? -next : next;
                var halfway = field(p + heading * (step / 2));
                p += (Vector2.Dot(halfway, heading) < 0 ? -halfway : halfway) * step;
                if (!Canvas.Holds(p) || !Free(p, spacing(p) * 0.72f, line))
                    break;
                if (i * step > 2 * spacing(p) && Vector2.Distance(p, seed) < 0.72f * spacing(p))
                    return (side, true);
                side.Add(p);
            }
            return (side, false);
        }

        void TryFrom(Vector2 seed)
        {
            if (!Canvas.Holds(seed) || !Free(seed, spacing(seed), -1))
                return;
            var (line, closed) = Grow(seed, -1, lines.Count);
            line.Reverse();
            line.Add(seed);
            if (!closed)
                line.AddRange(Grow(seed, 1, lines.Count).Side);
            if (line.Count * step < shortest)
                return;
            foreach (var p in line)
                (taken[(int)p.Y / cell * cells + (int)p.X / cell] ??= []).Add((p, lines.Count));
            lines.Add(line);
        }

        // Beside the lines that are there first, so that they run in parallel; then wherever room is left.
        TryFrom(new Vector2(Canvas.Size * 0.5f, Canvas.Size * 0.5f));
        for (int grown = 0, sown = 0; sown < 2500; sown++)
        {
            for (; grown < lines.Count; grown++)
            {
                var line = lines[grown];
                for (int i = 2; i < line.Count; i += 4)
                {
                    var along = Vector2.Normalize(line[i] - line[i - 1]);
                    var across = new Vector2(-along.Y, along.X) * (spacing(line[i]) * 1.02f);
                    TryFrom(line[i] + across);
                    TryFrom(line[i] - across);
                }
            }
            TryFrom(new Vector2(dice.Between(0, Canvas.Size), dice.Between(0, Canvas.Size)));
        }
        return lines;
    }
}
