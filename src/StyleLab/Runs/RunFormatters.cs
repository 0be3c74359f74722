using StyleLab.Figures;

namespace StyleLab.Runs;

/// <summary>A run in a notebook, and one before its first view.</summary>
internal sealed class RunFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<IWatchedRun>("text/html", run => run.LatestView.ToHtml()),
        new MimeFormatter<IWatchedRun>("text/plain", run => run.ToString()),
    ];
}
