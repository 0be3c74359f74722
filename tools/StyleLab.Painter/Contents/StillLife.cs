using System.Numerics;

namespace StyleLab.Painter;

/// <summary>Fruit in a bowl, a bottle and a cloth on a table, in the light of a window on the left.</summary>
internal static class StillLife
{
    private static readonly Vector3 Window = Vector3.Normalize(new Vector3(-0.72f, 0.62f, -0.42f));

    public static Picture Paint()
    {
        var scene = new Scene
        {
            KeyDirection = Window,
            KeyLight = new Vector3(2.6f, 2.35f, 2.0f),
            KeySize = 0.22f,
            Surroundings = Room,
            Ambient = normal => new Vector3(0.16f, 0.18f, 0.23f) * (0.75f + 0.25f * normal.Y)
                + new Vector3(0.16f, 0.10f, 0.05f) * MathF.Max(-normal.Y * 0.6f + 0.2f, 0)
                + new Vector3(0.16f, 0.12f, 0.08f) * MathF.Max(normal.X, 0),
            Occlusion = 0.45f,
            Horizon = 30,
        };
        scene.Solids.Add(new Shaped(p => 2.1f - p.Z, WallSurface));
        scene.Solids.Add(new Shaped(p => p.Y, TableSurface));
        scene.Solids.Add(new Shaped(ClothDistance, ClothSurface) { Center = new(0.3f, 0.1f, -0.6f), Reach = 2.1f,
            Caution = 0.6f });
        AddBottle(scene, new Vector3(1.02f, 0, 0.55f));
        AddJug(scene, new Vector3(-1.12f, 0, 0.65f));
        AddBowl(scene, new Vector3(-0.08f, 0.02f, 0.05f));
        AddApple(scene, new(-0.42f, 0.70f, -0.12f), 0.34f, 0xb3201c, 0xd98f2b, 11);
        AddApple(scene, new(0.22f, 0.72f, -0.22f), 0.33f, 0xc7402a, 0xe3b03c, 23);
        AddOrange(scene, new(0.40f, 0.82f, 0.34f), 0.35f);
        AddPear(scene, new(-0.05f, 0.98f, 0.02f));
        AddLemon(scene, new(-0.98f, 0.21f, -0.62f), 0.5f);
        AddApple(scene, new(0.74f, 0.30f, -0.66f), 0.31f, 0x7d9a2e, 0xc9c04a, 37);
        AddGrapes(scene, new(0.36f, 0.62f, -0.52f));

        var marcher = new RayMarcher(scene);
        var camera = new Camera(new Vector3(0.0f, 1.75f, -5.6f), new Vector3(0.0f, 0.72f, 0f), 35) { Exposure = 1.05f };
        return camera.Photograph((origin, direction) => marcher.See(origin, direction));
    }

    /// <summary>A dim room with one bright window, which glazed things mirror.</summary>
    private static Vector3 Room(Vector3 direction)
    {
        var across = Vector3.Normalize(Vector3.Cross(Vector3.UnitY, Window));
        float x = Vector3.Dot(direction, across), y = direction.Y - Window.Y;
        float pane = Vector3.Dot(direction, Window) > 0
            ? Shade.Ramp(0.28f, 0.25f, MathF.Abs(x)) * Shade.Ramp(0.3f, 0.27f, MathF.Abs(y))
              * Shade.Ramp(0.012f, 0.03f, MathF.Abs(x)) * Shade.Ramp(0.012f, 0.03f, MathF.Abs(y + 0.05f))
            : 0;
        return new Vector3(0.10f, 0.085f, 0.07f) * (0.6f + 0.4f * direction.Y) + new Vector3(7f, 7.2f, 7.4f) * pane;
    }

    private static Surface WallSurface(Vector3 p, Vector3 normal)
    {
        float plaster = Noise.Fractal(p.X * 0.8f, p.Y * 0.8f, 5, 31);
        var color = Shade.Mix(Shade.Linear(0x4c5148), Shade.Linear(0x6d6a55), 0.5f + 0.45f * plaster);
        // Less light from the window reaches the right-hand side.
        return new Surface(color * Shade.Mix(0.85f, 0.3f, Shade.Ramp(-2.2f, 2.2f, p.X + 0.5f * p.Y - 0.8f)));
    }

    private static Surface TableSurface(Vector3 p, Vector3 normal)
    {
        float grain = Noise.Fractal(p.X * 0.9f, p.Z * 9f, 4, 41);
        float rings = MathF.Sin((p.Z * 6f + 1.6f * Noise.At(p.X * 0.5f, p.Z * 1.5f, 43)) * 5f);
        var color = Shade.Mix(Shade.Linear(0x4a2a16), Shade.Linear(0x8a5428),
            Math.Clamp(0.5f + 0.4f * grain + 0.12f * rings, 0, 1));
        float gap = Shade.Ramp(0.012f, 0.03f, MathF.Abs(MathF.IEEERemainder(p.Z + 0.42f, 0.95f)));
        return new Surface(color * (0.3f + 0.7f * gap), 0.22f, 40);
    }

    /// <summary>A cloth that lies on the table in folds, its near edge hanging towards us.</summary>
    private static float ClothDistance(Vector3 p)
    {
        var edge = new Vector2(MathF.Abs(p.X - 0.25f + 0.22f * p.Z) - 1.15f,
            MathF.Abs(p.Z + 0.62f + 0.07f * MathF.Sin(p.X * 3.1f)) - 0.62f);
        float outside = MathF.Max(MathF.Max(edge.X, edge.Y), p.Y - 0.3f);
        if (outside > 0.1f)
            return outside;
        float folds = MathF.Pow(0.5f + 0.5f * MathF.Sin(p.X * 5.3f + 2.4f * p.Z
            + 1.4f * Noise.At(p.X * 1.2f, p.Z * 1.4f, 51)), 2.2f);
        float away = Shade.Ramp(0.72f, 1.1f, new Vector2(p.X + 0.08f, p.Z - 0.05f).Length());
        float height = 0.02f + away * (0.15f * folds + 0.05f * Noise.Fractal(p.X * 2.2f, p.Z * 2.2f, 3, 53));
        return MathF.Max(MathF.Abs(p.Y - height) - 0.018f, outside);
    }

    private static Surface ClothSurface(Vector3 p, Vector3 normal)
    {
        float weave = 0.04f * MathF.Sin(p.X * 190) * MathF.Sin(p.Z * 190);
        float stripe = Shade.Ramp(0.035f, 0.028f, MathF.Abs(p.Z + 1.08f + 0.07f * MathF.Sin(p.X * 3.1f)))
            + Shade.Ramp(0.014f, 0.009f, MathF.Abs(p.Z + 0.98f + 0.07f * MathF.Sin(p.X * 3.1f)));
        var linen = Shade.Mix(Shade.Linear(0xe9e2d2), Shade.Linear(0x35507f), Math.Clamp(stripe, 0, 1));
        return new Surface(linen * (0.92f + weave), 0, 10, default, 0.15f);
    }

    private static void AddBottle(Scene scene, Vector3 foot)
    {
        // Radius of the bottle by height: body, shoulder, neck, lip.
        static float Radius(float y) =>
            Shade.Mix(0.36f, 0.115f, Shade.Ramp(1.12f, 1.62f, y)) + 0.025f * Shade.Ramp(2.08f, 2.1f, y)
                - 0.03f * Shade.Ramp(0.06f, 0f, y);
        float Distance(Vector3 p)
        {
            var q = p - foot;
            float out2 = MathF.Sqrt(q.X * q.X + q.Z * q.Z) - Radius(q.Y);
            return Sdf.Carve(MathF.Max(out2, MathF.Max(-q.Y, q.Y - 2.2f)), 10, 0.01f);
        }
        Surface Glass(Vector3 p, Vector3 normal)
        {
            var q = p - foot;
            bool label = q.Y is > 0.38f and < 0.92f && MathF.Abs(MathF.Atan2(q.X + 0.12f, -q.Z)) < 0.95f;
            if (label)
            {
                float text = Shade.Ramp(0.05f, 0.2f, Noise.At(q.X * 22, q.Y * 30, 61))
                    * Shade.Ramp(0.12f, 0.1f, MathF.Abs(q.Y - 0.66f));
                float frame = Shade.Ramp(0.012f, 0.006f, MathF.Abs(MathF.Abs(q.Y - 0.65f) - 0.235f));
                return new Surface(Shade.Linear(0xd9c79c) * (1 - 0.75f * MathF.Max(text, frame)), 0.03f);
            }
            // Light gathers in the glass on the side away from the window.
            float gathered = MathF.Pow(MathF.Max(Vector3.Dot(normal,
                Vector3.Normalize(new Vector3(0.8f, -0.1f, -0.55f))), 0), 5);
            return new Surface(Shade.Linear(0x0d1f12), 1f, 240,
                Shade.Linear(0x3c6b2a) * (0.32f * gathered * Shade.Ramp(0f, 0.25f, q.Y)));
        }
        scene.Solids.Add(new Shaped(Distance, Glass) { Center = foot + new Vector3(0, 1.1f, 0), Reach = 1.25f,
            Caution = 0.8f });
    }

    private static void AddJug(Scene scene, Vector3 foot)
    {
        static float Radius(float y) => 0.28f + 0.24f * MathF.Exp(-MathF.Pow((y - 0.48f) / 0.36f, 2))
            + 0.07f * Shade.Ramp(0.95f, 1.3f, y);
        float Distance(Vector3 p)
        {
            var q = p - foot;
            float out2 = MathF.Sqrt(q.X * q.X + q.Z * q.Z);
            float wall = MathF.Max(MathF.Abs(out2 - Radius(q.Y)) - 0.03f, MathF.Max(-q.Y, q.Y - 1.28f));
            var h = q - new Vector3(-0.42f, 0.85f, -0.12f);
            float bow = MathF.Sqrt(h.X * h.X + h.Y * h.Y * 0.75f) - 0.3f;
            float handle = MathF.Sqrt(bow * bow + h.Z * h.Z) - 0.05f;
            handle = MathF.Max(handle, out2 * -1 + Radius(q.Y) - 0.02f);
            return Sdf.Join(wall, handle, 0.06f);
        }
        Surface Clay(Vector3 p, Vector3 normal)
        {
            var q = p - foot;
            float drip = 0.62f + 0.14f * Noise.At(MathF.Atan2(q.X, q.Z) * 2.2f, 0.3f, 71);
            float speckle = 0.9f + 0.14f * Noise.Fractal(q * 14, 2, 73);
            bool glazed = q.Y > drip;
            return glazed
                ? new Surface(Shade.Linear(0x3a6f80) * speckle, 0.4f, 120)
                : new Surface(Shade.Linear(0xb06a3c) * speckle, 0.06f, 15);
        }
        scene.Solids.Add(new Shaped(Distance, Clay) { Center = foot + new Vector3(-0.05f, 0.65f, 0), Reach = 1.0f,
            Caution = 0.75f });
    }

    private static void AddBowl(Scene scene, Vector3 foot)
    {
        float Distance(Vector3 p)
        {
            var q = p - foot - new Vector3(0, 0.98f, 0);
            float shell = MathF.Abs(Sdf.Ellipsoid(q, Vector3.Zero, new Vector3(0.95f, 0.88f, 0.95f))) - 0.025f;
            shell = MathF.Max(shell, q.Y + 0.42f);
            float rim = Sdf.Ring(q + new Vector3(0, 0.42f, 0), 0.835f, 0.035f);
            float stand = Sdf.Ring(q + new Vector3(0, 0.9f, 0), 0.36f, 0.07f);
            return Sdf.Join(Sdf.Join(shell, rim, 0.03f), stand, 0.08f);
        }
        Surface Porcelain(Vector3 p, Vector3 normal)
        {
            var q = p - foot;
            float angle = MathF.Atan2(q.X, q.Z), y = q.Y;
            float band = Shade.Ramp(0.012f, 0.006f, MathF.Abs(y - 0.47f))
                + Shade.Ramp(0.012f, 0.006f, MathF.Abs(y - 0.2f));
            float wave = Shade.Ramp(0.022f, 0.014f, MathF.Abs(y - 0.335f - 0.055f * MathF.Sin(angle * 14)));
            float dots = Shade.Ramp(0.03f, 0.022f,
                new Vector2(MathF.IEEERemainder(angle, MathF.PI / 7) * 0.7f, y - 0.335f).Length());
            float blue = Math.Clamp(band + wave + dots, 0, 1);
            return new Surface(Shade.Mix(Shade.Linear(0xe8e6df), Shade.Linear(0x24438c), blue), 0.7f, 150);
        }
        scene.Solids.Add(new Shaped(Distance, Porcelain) { Center = foot + new Vector3(0, 0.4f, 0), Reach = 1.05f,
            Caution = 0.8f });
    }

    private static void AddApple(Scene scene, Vector3 center, float radius, int red, int yellow, int seed)
    {
        var lean = new Dice((ulong)seed);
        float tiltX = lean.Between(-0.5f, 0.1f), tiltZ = lean.Between(-0.4f, 0.4f);
        Vector3 Local(Vector3 p) => Sdf.TurnZ(Sdf.TurnX(p - center, tiltX), tiltZ) / radius;
        float Distance(Vector3 p)
        {
            var q = Local(p);
            float around = MathF.Sqrt(q.X * q.X + q.Z * q.Z);
            // A sphere pulled in at both poles and narrowed below.
            float pinch = 0.26f * MathF.Exp(-around * around * 9) * (q.Y > 0 ? 1 : 0.5f);
            float body = new Vector3(q.X, q.Y * 1.08f, q.Z).Length() - (0.97f + 0.05f * q.Y) + pinch;
            float stem = Sdf.Rod(q, new Vector3(0, 0.6f, 0), new Vector3(0.09f, 1.12f, 0.03f), 0.035f, 0.05f);
            return MathF.Min(body, stem) * radius;
        }
        Surface Skin(Vector3 p, Vector3 normal)
        {
            var q = Local(p);
            float around = MathF.Sqrt(q.X * q.X + q.Z * q.Z);
            if (around < 0.13f && q.Y > 0.74f)
                return new Surface(Shade.Linear(0x4a3520));
            float angle = MathF.Atan2(q.X, q.Z);
            float streak = 0.4f * Noise.At(MathF.Cos(angle) * 9, MathF.Sin(angle) * 9 + q.Y * 0.8f, seed)
                + 0.7f * Noise.Fractal(q * 1.6f, 3, seed + 1);
            float ripe = Shade.Ramp(-0.7f, 0.9f, streak + 0.5f * q.X + 0.8f * MathF.Max(q.Y - 0.5f, 0));
            var color = Shade.Mix(Shade.Linear(red), Shade.Linear(yellow), ripe);
            float dots = Shade.Ramp(0.5f, 0.62f, Noise.At(q * 11, seed + 5));
            return new Surface(color * (1 + 0.25f * dots), 0.35f, 60, default, 0.12f);
        }
        scene.Solids.Add(new Shaped(Distance, Skin) { Center = center, Reach = radius * 1.25f, Caution = 0.85f });
    }

    private static void AddOrange(Scene scene, Vector3 center, float radius)
    {
        scene.Solids.Add(new Shaped(
            p => Sdf.Sphere(p, center, radius),
            (p, _) => new Surface(Shade.Linear(0xe08020) * (0.92f + 0.12f * Noise.Fractal((p - center) * 6, 3, 83)),
                0.25f, 35, default, 0.15f))
        { Center = center, Reach = radius + 0.01f, Caution = 0.85f });
    }

    private static void AddPear(Scene scene, Vector3 center)
    {
        Vector3 Local(Vector3 p) => Sdf.TurnX(Sdf.TurnZ(p - center, -0.28f), 0.15f);
        float Distance(Vector3 p)
        {
            var q = Local(p);
            float body = Sdf.Join(Sdf.Sphere(q, new(0, 0, 0), 0.29f), Sdf.Sphere(q, new(0.01f, 0.37f, 0), 0.14f),
                0.34f);
            return MathF.Min(body, Sdf.Rod(q, new(0.01f, 0.48f, 0), new(0.07f, 0.68f, 0.02f), 0.016f, 0.024f));
        }
        Surface Skin(Vector3 p, Vector3 normal)
        {
            var q = Local(p);
            if (q.Y > 0.515f)
                return new Surface(Shade.Linear(0x4a3520));
            float russet = Shade.Ramp(0.1f, 0.7f, Noise.Fractal(q * 3, 4, 91) + 0.9f * q.X);
            float dots = Shade.Ramp(0.38f, 0.5f, Noise.At(q * 30, 93));
            var color = Shade.Mix(Shade.Linear(0xc9b53c), Shade.Linear(0xb0682c), russet);
            return new Surface(color * (1 - 0.35f * dots), 0.22f, 40, default, 0.15f);
        }
        scene.Solids.Add(new Shaped(Distance, Skin) { Center = center + new Vector3(0, 0.2f, 0), Reach = 0.58f });
    }

    private static void AddLemon(Scene scene, Vector3 center, float turn)
    {
        Vector3 Local(Vector3 p) => Sdf.TurnY(p - center, turn);
        scene.Solids.Add(new Shaped(
            p =>
            {
                var q = Local(p);
                float body = Sdf.Ellipsoid(q, Vector3.Zero, new Vector3(0.3f, 0.21f, 0.21f));
                float tip = Sdf.Sphere(q, new Vector3(-0.3f, 0, 0), 0.05f);
                body = Sdf.Join(body, tip, 0.12f);
                return body > 0.05f ? body - 0.01f : body + 0.004f * Noise.At(q * 38, 95);
            },
            (p, _) => new Surface(Shade.Linear(0xe8c52a) * (0.93f + 0.1f * Noise.Fractal(Local(p) * 7, 2, 97)), 0.28f,
                40, default, 0.18f))
        { Center = center, Reach = 0.42f, Caution = 0.8f });
    }

    /// <summary>A bunch that hangs over the rim of the bowl.</summary>
    private static void AddGrapes(Scene scene, Vector3 top)
    {
        var dice = new Dice(7);
        var grapes = new List<(Vector3 Center, float Radius)>();
        for (int i = 0; i < 4000 && grapes.Count < 34; i++)
        {
            float down = dice.Next();
            float spread = 0.27f * (1 - 0.75f * down);
            var center = top + new Vector3(dice.Normal() * spread * 0.6f + 0.16f * down, 0.12f - 0.55f * down,
                dice.Normal() * spread * 0.5f - 0.36f * MathF.Sqrt(down));
            float radius = dice.Between(0.083f, 0.1f);
            if (grapes.TrueForAll(g => Vector3.Distance(g.Center, center) > 0.8f * (g.Radius + radius)))
                grapes.Add((center, radius));
        }
        float Distance(Vector3 p)
        {
            float nearest = 10;
            foreach (var (center, radius) in grapes)
                nearest = MathF.Min(nearest, Sdf.Sphere(p, center, radius));
            return nearest;
        }
        scene.Solids.Add(new Shaped(Distance, (p, normal) =>
        {
            float bloom = Shade.Ramp(-0.2f, 0.7f, Noise.Fractal(p * 7, 3, 99) + 0.4f * normal.Y);
            return new Surface(Shade.Mix(Shade.Linear(0x2a1038), Shade.Linear(0x6a5a86), 0.5f * bloom), 0.6f, 110,
                Shade.Linear(0x30101c) * 0.12f, 0.2f);
        })
        { Center = top + new Vector3(0.08f, -0.15f, -0.15f), Reach = 0.75f });
    }
}
