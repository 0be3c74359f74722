namespace StyleLab.Figures;

/// <summary>A comparison in a notebook: to be moved, and still where HTML is not shown.</summary>
internal sealed class BeforeAfterFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<BeforeAfter>("text/html", comparison => comparison.ToHtml()),
        new MimeFormatter<BeforeAfter>("image/jpeg", comparison => Convert.ToBase64String(comparison.ToPicture(1).EncodeJpeg(90))),
        new MimeFormatter<BeforeAfter>("text/plain", comparison => comparison.ToString()),
    ];
}
