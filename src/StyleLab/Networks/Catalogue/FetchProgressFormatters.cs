using StyleLab.Figures;

namespace StyleLab.Networks.Catalogue;

/// <summary>A download in a notebook.</summary>
internal sealed class FetchProgressFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<FetchProgress>("text/html", progress => progress.ToHtml()),
        new MimeFormatter<FetchProgress>("text/plain", progress => progress.ToString()),
    ];
}
