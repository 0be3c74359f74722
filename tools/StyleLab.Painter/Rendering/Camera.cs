using System.Numerics;

namespace StyleLab.Painter;

/// <summary>A camera with film: turns what rays see into a photograph.</summary>
/// <param name="position">Where it stands.</param>
/// <param name="target">What is in the middle of the picture.</param>
/// <param name="fieldOfView">Across the picture, in degrees.</param>
internal sealed class Camera(Vector3 position, Vector3 target, float fieldOfView)
{
    private const int Size = 512;

    /// <summary>Where it stands.</summary>
    public Vector3 Position => position;

    /// <summary>Multiplies all light.</summary>
    public float Exposure { get; init; } = 1;

    /// <summary>Takes the photograph: one ray a pixel, four more where neighbours differ visibly.</summary>
    /// <param name="see">The linear light from a position in a direction.</param>
    public Picture Photograph(Func<Vector3, Vector3, Vector3> see)
    {
        // Clipped one by one, or a single bright ray would leave a jagged edge.
        Vector3 Ray(float x, float y) => Vector3.Min(see(position, Direction(x, y)) * Exposure, new Vector3(4));

        var first = new Vector3[Size * Size];
        Parallel.For(0, Size, y =>
        {
            for (int x = 0; x < Size; x++)
                first[y * Size + x] = Ray(x + 0.5f, y + 0.5f);
        });
        var picture = new Picture(Size, Size);
        Parallel.For(0, Size, y =>
        {
            for (int x = 0; x < Size; x++)
            {
                var light = first[y * Size + x];
                if (Contrast(first, x, y) > 0.06f)
                    light = (light + Ray(x + 0.22f, y + 0.36f) + Ray(x + 0.64f, y + 0.22f) + Ray(x + 0.78f, y + 0.64f)
                        + Ray(x + 0.36f, y + 0.78f)) / 5;
                var color = Develop(light, x, y);
                for (int channel = 0; channel < 3; channel++)
                    picture[channel, y, x] = color[channel];
            }
        });
        return picture;
    }

    /// <summary>The largest difference in brightness to the four neighbours, about as the eye sees it.</summary>
    private static float Contrast(Vector3[] light, int x, int y)
    {
        float Seen(int px, int py) =>
            MathF.Sqrt(Shade.Brightness(light[Math.Clamp(py, 0, Size - 1) * Size + Math.Clamp(px, 0, Size - 1)]));
        float here = Seen(x, y);
        return MathF.Max(
            MathF.Max(MathF.Abs(Seen(x - 1, y) - here), MathF.Abs(Seen(x + 1, y) - here)),
            MathF.Max(MathF.Abs(Seen(x, y - 1) - here), MathF.Abs(Seen(x, y + 1) - here)));
    }

    /// <summary>The direction through a position on the picture, in pixels.</summary>
    public Vector3 Direction(float x, float y)
    {
        var forward = Vector3.Normalize(target - position);
        var right = Vector3.Normalize(Vector3.Cross(Vector3.UnitY, forward));
        var up = Vector3.Cross(forward, right);
        float scale = MathF.Tan(fieldOfView * MathF.PI / 360) * 2 / Size;
        return Vector3.Normalize(forward + right * ((x - Size / 2f) * scale) - up * ((y - Size / 2f) * scale));
    }

    /// <summary>Vignette, the film's S-shaped curve (Narkowicz's fit of the ACES curve), sRGB, a little
    /// grain.</summary>
    private static Vector3 Develop(Vector3 light, int x, int y)
    {
        float fromMiddle = new Vector2(x - Size / 2f, y - Size / 2f).Length() / Size;
        light *= 1 - 0.5f * fromMiddle * fromMiddle;
        light *= 0.8f;
        var film = light * (light * 2.51f + new Vector3(0.03f)) / (light * (light * 2.43f + new Vector3(0.59f))
            + new Vector3(0.14f));
        film = Vector3.Clamp(film, Vector3.Zero, Vector3.One);
        float grain = 0.006f * (Noise.At(x * 0.71f, y * 0.71f, 901) + 0.5f * Noise.At(x * 1.37f, y * 1.37f, 902));
        var color = new Vector3(Encode(film.X), Encode(film.Y), Encode(film.Z)) + new Vector3(grain);
        return Vector3.Clamp(color, Vector3.Zero, Vector3.One);
    }

    /// <summary>Linear light to sRGB (IEC 61966-2-1).</summary>
    private static float Encode(float v) => v <= 0.0031308f ? 12.92f * v : 1.055f * MathF.Pow(v, 1 / 2.4f) - 0.055f;
}
