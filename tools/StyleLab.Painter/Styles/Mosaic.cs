using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A floor of small stones: a sun in a braided ring, sea round it, fans in the corners; some stones are
/// gold.</summary>
internal static class Mosaic
{
    private const float StoneSize = 15;
    private static readonly Vector2 Middle = new(512, 512);

    private readonly record struct Stone(Vector2 Center, Vector2 Along, Vector3 Color, float Shine);

    public static Picture Paint()
    {
        var dice = new Dice(547);
        var stones = Lay(dice);
        var canvas = new Canvas();
        var grout = Shade.Hex(0x4a4038);
        var buckets = stones.GroupBy(s => Bucket(s.Center)).ToDictionary(g => g.Key, g => g.ToArray());
        canvas.Fill(p =>
        {
            var (stone, inside) = StoneAt(p, buckets);
            canvas.Thickness[Canvas.Index(p)] = 3.4f * Shade.Ramp(0, 3.5f, inside)
                + stone.Shine * Vector2.Dot(p - stone.Center, stone.Along) * 0.12f;
            float flaw = 1 + 0.10f * Noise.Fractal(p.X * 0.11f, p.Y * 0.11f, 3,
                (int)(stone.Center.X * 7 + stone.Center.Y * 131));
            var mortar = grout * (1 + 0.25f * Noise.Fractal(p.X * 0.2f, p.Y * 0.2f, 2, 5));
            return Shade.Mix(mortar, stone.Color * flaw, Shade.Ramp(-0.4f, 0.9f, inside));
        });
        return canvas.LightRelief(0.45f, 0.35f).Finish();
    }

    private static int Bucket(Vector2 p) => (int)(p.Y / 32 + 2) * 64 + (int)(p.X / 32 + 2);

    /// <summary>Rows of stones along evenly spaced lines, each stone with its own colour and tilt.</summary>
    private static List<Stone> Lay(Dice dice)
    {
        var stones = new List<Stone>();
        foreach (var line in Flow.EvenLines(Field, _ => StoneSize, 24, dice))
        {
            const int pitch = (int)(StoneSize / 2) + 1;
            for (int i = dice.Below(4); i < line.Count; i += pitch)
            {
                var along = Vector2.Normalize(line[Math.Min(i + 1, line.Count - 1)] - line[Math.Max(i - 1, 0)]);
                bool gold = IsGold(line[i]);
                float tilt = dice.Normal();
                var color = Target(line[i]) * (1 + (gold ? 0.20f : 0.11f) * tilt)
                    + new Vector3(dice.Normal(), dice.Normal(), dice.Normal()) * 0.022f;
                stones.Add(new Stone(line[i], along, color, (gold ? 1 : 0.4f) * dice.Normal()));
            }
        }
        return stones;
    }

    /// <summary>The stone at a position, and how far inside it: stones are squares cut back where they meet.</summary>
    private static (Stone Stone, float Inside) StoneAt(Vector2 p, Dictionary<int, Stone[]> buckets)
    {
        float nearest = float.MaxValue, second = float.MaxValue;
        Stone found = default;
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                if (!buckets.TryGetValue(Bucket(p + new Vector2(dx, dy) * 32), out var here))
                    continue;
                foreach (var stone in here)
                {
                    var d = p - stone.Center;
                    float u = MathF.Abs(Vector2.Dot(d, stone.Along)),
                        v = MathF.Abs(stone.Along.X * d.Y - stone.Along.Y * d.X);
                    // Mostly square, a little round, so that corners are worn.
                    float distance = 0.8f * MathF.Max(u, v) + 0.2f * d.Length();
                    if (distance < nearest)
                        (second, nearest, found) = (nearest, distance, stone);
                    else if (distance < second)
                        second = distance;
                }
            }
        }
        return (found, MathF.Min((second - nearest) * 0.5f - 1.1f, StoneSize * 0.62f - nearest));
    }

    private static float ToCorner(Vector2 p)
    {
        var q = Vector2.Min(p, new Vector2(Canvas.Size) - p);
        return (q + new Vector2(18)).Length();
    }

    private static Vector2 Field(Vector2 p)
    {
        float r = Vector2.Distance(p, Middle);
        if (ToCorner(p) < 258)
            return Flow.AlongContour(ToCorner, p);
        if (r is > 289 and < 393)
        {
            // The stones of the braid follow its strands.
            float side = ShownStrand(r - 341, MathF.Atan2(p.Y - 512, p.X - 512));
            float Offset(Vector2 q) => Vector2.Distance(q, Middle) - 341
                - side * Weave(MathF.Atan2(q.Y - 512, q.X - 512));
            return Flow.AlongContour(Offset, p);
        }
        if (r < 415)
            return Flow.AlongContour(q => Vector2.Distance(q, Middle), p);
        return Flow.AlongContour(Swell, p);
    }

    private static float Swell(Vector2 p) =>
        Vector2.Distance(p, Middle) + 26 * MathF.Sin(MathF.Atan2(p.Y - 512, p.X - 512) * 18);

    private static bool IsGold(Vector2 p)
    {
        var c = Target(p);
        return c.X > 0.75f && c.Y is > 0.5f and < 0.82f && c.Z < 0.4f;
    }

    private static Vector3 Target(Vector2 p)
    {
        Vector3 gold = Shade.Hex(0xe3ae3e), cream = Shade.Hex(0xefe3c4), rust = Shade.Hex(0xb5482a),
            red = Shade.Hex(0x8c2a22),
            navy = Shade.Hex(0x1f2f5c), blue = Shade.Hex(0x3468a0), teal = Shade.Hex(0x3f8f8c),
                leaf = Shade.Hex(0x5c7a3a), black = Shade.Hex(0x2a2426);
        float corner = ToCorner(p), r = Vector2.Distance(p, Middle), angle = MathF.Atan2(p.Y - 512, p.X - 512);
        if (corner < 258)
        {
            var q = Vector2.Min(p, new Vector2(Canvas.Size) - p);
            float blade = MathF.Abs(MathF.IEEERemainder(MathF.Atan2(q.Y + 18, q.X + 18) * 5.73f, 1)) * 2;
            if (corner > 232)
                return black;
            if (corner > 205)
                return gold;
            Vector3[] fan = [rust, cream, teal, gold, red, cream];
            return blade < 0.16f && corner > 60 ? black : fan[(int)((corner + 22 * blade) / 40) % fan.Length];
        }
        if (r < 96)
            return r < 30 ? red : ((int)(r / 17) % 2 == 0 ? gold : Shade.Hex(0xd9822e));
        if (r < 116)
            return red;
        if (r < 285)
        {
            // Straight rays between flickering ones.
            float sway = angle + 0.07f * MathF.Sin((r - 116) * 0.045f);
            float straight = MathF.Abs(MathF.IEEERemainder(angle * 9 / MathF.Tau, 1)) * 2;
            float flicker = MathF.Abs(MathF.IEEERemainder(sway * 9 / MathF.Tau + 0.5f, 1)) * 2;
            float reach = (r - 116) / 165;
            if (straight < 0.62f * (1 - reach))
                return straight < 0.24f * (1 - reach) ? Shade.Hex(0xf2cf6a) : gold;
            if (flicker < 0.55f * (1 - reach * 1.15f))
                return rust;
            return r > 262 ? blue : navy;
        }
        if (r < 397)
            return Braid(r - 341, angle, rust, gold, teal, cream, black);
        if (r < 412)
            return black;
        int wave = (int)MathF.Floor(Swell(p) / 17.5f);
        Vector3[] sea = [teal, blue, Shade.Hex(0x86b8b0), navy, cream, blue, leaf];
        return sea[((wave * 3) % sea.Length + sea.Length) % sea.Length];
    }

    /// <summary>How far out a strand of the braid lies; the other lies as far in.</summary>
    private static float Weave(float angle) => 27 * MathF.Sin(9 * angle);

    /// <summary>+1 or −1: the strand seen at a distance from the ring's middle, the upper one where they
    /// cross.</summary>
    private static float ShownStrand(float v, float angle)
    {
        float upper = MathF.Cos(9 * angle) > 0 ? 1 : -1;
        return MathF.Abs(v - upper * Weave(angle)) < 21 ? upper : -upper;
    }

    /// <summary>Two strands that cross eighteen times round the ring.</summary>
    private static Vector3 Braid(float v, float angle, Vector3 rust, Vector3 gold, Vector3 teal, Vector3 cream,
        Vector3 black)
    {
        float side = ShownStrand(v, angle), from = MathF.Abs(v - side * Weave(angle));
        if (MathF.Abs(v) > 52)
            return cream;
        if (from > 21)
            return black;
        return from < 7 ? (side > 0 ? cream : gold) : side > 0 ? rust : teal;
    }
}
