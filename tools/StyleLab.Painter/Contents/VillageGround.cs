using System.Numerics;

namespace StyleLab.Painter;

/// <summary>The land of the village: banks, meadows and far hills, with a river through it. Units are metres, the water
/// at height 0.</summary>
internal sealed class VillageGround : Solid
{
    public VillageGround() => Caution = 0.7f;

    /// <summary>The middle of the river at a distance.</summary>
    public static float River(float z) => 3.5f + 13f * MathF.Sin((z - 6) * 0.019f) * Shade.Ramp(0, 70, z) - 0.03f * z;

    /// <summary>Height of the land, without its grass.</summary>
    public static float Height(float x, float z)
    {
        float fromBank = MathF.Abs(x - River(z)) - 8.5f - 0.02f * z + 1.2f * MathF.Sin(z * 0.13f + x * 0.05f);
        float bank = -1.5f + 3.4f * Shade.Ramp(-3, 5, fromBank);
        float meadow = 0.055f * MathF.Max(fromBank, 0) * Shade.Ramp(0, 60, fromBank)
            + 5f * Shade.Ramp(14, 60, -x) * Shade.Ramp(15, 60, z);
        float far = Shade.Ramp(110, 420, z);
        float hills = far * (34 + 44 * Noise.Fractal(x * 0.0042f + 3.3f, z * 0.0042f, 3, 201)
            + 0.06f * MathF.Max(z - 250, 0))
            + Shade.Ramp(60, 140, MathF.Abs(x)) * Shade.Ramp(40, 120, z) * 16;
        return bank + meadow + MathF.Max(hills, 0);
    }

    public override float Distance(Vector3 p)
    {
        float above = p.Y - Height(p.X, p.Z);
        if (above > 2)
            return above * 0.8f - 0.5f;
        float tufts = 0.16f * Noise.Fractal(p.X * 1.1f, p.Z * 1.1f, 2, 211) + 0.06f * Noise.At(p.X * 6, p.Z * 5, 213);
        // Woods stand on the far hills.
        float woods = p.Z > 100 ? Shade.Ramp(0.0f, 0.25f, Noise.Fractal(p.X * 0.011f, p.Z * 0.011f, 2, 215))
            * (3.5f + 2.5f * Noise.At(p.X * 0.16f, p.Z * 0.16f, 217)) : 0;
        return above - tufts - woods;
    }

    public override Surface SurfaceAt(Vector3 p, Vector3 normal)
    {
        float patches = Noise.Fractal(p.X * 0.06f, p.Z * 0.06f, 4, 221);
        float blades = Noise.Fractal(p.X * 5, p.Z * 2.2f, 2, 223);
        var grass = Shade.Mix(Shade.Linear(0x4c6424), Shade.Linear(0xa09a44),
            Math.Clamp(0.45f + 0.5f * patches, 0, 1)) * (0.9f + 0.35f * blades);
        float above = p.Y;
        var mud = Shade.Linear(0x6e5a3c) * (0.85f + 0.3f * blades);
        var color = Shade.Mix(mud, grass, Shade.Ramp(0.35f, 0.9f, above + 0.4f * patches));
        if (p.Z < 40)
            color = WithFlowers(color, p);
        if (p.Z > 100)
        {
            float woods = Shade.Ramp(0.05f, 0.2f, Noise.Fractal(p.X * 0.011f, p.Z * 0.011f, 2, 215));
            float field = Noise.Value((int)MathF.Floor((p.X + 0.4f * p.Z) / 55) * 31
                + (int)MathF.Floor((p.Z - 0.3f * p.X) / 45), 225);
            color = Shade.Mix(color, Shade.Along([Shade.Linear(0x8a8a3a), Shade.Linear(0xc2a450),
                Shade.Linear(0x6c7c34)], field), 0.7f);
            color = Shade.Mix(color, Shade.Linear(0x27401c) * (0.8f + 0.4f * Noise.At(p.X * 0.2f, p.Z * 0.2f, 227)),
                woods);
        }
        return new Surface(color, 0, 10, default, 0.2f);
    }

    private static Vector3 WithFlowers(Vector3 color, Vector3 p)
    {
        int x = (int)MathF.Floor(p.X / 0.5f), z = (int)MathF.Floor(p.Z / 0.5f);
        float chance = Noise.Value(x * 4099 + z, 231);
        if (chance > 0.16f * Shade.Ramp(-0.1f, 0.4f, Noise.At(p.X * 0.12f, p.Z * 0.12f, 233)) || p.Y < 1.2f)
            return color;
        var middle = new Vector2((x + 0.25f + 0.5f * Noise.Value(x + z * 31, 235)) * 0.5f,
            (z + 0.25f + 0.5f * Noise.Value(z + x * 57, 237)) * 0.5f);
        float petal = Shade.Ramp(0.13f, 0.09f, Vector2.Distance(middle, new Vector2(p.X, p.Z)));
        var hue = Shade.Linear(chance * 1000 % 3 < 1 ? 0xd8452e : chance * 1000 % 3 < 2 ? 0xf2e6c8 : 0xe8b62c);
        return Shade.Mix(color, hue, petal);
    }
}
