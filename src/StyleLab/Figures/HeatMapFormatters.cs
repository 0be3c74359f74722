namespace StyleLab.Figures;

/// <summary>A heat map in a notebook.</summary>
internal sealed class HeatMapFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<HeatMap>("image/svg+xml", map => map.ToSvg()),
        new MimeFormatter<HeatMap>("image/png", FigurePixels.Png),
        new MimeFormatter<HeatMap>("image/jpeg", FigurePixels.JpegInstead),
        new MimeFormatter<HeatMap>("application/pdf", FigurePixels.Pdf),
        new MimeFormatter<HeatMap>("text/plain", map => map.ToString()),
    ];
}
