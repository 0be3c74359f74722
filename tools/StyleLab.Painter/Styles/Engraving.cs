using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A chapel by a lake under mountains, engraved: black lines on cream paper that follow the forms and cross in
/// the shadows.</summary>
internal static class Engraving
{
    private const int Plate = 512;
    private static readonly Vector3 Sun = Vector3.Normalize(new Vector3(0.8f, 0.5f, -0.2f));

    /// <summary>What the engraver sees at each point of a 512×512 plate.</summary>
    private sealed class Study
    {
        /// <summary>0 black .. 1 white.</summary>
        public float[] Tone { get; } = new float[Plate * Plate];

        /// <summary>Direction of the lines as a doubled angle, so that opposite directions average well.</summary>
        public Vector2[] Doubled { get; set; } = new Vector2[Plate * Plate];

        public float[] Distance { get; } = new float[Plate * Plate];
    }

    public static Picture Paint()
    {
        var study = Draw();
        var dice = new Dice(1514);
        var ink = new float[Canvas.Size * Canvas.Size];
        Vector2 Along(Vector2 p)
        {
            var d = study.Doubled[At(p)];
            return Flow.Heading(MathF.Atan2(d.Y, d.X) / 2);
        }
        float Dark(Vector2 p) => 1 - study.Tone[At(p)];
        Vector2 Turned(Vector2 p, float angle) => Vector2.TransformNormal(Along(p), Matrix3x2.CreateRotation(angle));

        Hatch(ink, Along, 8.2f, p => 0.35f + 4.8f * Shade.Ramp(0.02f, 0.75f, Dark(p)), p => Dark(p) > 0.06f, dice);
        Hatch(ink, p => Turned(p, 0.95f), 8.6f, p => 4.2f * Shade.Ramp(0.36f, 0.9f, Dark(p)), p => Dark(p) > 0.42f,
            dice);
        Hatch(ink, p => Turned(p, -0.8f), 8.8f, p => 3.6f * Shade.Ramp(0.6f, 1f, Dark(p)), p => Dark(p) > 0.66f, dice);
        Outlines(study, ink);
        return new Canvas().Fill(p => Print(p, ink[Canvas.Index(p)])).Finish();
    }

    private static int At(Vector2 p) =>
        Math.Clamp((int)(p.Y / 2), 0, Plate - 1) * Plate + Math.Clamp((int)(p.X / 2), 0, Plate - 1);

    private static Vector3 Print(Vector2 p, float ink)
    {
        float fibers = 0.02f * Noise.Fractal(p.X * 0.02f, p.Y * 0.1f, 3, 3)
            + 0.02f * Noise.Fractal(p.X * 0.3f, p.Y * 0.3f, 2, 5);
        var paper = Shade.Mix(Shade.Hex(0xf1e6cc), Shade.Hex(0xe2d0a8),
            0.5f + 0.5f * Noise.Fractal(p.X * 0.004f, p.Y * 0.004f, 3, 7)) * (1 + fibers);
        float press = Math.Clamp(0.94f + 0.16f * Noise.At(p.X * 0.25f, p.Y * 0.25f, 9), 0, 1);
        return Shade.Mix(paper, Shade.Hex(0x1e1a1c), ink * press);
    }

    /// <summary>Engraves evenly spaced lines that swell where it is dark.</summary>
    private static void Hatch(float[] ink, Func<Vector2, Vector2> field, float spacing, Func<Vector2, float> width,
        Func<Vector2, bool> wanted, Dice dice)
    {
        foreach (var line in Flow.EvenLines(field, _ => spacing, 10, dice))
        {
            for (int i = 0; i < line.Count; i++)
            {
                if (!wanted(line[i]))
                    continue;
                // The burin enters and leaves the copper gently.
                float taper = Shade.Ramp(0, 5, MathF.Min(i, line.Count - 1 - i) + 1);
                Dab(ink, line[i], 0.5f * taper * width(line[i]));
                if (i > 0)
                    Dab(ink, (line[i] + line[i - 1]) / 2, 0.5f * taper * width(line[i]));
            }
        }
    }

    private static void Dab(float[] ink, Vector2 p, float radius)
    {
        int reach = (int)(radius + 1.5f);
        for (int y = Math.Max((int)p.Y - reach, 0); y <= Math.Min((int)p.Y + reach, Canvas.Size - 1); y++)
        {
            for (int x = Math.Max((int)p.X - reach, 0); x <= Math.Min((int)p.X + reach, Canvas.Size - 1); x++)
            {
                float cover = Math.Clamp(radius + 0.5f - Vector2.Distance(p, new Vector2(x + 0.5f, y + 0.5f)), 0f, 1f);
                ink[y * Canvas.Size + x] = MathF.Max(ink[y * Canvas.Size + x], cover);
            }
        }
    }

    /// <summary>A line wherever something stands clearly before something else.</summary>
    private static void Outlines(Study study, float[] ink)
    {
        for (int y = 1; y < Plate - 1; y++)
        {
            for (int x = 1; x < Plate - 1; x++)
            {
                float here = study.Distance[y * Plate + x];
                float behind = MathF.Max(MathF.Max(study.Distance[y * Plate + x - 1],
                    study.Distance[y * Plate + x + 1]),
                    MathF.Max(study.Distance[(y - 1) * Plate + x], study.Distance[(y + 1) * Plate + x]));
                if (behind > here * 1.12f + 1)
                    Dab(ink, new Vector2(2 * x + 1, 2 * y + 1), 1.1f);
            }
        }
    }

    private static Study Draw()
    {
        var scene = new Scene
        {
            KeyDirection = Sun,
            KeyLight = new Vector3(0.85f),
            Surroundings = _ => Vector3.One,
            Ambient = normal => new Vector3(0.09f + 0.04f * normal.Y),
            Occlusion = 2.5f,
            Horizon = 900,
        };
        scene.Solids.Add(new Shaped(p => p.Y - Height(p.X, p.Z),
            (_, _) => new Surface(Vector3.One)) { Caution = 0.5f });
        scene.Solids.Add(new VillageHouse(new Vector3(16, Height(16, 62) - 0.4f, 62), -0.5f, new Vector3(9, 7, 15), 6,
            0xf4f4f4, 0x9a9a9a, 21, towerHeight: 17));
        foreach (var (x, z, tall, poplar) in new[]
        {
            (-15f, 14f, 17f, false), (-22f, 30f, 14f, false), (-29f, 44f, 15f, true), (-25f, 50f, 16f, true),
                (30f, 50f, 11f, false),
            (3f, 70f, 8f, false), (37f, 62f, 13f, true), (21f, 34f, 6f, false), (26f, 78f, 10f, false),
                (-44f, 70f, 14f, false),
        })
            scene.Solids.Add(new Tree(new Vector3(x, Height(x, z), z), tall, poplar, (int)(z + 50)));

        var marcher = new RayMarcher(scene);
        var position = new Vector3(0, 9, -24);
        var camera = new Camera(position, new Vector3(0, 12, 40), 52);
        var study = new Study();
        Parallel.For(0, Plate, y =>
        {
            for (int x = 0; x < Plate; x++)
                Look(study, marcher, scene, camera, position, x, y);
        });
        Smooth(study);
        return study;
    }

    private static void Look(Study study, RayMarcher marcher, Scene scene, Camera camera, Vector3 position, int x,
        int y)
    {
        var direction = camera.Direction(x + 0.5f, y + 0.5f);
        int at = y * Plate + x;
        float toWater = direction.Y < 0 ? -position.Y / direction.Y : float.PositiveInfinity;
        var hit = marcher.Hit(position, direction);
        if (hit is (var solid, var distance) && distance < toWater)
        {
            var p = position + direction * distance;
            var normal = marcher.Normal(solid, p, 0.02f + 0.002f * distance);
            float haze = Shade.Ramp(60, 900, distance);
            // Leaves are drawn lighter than they are, so that their forms show.
            float light = Shade.Brightness(marcher.See(position, direction)) * (solid is Tree ? 4.2f : 1);
            study.Tone[at] = Shade.Mix(MathF.Sqrt(Math.Clamp(light, 0, 1)), 0.92f, 0.45f * haze);
            // Lines run down the slope.
            var downhill = normal * normal.Y - Vector3.UnitY;
            Remember(study, at, new Vector2(downhill.X, -downhill.Y + 0.35f * downhill.Z));
            study.Distance[at] = distance;
        }
        else if (toWater < scene.Horizon)
        {
            var p = position + direction * toWater;
            var mirrored = new Vector3(direction.X + 0.02f * Noise.At(p.X * 0.5f, p.Z * 0.7f, 13), -direction.Y,
                direction.Z);
            float above = marcher.Hit(p, Vector3.Normalize(mirrored)) is null ? 0.76f : 0.5f;
            study.Tone[at] = above + 0.2f * Noise.At(p.X * 0.15f, p.Z * 0.5f, 11);
            Remember(study, at, new Vector2(1, 0.05f * Noise.At(p.X * 0.2f, p.Z * 0.4f, 12)));
            study.Distance[at] = toWater;
        }
        else
        {
            study.Tone[at] = SkyTone(new Vector2(x, y));
            Remember(study, at, Flow.AlongContour(p => p.Y + 30 * Cloud(p), new Vector2(x, y)));
            study.Distance[at] = 2000;
        }
    }

    private static float Cloud(Vector2 p) => Noise.Fractal(p.X * 0.0085f, p.Y * 0.015f, 4, 15);

    private static float SkyTone(Vector2 p)
    {
        float cloud = Shade.Ramp(-0.05f, 0.25f, Cloud(p)),
            under = Shade.Ramp(0.3f, -0.2f, Cloud(p - new Vector2(-8, 12)) - Cloud(p));
        float open = Shade.Mix(0.42f, 0.8f, p.Y / 260);
        return Shade.Mix(open, 0.55f + 0.42f * under, cloud);
    }

    private static void Remember(Study study, int at, Vector2 along)
    {
        float angle = 2 * MathF.Atan2(along.Y, along.X);
        study.Doubled[at] = Flow.Heading(angle) * MathF.Min(along.Length(), 1);
    }

    /// <summary>Averages directions over neighbours, or lines on rough ground would jitter.</summary>
    private static void Smooth(Study study)
    {
        const int reach = 4;
        for (int pass = 0; pass < 2; pass++)
        {
            var (from, to) = (study.Doubled, new Vector2[Plate * Plate]);
            Parallel.For(0, Plate, y =>
            {
                for (int x = 0; x < Plate; x++)
                {
                    var sum = Vector2.Zero;
                    for (int v = Math.Max(y - reach, 0); v <= Math.Min(y + reach, Plate - 1); v++)
                        for (int u = Math.Max(x - reach, 0); u <= Math.Min(x + reach, Plate - 1); u++)
                            if (MathF.Abs(study.Distance[v * Plate + u] / study.Distance[y * Plate + x] - 1) < 0.25f)
                                sum += from[v * Plate + u];
                    to[y * Plate + x] = sum;
                }
            });
            study.Doubled = to;
        }
    }

    /// <summary>Lake shore, meadows and steep mountains behind.</summary>
    private static float Height(float x, float z)
    {
        float shore = MathF.Abs(x + 2 + 5 * MathF.Sin(z * 0.05f)) - 10 + 0.1f * z * Shade.Ramp(40, 75, z) * -1
            + 2 * Noise.At(x * 0.08f, z * 0.08f, 21);
        float land = -1.2f + 3.5f * Shade.Ramp(-3, 6, MathF.Max(shore, (z - 74) * 0.4f));
        float peaks = 1 - MathF.Abs(Noise.Fractal(x * 0.0055f + 1.3f, z * 0.0042f + 4.2f, 4, 23));
        return land + Shade.Ramp(85, 330, z) * (4 + 112 * peaks * peaks)
            + 0.25f * Noise.Fractal(x * 0.6f, z * 0.6f, 2, 25)
            + 0.9f * Noise.At(x * 0.13f, z * 0.13f, 27) * Shade.Ramp(0, 8, shore);
    }
}
