using System.Numerics;

namespace StyleLab.Painter;

/// <summary>
/// A square canvas at twice the size of the finished picture: colour and thickness of the paint at every point.
/// Coordinates are canvas pixels from the top left.
/// </summary>
internal sealed class Canvas
{
    /// <summary>Canvas pixels across and down.</summary>
    public const int Size = 1024;

    public Vector3[] Color { get; } = new Vector3[Size * Size];

    /// <summary>Thickness of the paint, in canvas pixels; lit by <see cref="LightRelief"/>.</summary>
    public float[] Thickness { get; } = new float[Size * Size];

    /// <summary>Sets every colour from a function of the position.</summary>
    public Canvas Fill(Func<Vector2, Vector3> paint)
    {
        Parallel.For(0, Size, y =>
        {
            for (int x = 0; x < Size; x++)
                Color[y * Size + x] = paint(new Vector2(x + 0.5f, y + 0.5f));
        });
        return this;
    }

    /// <summary>Changes every colour by a function of the position and the colour there.</summary>
    public Canvas Retouch(Func<Vector2, Vector3, Vector3> change)
    {
        Parallel.For(0, Size, y =>
        {
            for (int x = 0; x < Size; x++)
                Color[y * Size + x] = change(new Vector2(x + 0.5f, y + 0.5f), Color[y * Size + x]);
        });
        return this;
    }

    /// <summary>The colour at a position; beyond the edge, that of the edge.</summary>
    public Vector3 At(Vector2 p) => Color[Index(p)];

    public static int Index(Vector2 p) =>
        Math.Clamp((int)p.Y, 0, Size - 1) * Size + Math.Clamp((int)p.X, 0, Size - 1);

    public static bool Holds(Vector2 p) => p.X >= 0 && p.Y >= 0 && p.X < Size && p.Y < Size;

    /// <summary>Lights the thickness of the paint from the upper left: slopes towards the light brighten, wet ridges
    /// glint.</summary>
    /// <param name="strength">How strongly slopes change brightness.</param>
    /// <param name="glint">Height of the highlights, 0..1.</param>
    public Canvas LightRelief(float strength, float glint)
    {
        var light = Vector3.Normalize(new Vector3(-0.55f, -0.65f, 0.6f));
        var half = Vector3.Normalize(light + Vector3.UnitZ);
        var lit = new Vector3[Color.Length];
        Parallel.For(0, Size, y =>
        {
            int up = Math.Max(y - 1, 0) * Size, row = y * Size, down = Math.Min(y + 1, Size - 1) * Size;
            for (int x = 0; x < Size; x++)
            {
                int left = Math.Max(x - 1, 0), right = Math.Min(x + 1, Size - 1);
                float dx = (Thickness[row + right] - Thickness[row + left]) * 0.5f;
                float dy = (Thickness[down + x] - Thickness[up + x]) * 0.5f;
                var normal = Vector3.Normalize(new Vector3(-dx * strength, -dy * strength, 1));
                float slope = (Vector3.Dot(normal, light) - light.Z) / light.Z;
                float shine = MathF.Pow(MathF.Max(Vector3.Dot(normal, half), 0), 40);
                float flatShine = MathF.Pow(half.Z, 40);
                lit[row + x] = Color[row + x] * MathF.Max(1 + 0.55f * slope, 0.25f)
                    + new Vector3(MathF.Max(shine - flatShine, 0) * glint);
            }
        });
        lit.CopyTo(Color, 0);
        return this;
    }

    /// <summary>The finished picture: each pixel the mean of 2×2 canvas pixels.</summary>
    public Picture Finish()
    {
        const int size = Size / 2;
        var picture = new Picture(size, size);
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                int at = 2 * y * Size + 2 * x;
                var mean = (Color[at] + Color[at + 1] + Color[at + Size] + Color[at + Size + 1]) / 4;
                mean = Vector3.Clamp(mean, Vector3.Zero, Vector3.One);
                for (int channel = 0; channel < 3; channel++)
                    picture[channel, y, x] = mean[channel];
            }
        }
        return picture;
    }
}
