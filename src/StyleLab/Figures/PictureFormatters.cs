namespace StyleLab.Figures;

/// <summary>A picture in a notebook: exact as PNG, or as JPEG where a PNG would make the notebook heavy.</summary>
internal sealed class PictureFormatters
{
    private const int LargestPng = 1_500_000, InsideBox = 200, InsideBytes = 14 * 1024;

    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<Picture>("image/png", picture => Base64(picture.EncodePng())),
        // In place of a PNG that is heavy.
        new MimeFormatter<Picture>("image/jpeg", picture => Base64(SmallPng(picture) is null ? picture.EncodeJpeg(92) : null)),
        // Only where it stands inside something else, such as a list: several at full size would fill the notebook.
        new MimeFormatter<Picture>("text/html", picture => PictureHtml.WithSize(
            picture, picture.ToString(), Math.Min(InsideBox, 4 * Math.Max(picture.Width, picture.Height)), 2 * InsideBox, InsideBytes)),
        new MimeFormatter<Picture>("text/plain", picture => picture.ToString()),
    ];

    private static string? Base64(byte[]? file) => file is null ? null : Convert.ToBase64String(file);

    private static byte[]? SmallPng(Picture picture) =>
        picture.EncodePng() is var png && png.Length <= LargestPng ? png : null;
}
