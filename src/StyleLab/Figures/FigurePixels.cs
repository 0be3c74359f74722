namespace StyleLab.Figures;

/// <summary>
/// A figure in pixels beside its SVG, for what shows no SVG: papers by LaTeX, slides, mail. Light, since the notebook carries both.
/// </summary>
internal static class FigurePixels
{
    private const int MostPng = 64 * 1024, MostJpeg = 72 * 1024, LongSide = 960;

    /// <summary>Lines and areas, exact; null where that would be heavy.</summary>
    public static string? Png(Figure figure) => SmallPng(figure) is { } png ? Convert.ToBase64String(png) : null;

    /// <summary>What is too heavy for <see cref="Png"/>.</summary>
    public static string? JpegInstead(Figure figure) => SmallPng(figure) is null ? Jpeg(figure) : null;

    /// <summary>Photographs and paintings.</summary>
    public static string Jpeg(Figure figure)
    {
        var (width, height) = figure.Size;
        double scale = Math.Min(1, Math.Min(figure.PreferredScale, LongSide / Math.Max(width, height)));
        return Convert.ToBase64String(EmbeddedPicture.SmallJpeg(figure.ToPicture(scale), LongSide, MostJpeg));
    }

    private static byte[]? SmallPng(Figure figure)
    {
        var (width, height) = figure.Size;
        if (Math.Max(width, height) > 2 * LongSide)
            return null;
        byte[] png = figure.ToPicture(1).EncodePng();
        return png.Length <= MostPng ? png : null;
    }
}
