using System.Numerics;

namespace StyleLab.Painter;

/// <summary>Smooth and cellular noise functions of a position; a seed gives each use its own pattern.</summary>
internal static class Noise
{
    /// <summary>Mixes lattice coordinates into 32 well-stirred bits.</summary>
    public static uint Hash(int x, int y, int z, int seed)
    {
        uint h = (uint)x * 0x8da6b343u ^ (uint)y * 0xd8163841u ^ (uint)z * 0xcb1ab31fu ^ (uint)seed * 0x9e3779b9u;
        h ^= h >> 16;
        h *= 0x7feb352du;
        h ^= h >> 15;
        h *= 0x846ca68bu;
        return h ^ (h >> 16);
    }

    /// <summary>A fixed random value in [0, 1) for a whole number.</summary>
    public static float Value(int index, int seed) => (Hash(index, 17, 5, seed) >> 8) * (1f / (1 << 24));

    /// <summary>Gradient noise in three dimensions (Perlin 2002), about −1..1, feature size 1.</summary>
    public static float At(Vector3 p, int seed)
    {
        int x = (int)MathF.Floor(p.X), y = (int)MathF.Floor(p.Y), z = (int)MathF.Floor(p.Z);
        float fx = p.X - x, fy = p.Y - y, fz = p.Z - z;
        float u = Fade(fx), v = Fade(fy), w = Fade(fz);
        float near = Mix(
            Mix(Slope(x, y, z, seed, fx, fy, fz), Slope(x + 1, y, z, seed, fx - 1, fy, fz), u),
            Mix(Slope(x, y + 1, z, seed, fx, fy - 1, fz), Slope(x + 1, y + 1, z, seed, fx - 1, fy - 1, fz), u), v);
        float far = Mix(
            Mix(Slope(x, y, z + 1, seed, fx, fy, fz - 1), Slope(x + 1, y, z + 1, seed, fx - 1, fy, fz - 1), u),
            Mix(Slope(x, y + 1, z + 1, seed, fx, fy - 1, fz - 1),
                Slope(x + 1, y + 1, z + 1, seed, fx - 1, fy - 1, fz - 1), u), v);
        return Mix(near, far, w);
    }

    /// <summary>Gradient noise in the plane, about −1..1, feature size 1.</summary>
    public static float At(float px, float py, int seed)
    {
        int x = (int)MathF.Floor(px), y = (int)MathF.Floor(py);
        float fx = px - x, fy = py - y;
        float u = Fade(fx);
        return Mix(
            Mix(Slope(x, y, 0, seed, fx, fy, 0.5f), Slope(x + 1, y, 0, seed, fx - 1, fy, 0.5f), u),
            Mix(Slope(x, y + 1, 0, seed, fx, fy - 1, 0.5f), Slope(x + 1, y + 1, 0, seed, fx - 1, fy - 1, 0.5f), u),
                Fade(fy));
    }

    /// <summary>Octaves of noise, each half as large and half as strong.</summary>
    public static float Fractal(float x, float y, int octaves, int seed)
    {
        float sum = 0, strength = 1;
        for (int i = 0; i < octaves; i++, strength *= 0.5f, x = x * 2.03f + 17.1f, y = y * 2.03f - 9.7f)
            sum += strength * At(x, y, seed + i);
        return sum;
    }

    /// <inheritdoc cref="Fractal(float, float, int, int)"/>
    public static float Fractal(Vector3 p, int octaves, int seed)
    {
        float sum = 0, strength = 1;
        for (int i = 0; i < octaves; i++, strength *= 0.5f, p = p * 2.03f + new Vector3(17.1f, -9.7f, 5.3f))
            sum += strength * At(p, seed + i);
        return sum;
    }

    private static float Slope(int x, int y, int z, int seed, float dx, float dy, float dz)
    {
        // The twelve cube-edge directions of improved Perlin noise, four of them twice.
        uint h = Hash(x, y, z, seed) & 15;
        float u = h < 8 ? dx : dy;
        float v = h < 4 ? dy : h is 12 or 14 ? dx : dz;
        return ((h & 1) == 0 ? u : -u) + ((h & 2) == 0 ? v : -v);
    }

    private static float Fade(float t) => t * t * t * (t * (t * 6 - 15) + 10);

    private static float Mix(float a, float b, float t) => a + (b - a) * t;
}
