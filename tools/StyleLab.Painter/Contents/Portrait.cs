using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A woman in a blue dress with a white collar, half turned to the light, before a dark wall.</summary>
internal static class Portrait
{
    /// <summary>How much higher the dress and collar sit than they were drawn: the neck's length.</summary>
    private const float Raised = 0.17f;

    private static readonly Vector3 CollarMiddle = new(0, -1.22f + Raised, 0.2f);
    private static readonly Vector3 Key = Vector3.Normalize(new Vector3(-0.68f, 0.52f, -0.62f));

    public static Camera Camera { get; } =
        new(new Vector3(0, -0.2f, -8.2f), new Vector3(0.02f, -0.33f, 0), 24.5f) { Exposure = 1.0f };

    public static Picture Paint()
    {
        var marcher = new RayMarcher(Studio());
        return Camera.Photograph((origin, direction) => marcher.See(origin, direction));
    }

    /// <summary>The wall, the head, the hair, the dress and the collar, in this order.</summary>
    public static Scene Studio()
    {
        var scene = new Scene
        {
            KeyDirection = Key,
            KeyLight = new Vector3(2.15f, 1.86f, 1.5f),
            KeySize = 0.16f,
            Surroundings = Lamp,
            Ambient = normal => new Vector3(0.12f, 0.13f, 0.165f)
                + new Vector3(0.26f, 0.16f, 0.10f) * MathF.Max(0.75f * normal.X + 0.2f * normal.Z, 0),
            Occlusion = 0.22f,
            Horizon = 25,
        };
        scene.Solids.Add(new Shaped(p => 3.2f - p.Z, Backdrop));
        scene.Solids.Add(new Head(ToHead) { Center = new(0, -0.2f, 0), Reach = 1.7f });
        scene.Solids.Add(new Shaped(Hair, HairSurface) { Center = new(0, 0.25f, 0.2f), Reach = 1.45f, Caution = 0.7f });
        scene.Solids.Add(new Shaped(Dress, DressSurface) { Center = new(0, -2.3f, 0.2f), Reach = 2.4f,
            Caution = 0.7f });
        scene.Solids.Add(new Shaped(Collar, CollarSurface) { Center = CollarMiddle, Reach = 1.15f, Caution = 0.6f });
        return scene;
    }

    private static Vector3 Lamp(Vector3 direction) =>
        new Vector3(0.1f) + new Vector3(6, 6, 5.6f) * Shade.Ramp(0.93f, 0.95f, Vector3.Dot(direction, Key));

    /// <summary>The head turns towards the light and bows a little.</summary>
    private static Vector3 ToHead(Vector3 p) => Sdf.TurnX(Sdf.TurnZ(Sdf.TurnY(p, 0.42f), 0.05f), -0.03f);

    private static Surface Backdrop(Vector3 p, Vector3 normal)
    {
        float cloud = Noise.Fractal(p.X * 0.7f, p.Y * 0.7f, 5, 331);
        var color = Shade.Mix(Shade.Linear(0x3c4a44), Shade.Linear(0x6e6a52), Math.Clamp(0.45f + 0.5f * cloud, 0, 1));
        return new Surface(color * Shade.Mix(1.0f, 0.3f, Shade.Ramp(2.4f, -2.4f, p.X + 0.3f * p.Y)));
    }

    private static float Hair(Vector3 p)
    {
        var q = ToHead(p);
        float cap = Sdf.Ellipsoid(q, new(0, 0.34f, 0.12f), new(0.75f, 0.76f, 0.88f));
        float bun = Sdf.Ellipsoid(q, new(0, 0.25f, 1.0f), new(0.36f, 0.38f, 0.3f));
        float sides = Sdf.Ellipsoid(q with { X = MathF.Abs(q.X) }, new(0.5f, -0.12f, 0.15f), new(0.2f, 0.55f, 0.42f));
        float d = Sdf.Join(Sdf.Join(cap, sides, 0.2f), bun, 0.15f);
        // The face stays free, with a parting in the middle of the forehead.
        float face = Sdf.Ellipsoid(q with { Y = q.Y + 0.12f * MathF.Abs(q.X) }, new(0, -0.2f, -0.72f),
            new(0.61f, 0.85f, 0.62f));
        d = Sdf.Carve(d, face, 0.06f);
        if (d > 0.15f)
            return d - 0.04f;
        float part = 0.05f * MathF.Exp(-q.X * q.X * 500) * Shade.Ramp(0.5f, 0.8f, q.Y);
        return d + part + 0.013f * MathF.Sin(Strand(q) * 7) + 0.012f * Noise.At(Strand(q) * 3.1f, q.Y, 341);
    }

    /// <summary>Grows from strand to strand: combed from the parting back and down to the bun.</summary>
    private static float Strand(Vector3 q)
    {
        float around = MathF.Atan2(q.Y - 0.25f, q.Z - 1.0f);
        return around * 9 + 1.2f * Noise.At(q * 2.2f, 343) + MathF.Abs(q.X) * 2.5f;
    }

    private static Surface HairSurface(Vector3 p, Vector3 normal)
    {
        var q = ToHead(p);
        float streak = Noise.At(Strand(q) * 4, q.Y * 1.5f, 345) + 0.5f * Noise.At(Strand(q) * 11, q.Y * 2, 347);
        var color = Shade.Mix(Shade.Linear(0x3a2013), Shade.Linear(0x8a5428), Math.Clamp(0.42f + 0.45f * streak, 0, 1));
        return new Surface(color, 0.16f, 14, default, 0.1f);
    }

    private static float Dress(Vector3 p)
    {
        p.Y -= Raised;
        var m = p with { X = MathF.Abs(p.X) };
        float shoulders = Sdf.Rod(m, new(0, -1.75f, 0.28f), new(1.12f, -2.02f, 0.32f), 0.42f, 0.36f);
        float chest = Sdf.Ellipsoid(p, new(0, -2.75f, 0.12f), new(1.15f, 1.25f, 0.72f));
        float arms = Sdf.Rod(m, new(1.2f, -2.1f, 0.3f), new(1.5f, -3.6f, 0.1f), 0.36f, 0.5f);
        float d = Sdf.Join(Sdf.Join(shoulders, chest, 0.35f), arms, 0.25f);
        if (d > 0.2f)
            return d - 0.08f;
        float folds = 0.045f * MathF.Sin(p.X * 9 + 3 * Noise.At(p * 1.3f, 351) + p.Y * 2)
            * Shade.Ramp(0.25f, 1.1f, MathF.Abs(p.X))
            + 0.04f * Noise.At(p * 2.6f, 353);
        return d + folds;
    }

    private static Surface DressSurface(Vector3 p, Vector3 normal)
    {
        p.Y -= Raised;
        float sheen = MathF.Pow(1 - MathF.Abs(normal.Z), 2);
        var color = Shade.Mix(Shade.Linear(0x1f3f74), Shade.Linear(0x4f7fb4), 0.5f * sheen)
            * (0.9f + 0.12f * Noise.Fractal(p * 12, 2, 355));
        float button = new Vector2(p.X, MathF.IEEERemainder(p.Y + 2.2f, 0.34f)).Length();
        if (button < 0.05f && p.Z < 0 && p.Y < -1.75f)
            color = Shade.Linear(0xcaa24a);
        return new Surface(color, 0.14f, 18, default, 0.1f);
    }

    /// <summary>A wide collar that lies on the shoulders, scalloped at its hem and open in front.</summary>
    private static float Collar(Vector3 p)
    {
        var q = p - CollarMiddle;
        float around = MathF.Sqrt(q.X * q.X + q.Z * q.Z), angle = MathF.Atan2(q.X, -q.Z);
        float hem = 0.83f + 0.035f * MathF.Abs(MathF.Sin(angle * 9)) + 0.2f * MathF.Exp(-angle * angle * 3);
        float drop = -0.66f * (around - 0.36f) - 0.25f * MathF.Max(around - 0.5f, 0) - 0.22f * MathF.Max(-q.Z, 0);
        float ruffle = 0.03f * MathF.Sin(angle * 16 + 1.5f * Noise.At(angle * 2, 0.5f, 361))
            * Shade.Ramp(0.35f, 0.85f, around);
        float sheet = MathF.Abs(q.Y - drop + ruffle) - 0.02f;
        float open = 0.025f + 0.16f * MathF.Max(around - 0.36f, 0) - MathF.Abs(q.X);
        float gap = q.Z < 0 ? open : -1;
        return MathF.Max(MathF.Max(sheet * 0.75f, around - hem), MathF.Max(0.35f - around, gap));
    }

    private static Surface CollarSurface(Vector3 p, Vector3 normal)
    {
        var q = p - CollarMiddle;
        float around = MathF.Sqrt(q.X * q.X + q.Z * q.Z), angle = MathF.Atan2(q.X, -q.Z);
        float holes = Shade.Ramp(0.02f, 0.028f, new Vector2(MathF.IEEERemainder(angle, MathF.PI / 18) * around,
            around - 0.76f).Length());
        return new Surface(Shade.Linear(0xeee8da) * (0.45f + 0.55f * holes), 0.03f, 10, default, 0.25f);
    }
}
