using StyleLab.Figures;

namespace StyleLab.Runs;

/// <summary>A run in a notebook, and one before its first view.</summary>
internal sealed class RunFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<IWatchedRun>("text/html", Html),
        new MimeFormatter<IWatchedRun>("text/plain", run => run.ToString()),
    ];

    private static string Html(IWatchedRun run)
    {
        LaterViews.Follow(run);
        return run.LatestView.ToHtml();
    }
}
