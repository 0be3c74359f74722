using StyleLab.Figures;

namespace StyleLab.Runs;

/// <summary>A running synthesis in a notebook, and one before its first view.</summary>
internal sealed class SynthesisFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<Synthesis>("text/html", run => run.LatestView.ToHtml()),
        new MimeFormatter<Synthesis>("text/plain", run => run.ToString()),
    ];
}
