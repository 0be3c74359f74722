using System.Globalization;
using System.Numerics;
using System.Text;

namespace StyleLab.Cli.Verbs;

/// <summary>
/// The kernel's logo: a C and a # of brush-like strokes on a dark tile. Drawn once, in a square of 64 units, for SVG
/// and for pixels.
/// </summary>
internal static class KernelLogo
{
    private const int Side = 64;
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

    /// <summary>All files of the logo by the names that Jupyter looks for.</summary>
    public static Dictionary<string, byte[]> Files() => new()
    {
        ["logo-32x32.png"] = ToPng(32),
        ["logo-64x64.png"] = ToPng(64),
        ["logo-svg.svg"] = Encoding.UTF8.GetBytes(ToSvg()),
    };

    private static string ToSvg()
    {
        var lines = Strokes.Select(stroke => string.Create(CultureInfo.InvariantCulture,
            $"""<polyline points="{Points(stroke.Points)}" stroke="{stroke.Color}" stroke-width="{stroke.Width}"/>"""));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Side} {Side}">
            <rect width="{Side}" height="{Side}" fill="{Tile}"/>
            <g fill="none" stroke-linecap="round" stroke-linejoin="round">
            {string.Join('\n', lines)}
            </g>
            </svg>

            """);
    }

    /// <param name="size">Width and height in pixels.</param>
    private static byte[] ToPng(int size)
    {
        // Drawn larger, because the mean of several points makes smooth edges.
        int side = size * SamplesPerPixel;
        var drawn = new Picture(side, side, Planes(side));
        return drawn.Resize(size, size, Resampling.Area).EncodePng();
    }

    private static float[] Planes(int side)
    {
        int area = side * side;
        var planes = new float[3 * area];
        for (int i = 0; i < area; i++)
        {
            var point = new Vector2(i % side + 0.5f, i / side + 0.5f) * Side / side;
            var color = Strokes.FirstOrDefault(stroke => stroke.Covers(point))?.Color ?? Tile;
            (planes[i], planes[area + i], planes[2 * area + i]) = (color.R / 255f, color.G / 255f, color.B / 255f);
        }

        return planes;
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
