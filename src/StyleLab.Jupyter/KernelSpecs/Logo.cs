using System.Globalization;
using System.Numerics;

namespace StyleLab.Jupyter;

/// <summary>
/// The kernel's logo: a C and a # of brush-like strokes on a dark tile. Drawn once, in a square of 64 units, for SVG
/// and for pixels.
/// </summary>
internal static class Logo
{
    private const int Side = 64;
    private const float TileMargin = 2;
    private const float TileRadius = 13;
    private const int SamplesPerPixel = 4;

    private static readonly Rgb Tile = new(0x24, 0x2B, 0x5C);
    private static readonly Rgb Warm = new(0xF6, 0xA8, 0x3C);
    private static readonly Rgb Light = new(0xF4, 0xF1, 0xE8);

    private static readonly Stroke[] Strokes =
    [
        new(Warm, 7.5f, [.. Arc(new Vector2(25, 32), 14.5f, 48, 312)]),
        new(Light, 3.6f, [new(46.5f, 20), new(43.5f, 44)]),
        new(Light, 3.6f, [new(54.5f, 20), new(51.5f, 44)]),
        new(Light, 3.6f, [new(40.5f, 28), new(58, 28)]),
        new(Light, 3.6f, [new(40, 36), new(57.5f, 36)]),
    ];

    public static string ToSvg()
    {
        var lines = Strokes.Select(stroke => string.Create(CultureInfo.InvariantCulture,
            $"""<polyline points="{Points(stroke.Points)}" stroke="{stroke.Color}" stroke-width="{stroke.Width}"/>"""));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Side} {Side}">
            <rect x="{TileMargin}" y="{TileMargin}" width="{Side - (2 * TileMargin)}" height="{Side - (2 * TileMargin)}" rx="{TileRadius}" fill="{Tile}"/>
            <g fill="none" stroke-linecap="round" stroke-linejoin="round">
            {string.Join('\n', lines)}
            </g>
            </svg>

            """);
    }

    /// <param name="size">Width and height in pixels.</param>
    public static byte[] ToPng(int size)
    {
        var pixels = new byte[size * size * PngWriter.Channels];
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
                Pixel(x, y, (float)Side / size).CopyTo(pixels, ((y * size) + x) * PngWriter.Channels);
        }

        return PngWriter.Encode(size, size, pixels);
    }

    // The mean of samples inside the pixel: smooth edges.
    private static byte[] Pixel(int x, int y, float unitsPerPixel)
    {
        var sum = Vector3.Zero;
        int covered = 0;
        for (int sample = 0; sample < SamplesPerPixel * SamplesPerPixel; sample++)
        {
            var inside = new Vector2(sample % SamplesPerPixel + 0.5f, sample / SamplesPerPixel + 0.5f) / SamplesPerPixel;
            if (ColorAt((new Vector2(x, y) + inside) * unitsPerPixel) is not { } color)
                continue;
            sum += new Vector3(color.R, color.G, color.B);
            covered++;
        }

        var mean = covered == 0 ? sum : sum / covered;
        return
        [
            (byte)MathF.Round(mean.X), (byte)MathF.Round(mean.Y), (byte)MathF.Round(mean.Z),
            (byte)(255 * covered / (SamplesPerPixel * SamplesPerPixel)),
        ];
    }

    private static Rgb? ColorAt(Vector2 point)
    {
        if (!IsOnTile(point))
            return null;
        return Strokes.FirstOrDefault(stroke => stroke.Covers(point))?.Color ?? Tile;
    }

    private static bool IsOnTile(Vector2 point)
    {
        float half = (Side / 2f) - TileMargin;
        var beyondCorner = Vector2.Max(Vector2.Abs(point - new Vector2(Side / 2f)) - new Vector2(half - TileRadius), Vector2.Zero);
        return beyondCorner.Length() <= TileRadius;
    }

    private static IEnumerable<Vector2> Arc(Vector2 center, float radius, int fromDegrees, int toDegrees)
    {
        for (int degrees = fromDegrees; degrees <= toDegrees; degrees += 6)
        {
            var (sine, cosine) = MathF.SinCos(degrees * MathF.PI / 180);
            yield return center + (radius * new Vector2(cosine, sine));
        }
    }

    private static string Points(Vector2[] points) => string.Join(' ', points.Select(p =>
        string.Create(CultureInfo.InvariantCulture, $"{p.X:0.##},{p.Y:0.##}")));

    private sealed record Rgb(byte R, byte G, byte B)
    {
        public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";
    }

    /// <summary>A line with round ends.</summary>
    private sealed record Stroke(Rgb Color, float Width, Vector2[] Points)
    {
        public bool Covers(Vector2 point)
        {
            for (int i = 1; i < Points.Length; i++)
            {
                var along = Points[i] - Points[i - 1];
                float nearest = Math.Clamp(Vector2.Dot(point - Points[i - 1], along) / along.LengthSquared(), 0, 1);
                if (Vector2.Distance(point, Points[i - 1] + (nearest * along)) <= Width / 2)
                    return true;
            }

            return false;
        }
    }
}
