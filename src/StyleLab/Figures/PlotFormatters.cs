namespace StyleLab.Figures;

/// <summary>A plot in a notebook: interactive where the front end knows Plotly, and a drawing everywhere.</summary>
internal sealed class PlotFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<Plot>("application/vnd.plotly.v1+json", plot => plot.ToPlotlyJson()),
        new MimeFormatter<Plot>("image/svg+xml", plot => plot.ToSvg()),
        new MimeFormatter<Plot>("image/png", FigurePixels.Png),
        new MimeFormatter<Plot>("image/jpeg", FigurePixels.JpegInstead),
        new MimeFormatter<Plot>("application/pdf", FigurePixels.Pdf),
        new MimeFormatter<Plot>("text/plain", plot => plot.ToString()),
    ];
}
