namespace StyleLab.Figures;

/// <summary>A grid in a notebook.</summary>
internal sealed class GridFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<Grid>("image/svg+xml", grid => grid.ToSvg()),
        new MimeFormatter<Grid>("image/jpeg", FigurePixels.Jpeg),
        new MimeFormatter<Grid>("application/pdf", FigurePixels.PdfOfPhotos),
        new MimeFormatter<Grid>("text/plain", grid => grid.ToString()),
    ];
}
