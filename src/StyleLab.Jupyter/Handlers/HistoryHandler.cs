using System.IO.Enumeration;
using System.Text.Json.Nodes;
using StyleLab.Jupyter.History;
using StyleLab.Jupyter.Messages;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Looks up cells that were run, by this kernel and by earlier ones.</summary>
internal sealed class HistoryHandler(HistoryFile file)
{
    public JsonObject? Handle(Request request)
    {
        var all = file.Load();
        var found = request.Text("hist_access_type") switch
        {
            "range" => Range(all, request),
            "search" => Search(all, request),
            _ => all.TakeLast(request.Number("n") ?? all.Count),
        };
        bool withOutput = request.Flag("output", false);
        var history = found.Select(entry => (JsonNode)new JsonArray(
            entry.Session, entry.Line, withOutput ? new JsonArray(entry.Input, entry.Output) : entry.Input));
        return new JsonObject { ["status"] = "ok", ["history"] = new JsonArray([.. history]) };
    }

    // Session 0 is this kernel, a negative one counts back from it.
    private IEnumerable<HistoryEntry> Range(List<HistoryEntry> all, Request request)
    {
        int session = request.Number("session") ?? 0;
        if (session <= 0)
            session += file.Session;
        int start = request.Number("start") ?? 0;
        int stop = request.Number("stop") ?? int.MaxValue;
        return all.Where(e => e.Session == session && e.Line >= start && e.Line < stop);
    }

    // The pattern stands for the whole cell; * and ? are wildcards.
    private static IEnumerable<HistoryEntry> Search(List<HistoryEntry> all, Request request)
    {
        string pattern = request.Text("pattern", "*");
        var found = all.Where(e => FileSystemName.MatchesSimpleExpression(Escaped(pattern), e.Input, ignoreCase: false));
        if (request.Flag("unique", false))
            found = found.Reverse().DistinctBy(e => e.Input).Reverse();
        return request.Number("n") is { } n ? found.TakeLast(n) : found;
    }

    // A backslash is a plain character in a pattern, but an escape for the matcher.
    private static string Escaped(string pattern) => pattern.Replace(@"\", @"\\", StringComparison.Ordinal);
}
