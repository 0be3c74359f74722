namespace StyleLab.Figures;

/// <summary>Pictures inside SVG and HTML, as data URIs.</summary>
internal static class EmbeddedPicture
{
    private const int LargestPng = 32 * 1024;

    /// <summary>
    /// A picture with at most two pixels for each layout unit: sharp on dense screens, and no larger than can be seen.
    /// PNG while that is small, else JPEG, so that a table of many pictures stays light.
    /// </summary>
    public static string ForSvg(Picture picture, Box box)
    {
        double shrink = Math.Max(picture.Width / (2 * box.Width), picture.Height / (2 * box.Height));
        if (shrink > 1)
            picture = picture.Resize(
                Math.Max(1, (int)Math.Round(picture.Width / shrink)),
                Math.Max(1, (int)Math.Round(picture.Height / shrink)), Resampling.Bicubic);
        byte[] png = picture.EncodePng();
        return png.Length <= LargestPng
            ? "data:image/png;base64," + Convert.ToBase64String(png)
            : JpegUri(picture.EncodeJpeg(92));
    }

    /// <summary>
    /// A JPEG with the given longest side at most and of at most so many bytes, for pictures that are sent again and again.
    /// </summary>
    public static string ForPreview(Picture picture, int longSide, int mostBytes) => JpegUri(SmallJpeg(picture, longSide, mostBytes));

    /// <inheritdoc cref="ForPreview"/>
    public static byte[] SmallJpeg(Picture picture, int longSide, int mostBytes)
    {
        for (int side = Math.Min(longSide, Math.Max(picture.Width, picture.Height)); ; side = side * 3 / 4)
        {
            var shown = Math.Max(picture.Width, picture.Height) > side ? picture.Fit(side) : picture;
            foreach (int quality in (int[])[88, 75, 60])
                if (shown.EncodeJpeg(quality) is var jpeg && (jpeg.Length <= mostBytes || side <= 16))
                    return jpeg;
        }
    }

    private static string JpegUri(byte[] jpeg) => "data:image/jpeg;base64," + Convert.ToBase64String(jpeg);
}
