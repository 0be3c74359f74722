namespace StyleLab.Figures;

/// <summary>A running synthesis in a notebook, and one before its first view.</summary>
internal sealed class ProgressFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<ProgressView>("text/html", view => view.ToHtml()),
        new MimeFormatter<ProgressView>("text/plain", view => view.ToString()),
        new MimeFormatter<Synthesis>("text/html", run => run.LatestView.ToHtml()),
        new MimeFormatter<Synthesis>("text/plain", run => run.ToString()),
    ];
}
