namespace StyleLab.Cli.Tests;

/// <summary>Small pictures that a style transfer has something to do with.</summary>
internal static class Pictures
{
    /// <summary>A bright disc on a slope from blue to green.</summary>
    public static Picture Content(int width, int height) => Draw(width, height, (x, y) =>
        (x - 0.4) * (x - 0.4) + (y - 0.5) * (y - 0.5) < 0.06 ? (0.9, 0.8, 0.3) : (0.1, 0.2 + 0.5 * y, 0.7 - 0.5 * y));

    /// <summary>Slanted red and white waves.</summary>
    public static Picture Style(int width, int height) => Draw(width, height, (x, y) =>
    {
        double wave = 0.5 + 0.5 * Math.Sin(30 * (x + 0.5 * y + 0.05 * Math.Sin(12 * y)));
        return (0.9, wave, wave * 0.8);
    });

    private static Picture Draw(int width, int height, Func<double, double, (double Red, double Green, double Blue)> color)
    {
        var picture = new Picture(width, height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                var (red, green, blue) = color((x + 0.5) / width, (y + 0.5) / height);
                (picture[0, y, x], picture[1, y, x], picture[2, y, x]) = ((float)red, (float)green, (float)blue);
            }
        return picture;
    }
}
