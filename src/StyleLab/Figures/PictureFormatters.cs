namespace StyleLab.Figures;

/// <summary>A picture in a notebook: exact as PNG, or as JPEG where a PNG would make the notebook heavy.</summary>
internal sealed class PictureFormatters
{
    private const int LargestPng = 1_500_000;

    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<Picture>("image/png", picture => SmallPng(picture) is { } png ? Convert.ToBase64String(png) : null),
        new MimeFormatter<Picture>("image/jpeg", picture => SmallPng(picture) is null ? Convert.ToBase64String(picture.EncodeJpeg(92)) : null),
        new MimeFormatter<Picture>("text/plain", picture => picture.ToString()),
    ];

    private static byte[]? SmallPng(Picture picture) => picture.EncodePng() is var png && png.Length <= LargestPng ? png : null;
}
