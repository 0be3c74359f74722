using System.Net;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>
/// The plotly charts of a page. What plotly.js draws stands in the page as data; the script itself, 3.6 MB, lies once beside it, as a
/// package of the user's brought it. No script of the notebook has a part in it, so that charts are drawn in sanitised pages too.
/// </summary>
internal sealed class PageCharts(PageScripts scripts, PublishNotes notes, bool sanitize)
{
    private readonly Dictionary<string, byte[]> _files = [];
    private int _count;

    /// <summary>What is to lie beside the page, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>A chart as HTML; null if this is none.</summary>
    /// <param name="figure">An object with <c>data</c> and <c>layout</c>.</param>
    /// <param name="text">What stands in its place where it cannot be drawn.</param>
    public string? Take(JsonNode? figure, string text)
    {
        if (figure.Field("data") is not JsonArray)
            return null;
        string id = $"chart-{++_count}";

        // In JSON as it is written here, no "<" stands that could end the script.
        return $"""
            <div class="plotly" id="{id}" style="{PlotlyFigure.Style(figure)}">{WebUtility.HtmlEncode(text)}</div>
            <script type="application/json" id="{id}-figure">{figure!.ToJsonString()}</script>
            """;
    }

    /// <summary>What stands at the end of a page with charts.</summary>
    public string Scripts(string drawing)
    {
        if (_count == 0)
            return "";
        string address;
        if (PlotlyScript.Latest() is { } file)
        {
            address = Path.GetFileName(file);
            _files[address] = File.ReadAllBytes(file);
        }
        else
        {
            address = $"https://cdn.plot.ly/plotly-{PlotlyFigure.DefaultVersion}.min.js";
            notes.ChartsFrom(address);
        }

        scripts.AddOwn(drawing);
        return $"<script src=\"{address}\" nonce=\"{scripts.AddFile(address, mayCompile: !sanitize)}\"></script>\n<script>{drawing}</script>\n";
    }
}
