namespace StyleLab.Figures;

/// <summary>The view of a run in a notebook.</summary>
internal sealed class ProgressFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<ProgressView>("text/html", view => view.ToHtml()),
        new MimeFormatter<ProgressView>("text/plain", view => view.ToString()),
    ];
}
