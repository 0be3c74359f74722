namespace StyleLab.Figures;

/// <summary>
/// A figure in pixels beside its SVG, for what shows no SVG: papers by LaTeX, slides, mail. Light, since the notebook carries both.
/// </summary>
internal static class FigurePixels
{
    private const int MostPng = 64 * 1024, MostJpeg = 40 * 1024, LongSide = 960;

    /// <summary>
    /// A PDF beside the SVG, without which nbconvert calls a converter for every SVG on its way to LaTeX, and fails where there is
    /// none, even if the same output has a PNG.
    /// </summary>
    public static string Pdf(Figure figure) => Convert.ToBase64String(SmallPng(figure) is not null
        ? PdfPicture.Of(figure.ToPicture(1.5), figure.Size)
        : PhotoPdf(figure));

    /// <summary>The PDF of what is best as JPEG.</summary>
    public static string PdfOfPhotos(Figure figure) => Convert.ToBase64String(PhotoPdf(figure));

    /// <summary>Lines and areas, exact, unless the figure is very large.</summary>
    public static string Png(Figure figure) => Convert.ToBase64String(SmallPng(figure) ?? figure.ToPicture(SmallScale(figure)).EncodePng());

    /// <summary>What would be heavy as PNG.</summary>
    public static string? JpegInstead(Figure figure) => SmallPng(figure) is null ? Jpeg(figure) : null;

    /// <summary>Photographs and paintings.</summary>
    public static string Jpeg(Figure figure) => Convert.ToBase64String(SmallJpeg(figure));

    private static byte[] PhotoPdf(Figure figure) => PdfPicture.Of(SmallJpeg(figure), figure.Size);

    private static byte[] SmallJpeg(Figure figure) => EmbeddedPicture.SmallJpeg(figure.ToPicture(SmallScale(figure)), LongSide, MostJpeg);

    private static double SmallScale(Figure figure) =>
        Math.Min(1, Math.Min(figure.PreferredScale, LongSide / Math.Max(figure.Size.Width, figure.Size.Height)));

    private static byte[]? SmallPng(Figure figure)
    {
        var (width, height) = figure.Size;
        if (Math.Max(width, height) > 2 * LongSide)
            return null;
        byte[] png = figure.ToPicture(1).EncodePng();
        return png.Length <= MostPng ? png : null;
    }
}
