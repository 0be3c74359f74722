using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A village by a river at golden hour: houses, a church, a bridge, trees, hills and clouds.</summary>
internal static class Village
{
    private static readonly Vector3 Sun = Vector3.Normalize(new Vector3(-0.78f, 0.36f, -0.5f));
    private static readonly Vector3 Haze = new(0.86f, 0.68f, 0.52f);

    public static Picture Paint()
    {
        var scene = new Scene
        {
            KeyDirection = Sun,
            KeyLight = new Vector3(3.4f, 2.35f, 1.35f),
            KeySize = 0.035f,
            Surroundings = Sky,
            Ambient = normal => new Vector3(0.30f, 0.36f, 0.50f) * (0.6f + 0.4f * normal.Y)
                + new Vector3(0.18f, 0.13f, 0.07f) * (0.5f - 0.5f * normal.Y),
            Air = (color, distance) => Shade.Mix(color, Haze, 1 - MathF.Exp(-MathF.Max(distance - 40, 0) * 0.0012f)),
            Occlusion = 1.6f,
            Horizon = 900,
        };
        scene.Solids.Add(new VillageGround());
        AddHouses(scene);
        AddBridge(scene, 46);
        AddTrees(scene);
        AddBoat(scene, new Vector3(-1.6f, 0, 9), 0.75f);
        var marcher = new RayMarcher(scene);
        var camera = new Camera(new Vector3(-2.5f, 8.0f, -22), new Vector3(-1.5f, 8.6f, 40), 49) { Exposure = 0.85f };
        return camera.Photograph((origin, direction) => See(marcher, scene, origin, direction));
    }

    /// <summary>The water is a plane at height 0 that mirrors what the rest of the scene shows.</summary>
    private static Vector3 See(RayMarcher marcher, Scene scene, Vector3 origin, Vector3 direction)
    {
        float toWater = direction.Y < 0 ? -origin.Y / direction.Y : float.PositiveInfinity;
        if (marcher.Hit(origin, direction) is (_, var distance) && distance < toWater || toWater > scene.Horizon)
            return marcher.See(origin, direction);
        var p = origin + direction * toWater;
        // Ripples, seen flatter with distance.
        float calm = 0.045f / (1 + 0.012f * toWater);
        var normal = Vector3.Normalize(new Vector3(
            calm * 0.6f * Noise.Fractal(p.X * 0.8f, p.Z * 0.9f, 3, 251), 1,
                calm * 1.6f * Noise.Fractal(p.X * 0.35f, p.Z * 1.1f, 3, 253)));
        var mirrored = Vector3.Reflect(direction, normal);
        mirrored.Y = MathF.Max(mirrored.Y, 0.01f);
        float fresnel = 0.08f + 0.92f * MathF.Pow(1 - MathF.Max(-Vector3.Dot(direction, normal), 0), 4);
        var depth = new Vector3(0.035f, 0.065f, 0.06f) * (0.5f + marcher.Lit(p));
        var seen = marcher.See(p + normal * 0.02f, Vector3.Normalize(mirrored));
        return scene.Air(Shade.Mix(depth, seen, MathF.Min(fresnel * 1.15f, 0.95f)), toWater);
    }

    private static Vector3 Sky(Vector3 direction)
    {
        float up = MathF.Max(direction.Y, 0);
        float sunward = MathF.Max(Vector3.Dot(direction, Vector3.Normalize(new Vector3(-0.9f, 0.1f, 0.5f))), 0);
        var sky = Shade.Mix(new Vector3(1.15f, 0.80f, 0.52f), new Vector3(0.24f, 0.42f, 0.74f),
            Shade.Ramp(-0.05f, 0.5f, up - 0.12f * sunward));
        sky += new Vector3(0.55f, 0.28f, 0.08f) * MathF.Pow(sunward, 5);
        // Clouds on a plane high above, thicker towards the sun's far side, lit from below left.
        var at = new Vector2(direction.X, direction.Z) / (up + 0.14f) * 1.15f;
        float Cover(Vector2 q) => Noise.Fractal(q.X * 0.8f + 0.35f * Noise.At(q.X * 0.9f, q.Y * 1.5f, 263), q.Y * 1.5f,
            5, 261);
        float cover = Cover(at);
        float thick = Shade.Ramp(-0.02f, 0.55f, cover + 0.05f);
        float lit = Math.Clamp(0.55f + 1.1f * (cover - Cover(at + new Vector2(-0.13f, -0.06f))), 0, 1);
        var cloud = Shade.Mix(new Vector3(0.42f, 0.40f, 0.52f), new Vector3(1.75f, 1.28f, 0.92f), lit);
        cloud = Shade.Mix(new Vector3(1.3f, 0.85f, 0.55f), cloud, Shade.Ramp(0.02f, 0.25f, up));
        return Shade.Mix(sky, cloud, thick * 0.92f);
    }

    private static void AddHouses(Scene scene)
    {
        int[] walls = [0xe8dcc0, 0xd9b98a, 0xe2c9a6, 0xcfa98c, 0xe6e0d4, 0xd6c07a];
        int[] roofs = [0xa8492c, 0x93402a, 0xb5583a, 0x7d4434, 0x8c5a48];
        void House(float x, float z, float turn, float width, float tall, float length, int seed) =>
            scene.Solids.Add(new VillageHouse(
            new Vector3(x, VillageGround.Height(x, z) - 0.3f, z), turn, new Vector3(width, tall, length), width * 0.52f,
            walls[seed % walls.Length], roofs[seed * 3 % roofs.Length], seed));

        // The left bank, from near to far.
        House(-17, 27, 0.35f, 8.5f, 5.6f, 10, 2);
        House(-29, 34, -0.5f, 9, 5.6f, 11, 5);
        House(-12.5f, 41, 1.75f, 8, 5.6f, 10, 4);
        House(-24, 51, 0.2f, 8.5f, 5.8f, 12, 7);
        House(-38, 55, 1.3f, 9, 5.5f, 12, 12);
        House(-15, 66, 0.9f, 8, 5.5f, 11, 9);
        House(-50, 74, 0.4f, 9, 6, 12, 6);
        House(-13, 86, 1.2f, 8, 5.5f, 11, 14);
        // The right bank.
        House(25, 38, -0.35f, 9, 5.6f, 11, 10);
        House(36, 45, 0.9f, 9, 5.6f, 12, 3);
        House(29, 60, -1.2f, 8.5f, 8, 11, 8);
        House(42, 68, 0.3f, 9, 5.6f, 12, 13);
        House(33, 84, 0.7f, 9, 5.6f, 12, 16);
        House(50, 92, -0.4f, 10, 5.6f, 12, 11);
        // The church on its mound.
        float y = VillageGround.Height(-31, 80);
        scene.Solids.Add(new VillageHouse(new Vector3(-29, y - 0.5f, 80), 0.55f, new Vector3(11, 9, 19), 7, 0xe9dcc2,
            0x8d4a38, 21, towerHeight: 20));
    }

    /// <summary>A stone bridge of three arches across the river.</summary>
    private static void AddBridge(Scene scene, float z)
    {
        float middle = VillageGround.River(z);
        float Distance(Vector3 p)
        {
            var q = p - new Vector3(middle, 0, z);
            float hump = 3.4f - 0.0045f * q.X * q.X;
            float body = MathF.Max(MathF.Abs(q.Z) - 1.9f, MathF.Max(q.Y - hump - 0.9f, MathF.Abs(q.X) - 20));
            float road = MathF.Max(MathF.Abs(q.Z) - 1.5f, hump - q.Y);
            float arches = MathF.Min(Arch(q, 0, 3.6f), MathF.Min(Arch(q, -7.9f, 3.0f), Arch(q, 7.9f, 3.0f)));
            return MathF.Max(MathF.Max(body, -road), -arches);
        }
        static float Arch(Vector3 q, float x, float radius) =>
            new Vector2(q.X - x, MathF.Max(q.Y + 0.6f, 0)).Length() - radius;

        Surface Stone(Vector3 p, Vector3 normal)
        {
            var q = p - new Vector3(middle, 0, z);
            int row = (int)MathF.Floor(q.Y / 0.45f), column = (int)MathF.Floor(q.X / 0.9f + 0.5f * row);
            float stone = Noise.Value(row * 311 + column, 271);
            float joint = Shade.Ramp(0, 0.16f, q.Y / 0.45f - row)
                * Shade.Ramp(0, 0.1f, q.X / 0.9f + 0.5f * row - column);
            return new Surface(Shade.Linear(0xb8a488) * (0.72f + 0.35f * stone) * (0.7f + 0.3f * joint));
        }
        scene.Solids.Add(new Shaped(Distance, Stone) { Center = new Vector3(middle, 1.5f, z), Reach = 20.5f,
            Caution = 0.9f });
    }

    /// <summary>A rowing boat, its middle at the water line.</summary>
    private static void AddBoat(Scene scene, Vector3 middle, float turn)
    {
        Vector3 Local(Vector3 p) => Sdf.TurnY(p - middle, turn);
        float Distance(Vector3 p)
        {
            var q = Local(p);
            float sheer = 0.62f + 0.05f * q.Z * q.Z;
            float hull = Sdf.Ellipsoid(q, new Vector3(0, 0.75f, 0), new Vector3(0.95f, 1.05f, 2.7f));
            float shell = MathF.Max(MathF.Abs(hull + 0.05f) - 0.05f, q.Y - sheer);
            float bench = Sdf.Box(q - new Vector3(0, 0.42f, 0.5f), new Vector3(0.85f, 0.04f, 0.18f));
            float thwart = Sdf.Box(q - new Vector3(0, 0.42f, -0.9f), new Vector3(0.75f, 0.04f, 0.18f));
            return MathF.Min(shell, MathF.Max(MathF.Min(bench, thwart), hull));
        }
        Surface Planks(Vector3 p, Vector3 normal)
        {
            var q = Local(p);
            bool inside = Sdf.Ellipsoid(q, new Vector3(0, 0.75f, 0), new Vector3(0.95f, 1.05f, 2.7f)) < -0.05f;
            float plank = Shade.Ramp(0.02f, 0.05f, MathF.Abs(MathF.IEEERemainder(q.Y, 0.2f)));
            int paint = inside ? 0x9a6a3c : q.Y > 0.45f + 0.05f * q.Z * q.Z ? 0xe6dcc4 : 0x2f5f86;
            return new Surface(Shade.Linear(paint) * (0.6f + 0.4f * plank), 0.1f, 30);
        }
        scene.Solids.Add(new Shaped(Distance, Planks) { Center = middle + new Vector3(0, 0.4f, 0), Reach = 3f,
            Caution = 0.7f });
    }

    private static void AddTrees(Scene scene)
    {
        void Plant(float x, float z, float tall, int seed, bool poplar = false) =>
            scene.Solids.Add(new Tree(new Vector3(x, VillageGround.Height(x, z), z), tall, poplar, seed));

        Plant(15.5f, 27, 5, 2);
        Plant(-7.5f, 33, 6, 3);
        Plant(-33, 44, 10, 4);
        Plant(17.5f, 50, 8, 5);
        Plant(45, 40, 9, 6);
        Plant(-44, 62, 12, 7);
        Plant(21, 68, 11, 8, poplar: true);
        Plant(24.5f, 73, 12.5f, 9, poplar: true);
        Plant(19, 77, 13, 10, poplar: true);
        Plant(-20, 58, 8, 11);
        Plant(-8, 78, 9, 12);
        Plant(44, 56, 11, 13);
        Plant(-46, 96, 13, 14);
        Plant(-12, 108, 11, 15);
        Plant(12, 112, 12, 16);
        Plant(27, 106, 12, 17);
        Plant(62, 98, 14, 18);
        Plant(-66, 92, 14, 19);
    }
}
