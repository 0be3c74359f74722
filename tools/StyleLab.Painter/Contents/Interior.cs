using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A room with a leaded window on the left, a table with a carpet, a chair, a map on the wall, and sun on the tiles.</summary>
internal static class Interior
{
    private const float Left = -2.3f, Back = 3.6f, Ceiling = 3.1f;
    private static readonly Vector3 Sun = Vector3.Normalize(new Vector3(-0.78f, 0.30f, -0.55f));
    private static readonly Vector3 WindowMiddle = new(Left, 1.85f, 1.85f), WindowHalf = new(0.6f, 0.85f, 0.95f);
    private static readonly Vector3 Table = new(-0.75f, 0, 1.85f), TableHalf = new(0.85f, 0.38f, 0.6f);

    public static Picture Paint()
    {
        var scene = new Scene
        {
            KeyDirection = Sun,
            KeyLight = new Vector3(5.4f, 4.2f, 2.7f),
            KeySize = 0.022f,
            Surroundings = direction => new Vector3(1.5f, 1.75f, 2.0f) * (0.8f + 0.4f * direction.Y),
            // The window is the light: what faces it gets more of it.
            Ambient = normal => new Vector3(0.27f, 0.27f, 0.29f) + new Vector3(0.26f, 0.27f, 0.29f) * MathF.Max(-normal.X, 0)
                + new Vector3(0.10f, 0.07f, 0.04f) * MathF.Max(-normal.Y, 0),
            Occlusion = 0.4f,
            Horizon = 30,
        };
        scene.Solids.Add(new Shaped(p => MathF.Max(p.Y, Outside(p)), FloorSurface));
        scene.Solids.Add(new Shaped(p => Back - p.Z, WallSurface));
        scene.Solids.Add(new Shaped(p => 2.45f - p.X, WallSurface));
        scene.Solids.Add(new Shaped(CeilingDistance, (p, _) =>
            new Surface(Shade.Linear(0x6a4a2c) * (0.75f + 0.3f * Noise.Fractal(p.X * 1.2f, p.Z * 12, 3, 405)))));
        scene.Solids.Add(new Shaped(LeftWall, WallSurface));
        scene.Solids.Add(new Shaped(WindowBars, (_, _) => new Surface(Shade.Linear(0x4a3826), 0.05f))
        { Center = WindowMiddle, Reach = 1.4f });
        AddTable(scene);
        AddChair(scene, new Vector3(0.95f, 0, 1.75f));
        AddMap(scene);
        scene.Solids.Add(new Shaped(Curtain, CurtainSurface) { Center = new(1.75f, 1.5f, -0.55f), Reach = 2.1f, Caution = 0.55f });
        var marcher = new RayMarcher(scene);
        var camera = new Camera(new Vector3(0.35f, 1.5f, -3.9f), new Vector3(-0.12f, 1.3f, 3), 45) { Exposure = 1.45f };
        return camera.Photograph((origin, direction) => marcher.See(origin, direction));
    }

    private static Surface FloorSurface(Vector3 p, Vector3 normal)
    {
        // Squares of marble, laid on edge.
        var (u, v) = ((p.X + p.Z) * 1.35f, (p.X - p.Z) * 1.35f);
        int column = (int)MathF.Floor(u), row = (int)MathF.Floor(v);
        bool dark = ((column + row) & 1) == 0;
        float veins = Noise.Fractal(p.X * 3 + column * 7.3f, p.Z * 3 + row * 3.1f, 4, 411);
        float gap = MathF.Min(MathF.Min(u - column, column + 1 - u), MathF.Min(v - row, row + 1 - v));
        var stone = dark ? Shade.Mix(Shade.Linear(0x2c333c), Shade.Linear(0x59636c), Shade.Ramp(0.1f, 0.5f, MathF.Abs(veins)))
            : Shade.Mix(Shade.Linear(0xdcd3c0), Shade.Linear(0xb8a88e), Shade.Ramp(0.0f, 0.6f, MathF.Abs(veins)));
        return new Surface(stone * (0.4f + 0.6f * Shade.Ramp(0.008f, 0.025f, gap)), 0.35f, 60);
    }

    private static Surface WallSurface(Vector3 p, Vector3 normal)
    {
        float stains = Noise.Fractal(p.X * 1.1f + p.Z, p.Y * 1.1f, 5, 415);
        var plaster = Shade.Mix(Shade.Linear(0xd9cfb4), Shade.Linear(0xb5a888), 0.5f + 0.6f * stains);
        // Darker away from the window, and in the corner.
        plaster *= Shade.Mix(1.1f, 0.55f, Shade.Ramp(-2.2f, 2.4f, p.X)) * Shade.Mix(0.75f, 1, Shade.Ramp(0, 0.35f, p.X - Left));
        if (p.Y > 0.24f)
            return new Surface(plaster);
        // A row of blue tiles along the floor.
        float along = (MathF.Abs(normal.Z) > 0.5f ? p.X : p.Z) / 0.24f;
        int tile = (int)MathF.Floor(along);
        var q = new Vector2(along - tile - 0.5f, p.Y / 0.24f - 0.5f);
        float figure = Noise.At(q.X * 5 + tile * 9.1f, q.Y * 5, 417) - 1.5f * q.Length() + 0.28f;
        float corner = (Vector2.Abs(q) - new Vector2(0.5f)).Length() - 0.13f;
        float line = MathF.Max(MathF.Abs(q.X), MathF.Abs(q.Y)) - 0.485f;
        bool blue = figure > 0 || corner < 0 || line > 0;
        return new Surface(Shade.Linear(blue ? 0x35588c : 0xdfe0d6) * 0.8f, 0.3f, 80);
    }

    private static float CeilingDistance(Vector3 p)
    {
        var beam = p with { Y = p.Y - Ceiling, Z = MathF.IEEERemainder(p.Z - 0.5f, 1.05f) };
        return MathF.Max(MathF.Min(Ceiling - p.Y, Sdf.Box(beam, new Vector3(10, 0.16f, 0.11f)) - 0.01f), Outside(p));
    }

    /// <summary>How far outside the left wall: there, neither floor nor ceiling is in the way of the sun.</summary>
    private static float Outside(Vector3 p) => Left - 0.4f - p.X;

    private static float LeftWall(Vector3 p)
    {
        float slab = MathF.Abs(p.X - Left + 0.2f) - 0.2f;
        return MathF.Max(slab, -Sdf.Box(p - WindowMiddle, WindowHalf));
    }

    /// <summary>A wooden frame with a cross, and lead between the small panes.</summary>
    private static float WindowBars(Vector3 p)
    {
        var q = p - WindowMiddle + new Vector3(0.16f, 0, 0);
        float cross = MathF.Min(Sdf.Box(q - new Vector3(0, 0.2f, 0), new Vector3(0.05f, 0.04f, 0.95f)),
            Sdf.Box(q, new Vector3(0.05f, 0.85f, 0.045f)));
        float frame = MathF.Max(Sdf.Box(q, new Vector3(0.06f, 0.87f, 0.97f)), -Sdf.Box(q, new Vector3(1, 0.79f, 0.89f)));
        var pane = q with { Y = MathF.IEEERemainder(q.Y - 0.2f, 0.21f), Z = MathF.IEEERemainder(q.Z, 0.225f) };
        float leads = MathF.Min(new Vector2(pane.X, pane.Y).Length(), new Vector2(pane.X, pane.Z).Length()) - 0.011f;
        leads = MathF.Max(leads, Sdf.Box(q, new Vector3(0.05f, 0.85f, 0.95f)));
        return MathF.Min(MathF.Min(cross, frame), leads);
    }

    private static void AddTable(Scene scene)
    {
        float Carpet(Vector3 p)
        {
            var q = p - Table - new Vector3(0, TableHalf.Y, 0);
            float around = MathF.Atan2(q.Z, q.X);
            // It hangs down in folds that widen towards the floor.
            float fold = 0.035f * MathF.Sin(around * 15 + 2 * Noise.At(around * 2, 0.5f, 421)) * Shade.Ramp(0.3f, -0.35f, q.Y);
            return Sdf.Box(q, TableHalf - new Vector3(0.06f)) - 0.06f - fold;
        }
        scene.Solids.Add(new Shaped(Carpet, CarpetSurface) { Center = Table + new Vector3(0, 0.4f, 0), Reach = 1.25f, Caution = 0.6f });
        float top = 2 * TableHalf.Y;
        AddTurned(scene, Table + new Vector3(-0.38f, top, 0.1f), 0.62f, y => 0.075f + 0.095f * MathF.Exp(-MathF.Pow((y - 0.22f) / 0.15f, 2))
            + 0.03f * Shade.Ramp(0.5f, 0.62f, y), (p, _) =>
        {
            float bloom = Noise.Fractal(p * 9, 2, 423);
            return new Surface(Shade.Mix(Shade.Linear(0xe9e7df), Shade.Linear(0x2b4f96), Shade.Ramp(0.02f, 0.12f, bloom)), 0.5f, 120);
        });
        AddFlowers(scene, Table + new Vector3(-0.38f, top + 0.78f, 0.1f));
        AddTurned(scene, Table + new Vector3(0.22f, top, -0.18f), 0.12f, y => 0.16f + 0.14f * Shade.Ramp(0, 0.12f, y), (_, _) =>
            new Surface(Shade.Linear(0xb9bcc0), 0.7f, 90));
        foreach (var (x, y, z, rgb) in new[] { (0.16f, 0.14f, -0.2f, 0xd8812a), (0.3f, 0.14f, -0.15f, 0xc23524), (0.23f, 0.15f, -0.29f, 0xd6b53a), (0.22f, 0.24f, -0.19f, 0xcf5a2a) })
        {
            var middle = Table + new Vector3(x, top + y, z);
            scene.Solids.Add(new Shaped(p => Sdf.Sphere(p, middle, 0.088f),
                (p, _) => new Surface(Shade.Linear(rgb) * (0.9f + 0.2f * Noise.Fractal(p * 14, 2, 425)), 0.25f, 40, default, 0.15f))
            { Center = middle, Reach = 0.09f });
        }
        AddTurned(scene, Table + new Vector3(0.58f, top, 0.15f), 0.3f, y => 0.05f + 0.03f * Shade.Ramp(0.1f, 0, y)
            + 0.045f * Shade.Ramp(0.08f, 0.26f, y), (_, _) => new Surface(Shade.Linear(0x8a7a3c), 0.8f, 110));
    }

    /// <summary>A carpet of the East: red with a blue border, medallions and many small hooks.</summary>
    private static Surface CarpetSurface(Vector3 p, Vector3 normal)
    {
        var q = p - Table;
        var cloth = normal.Y > 0.6f ? new Vector2(q.X, q.Z + 1.3f)
            : new Vector2(MathF.Abs(normal.X) > MathF.Abs(normal.Z) ? q.Z + 2.2f : q.X, q.Y);
        var cell = cloth / 0.19f;
        var r = new Vector2(MathF.IEEERemainder(cell.X, 2), MathF.IEEERemainder(cell.Y, 2));
        float diamond = MathF.Abs(r.X) + MathF.Abs(r.Y);
        float border = normal.Y > 0.6f ? 1 : Shade.Ramp(0.23f, 0.2f, cloth.Y);
        float hooks = MathF.Sin(cell.X * 9.4f) * MathF.Sin(cell.Y * 9.4f);
        int rgb = border > 0.5f && normal.Y <= 0.6f ? (hooks > 0.15f ? 0xd8b868 : 0x24356a)
            : diamond < 0.32f ? 0xe2c98c : diamond < 0.62f ? 0x27406e : diamond < 0.74f ? 0xe6dcc0
            : hooks > 0.45f ? 0x2f5a52 : hooks < -0.55f ? 0xd09a48 : 0x9e2c26;
        return new Surface(Shade.Linear(rgb) * (0.82f + 0.3f * Noise.At(cloth.X * 60, cloth.Y * 60, 427)), 0, 10, default, 0.2f);
    }

    /// <summary>A body turned on a lathe: its radius by height.</summary>
    private static void AddTurned(Scene scene, Vector3 foot, float height, Func<float, float> radius, Func<Vector3, Vector3, Surface> surface) =>
        scene.Solids.Add(new Shaped(p =>
        {
            var q = p - foot;
            float side = MathF.Sqrt(q.X * q.X + q.Z * q.Z) - radius(Math.Clamp(q.Y, 0, height));
            return MathF.Max(side, MathF.Max(-q.Y, q.Y - height));
        }, surface)
        { Center = foot + new Vector3(0, height / 2, 0), Reach = height / 2 + 0.32f, Caution = 0.7f });

    private static void AddFlowers(Scene scene, Vector3 middle)
    {
        var dice = new Dice(41);
        int[] colors = [0xd84a5a, 0xf0b8b0, 0xf4ead0, 0xe8963c, 0x8a4a9c, 0xf0d050];
        for (int i = 0; i < 30; i++)
        {
            var away = Vector3.Normalize(new Vector3(dice.Normal(), dice.Normal() + 0.25f, dice.Normal()));
            var place = middle + away * new Vector3(0.27f, 0.24f, 0.25f) * dice.Between(0.75f, 1.05f);
            float size = dice.Between(0.055f, 0.1f);
            bool leaf = i % 3 == 0;
            var color = Shade.Linear(leaf ? 0x3c6630 : dice.Pick(colors));
            int seed = 431 + i;
            scene.Solids.Add(new Shaped(
                p => Sdf.Sphere(p, place, size) + size * 0.3f * Noise.At((p - place) / size * 1.9f, seed),
                (p, normal) => new Surface(color * (0.6f + 0.5f * Shade.Ramp(0.6f, 1.05f, (p - place).Length() / size)
                    + 0.2f * Noise.At(p * 30, seed)), 0.03f, 10, default, 0.3f))
            { Center = place, Reach = size * 1.3f, Caution = 0.6f });
        }
    }

    private static void AddChair(Scene scene, Vector3 foot)
    {
        float Wood(Vector3 p)
        {
            var q = Sdf.TurnY(p - foot, -0.55f);
            var m = q with { X = MathF.Abs(q.X) };
            float d = MathF.Min(Sdf.Box(m - new Vector3(0.27f, 0.62f, 0.26f), new Vector3(0.028f, 0.62f, 0.028f)),
                Sdf.Box(m - new Vector3(0.27f, 0.26f, -0.26f), new Vector3(0.028f, 0.26f, 0.028f)));
            d = MathF.Min(d, Sdf.Box(m - new Vector3(0.27f, 0.16f, 0), new Vector3(0.018f, 0.02f, 0.26f)));
            d = MathF.Min(d, Sdf.Box(q - new Vector3(0, 0.2f, -0.26f), new Vector3(0.27f, 0.02f, 0.018f)));
            return MathF.Min(d, Sdf.Sphere(m, new Vector3(0.27f, 1.28f, 0.26f), 0.05f)) - 0.006f;
        }
        float Leather(Vector3 p)
        {
            var q = Sdf.TurnY(p - foot, -0.55f);
            return MathF.Min(Sdf.Box(q - new Vector3(0, 0.52f, 0), new Vector3(0.27f, 0.02f, 0.27f)),
                Sdf.Box(q - new Vector3(0, 0.98f, 0.26f), new Vector3(0.25f, 0.2f, 0.012f))) - 0.025f;
        }
        Vector3 center = foot + new Vector3(0, 0.65f, 0);
        scene.Solids.Add(new Shaped(Wood, (p, _) => new Surface(Shade.Linear(0x4a2c18) * (0.8f + 0.4f * Noise.At(p * 14, 441)), 0.25f, 50))
        { Center = center, Reach = 0.85f });
        scene.Solids.Add(new Shaped(Leather, (p, _) =>
        {
            var q = Sdf.TurnY(p - foot, -0.55f);
            bool nail = new Vector2(MathF.IEEERemainder(q.X, 0.06f), q.Y > 0.7f ? MathF.Abs(q.Y - 0.98f) - 0.2f : q.Y - 0.52f).Length() < 0.014f;
            return new Surface(Shade.Linear(nail ? 0xd8b45a : 0x7a2a1e) * (0.85f + 0.3f * Noise.Fractal(p * 8, 3, 443)), 0.22f, 30);
        })
        { Center = center, Reach = 0.85f });
    }

    /// <summary>A map of land and sea on the back wall, between two black rods.</summary>
    private static void AddMap(Scene scene)
    {
        var middle = new Vector3(0.75f, 1.92f, Back - 0.03f);
        var half = new Vector3(0.95f, 0.62f, 0.012f);
        scene.Solids.Add(new Shaped(p => Sdf.Box(p - middle, half), (p, _) =>
        {
            var q = p - middle;
            float land = Noise.Fractal(q.X * 2.1f + 3.7f, q.Y * 2.1f, 5, 451) + 0.15f;
            float coast = Shade.Ramp(0.03f, 0, MathF.Abs(land));
            bool border = MathF.Abs(q.X) > 0.86f || MathF.Abs(q.Y) > 0.54f;
            var paper = land > 0 ? Shade.Mix(Shade.Linear(0xd8c088), Shade.Linear(0x9c9a58), Shade.Ramp(0, 0.5f, land)) : Shade.Linear(0x9fb3a6);
            if (border)
                paper = Shade.Linear(MathF.Sin(q.X * 60) * MathF.Sin(q.Y * 60) > 0 ? 0xa8583a : 0xe0cfa0);
            float rivers = Shade.Ramp(0.025f, 0, MathF.Abs(Noise.Fractal(q.X * 4, q.Y * 4, 3, 457))) * (land > 0 ? 1 : 0);
            return new Surface(Shade.Mix(paper, Shade.Linear(0x4a3a22), MathF.Max(coast, 0.6f * rivers)) * 0.72f);
        })
        { Center = middle, Reach = 1.2f });
        foreach (float y in new[] { -0.64f, 0.64f })
            scene.Solids.Add(new Shaped(p => Sdf.Rod(p, middle + new Vector3(-1.02f, y, 0), middle + new Vector3(1.02f, y, 0), 0.028f, 0.028f),
                (_, _) => new Surface(Shade.Linear(0x1c1612), 0.3f, 60)) { Center = middle + new Vector3(0, y, 0), Reach = 1.1f });
    }

    /// <summary>A heavy curtain drawn aside in the right foreground.</summary>
    private static float Curtain(Vector3 p)
    {
        float gather = Shade.Mix(0.55f, 1, MathF.Abs(p.Y - 1.0f) / 1.6f);
        float edge = 1.22f + 0.25f * (1 - gather) + 0.1f * MathF.Sin(p.Y * 2);
        float folds = 0.085f * MathF.Sin((p.X - edge) * 20 / gather + 0.8f * MathF.Sin(p.Y * 1.7f)) + 0.02f * Noise.At(p * 3, 461);
        return MathF.Max(MathF.Abs(p.Z + 0.55f - folds) - 0.02f, edge - p.X);
    }

    private static Surface CurtainSurface(Vector3 p, Vector3 normal)
    {
        float leaf = Noise.Fractal(p.X * 5, p.Y * 3.2f, 2, 463) + 0.3f * MathF.Sin(p.Y * 9) * MathF.Sin(p.X * 14);
        var color = Shade.Mix(Shade.Linear(0x1f4a44), Shade.Linear(0xb89a4a), Shade.Ramp(0.18f, 0.34f, leaf));
        return new Surface(color * (0.85f + 0.2f * Noise.At(p.X * 50, p.Y * 50, 465)), 0.06f, 12, default, 0.15f);
    }
}
