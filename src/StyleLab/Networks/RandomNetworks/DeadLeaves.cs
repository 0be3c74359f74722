using StyleLab.Pictures;

namespace StyleLab.Networks;

/// <summary>
/// Pictures of discs that cover one another, few large and many small: edges, colours and scales much as in photographs
/// (Lee, Mumford and Huang: Occlusion models for natural images, 2001). The same bits on every machine.
/// </summary>
internal static class DeadLeaves
{
    private const double Largest = 40;
    private const int Discs = 1500;

    /// <summary>One picture.</summary>
    /// <param name="size">Width and height.</param>
    /// <param name="seed">Every seed makes another.</param>
    /// <param name="smallest">Radius of the smallest discs in pixels.</param>
    public static Picture Make(int size, long seed, double smallest)
    {
        var random = new NoiseGenerator(seed);
        var picture = new Picture(size, size);
        for (var disc = 0; disc < Discs; disc++)
        {
            // Radii with a density of r⁻³, by which all scales cover the same area.
            var share = random.NextUniform();
            var radius = 1 / Math.Sqrt(share / (smallest * smallest) + (1 - share) / (Largest * Largest));
            var (x, y) = (random.NextUniform() * size, random.NextUniform() * size);
            var light = random.NextUniform();
            Span<double> color = [light, light, light];
            foreach (ref var channel in color)
                channel += 0.4 * (random.NextUniform() - 0.5);
            Paint(picture, x, y, radius, color, slope: (random.NextUniform() - 0.5) / radius);
        }
        return picture;
    }

    /// <summary>A disc that grows lighter or darker from left to right.</summary>
    private static void Paint(Picture picture, double x, double y, double radius, ReadOnlySpan<double> color, double slope)
    {
        for (var row = Math.Max(0, (int)(y - radius)); row < Math.Min(picture.Height, y + radius); row++)
            for (var column = Math.Max(0, (int)(x - radius)); column < Math.Min(picture.Width, x + radius); column++)
            {
                var (across, down) = (column + 0.5 - x, row + 0.5 - y);
                if (across * across + down * down > radius * radius)
                    continue;
                for (var channel = 0; channel < 3; channel++)
                    picture[channel, row, column] = (float)Math.Clamp(color[channel] + 0.5 * slope * across, 0, 1);
            }
    }
}
