using System.Globalization;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>A chart as plotly.js draws it: what front ends with plotly.js take, and HTML that finds one.</summary>
/// <param name="Json">An object with <c>data</c>, <c>layout</c> and perhaps <c>config</c>.</param>
/// <param name="Version">The version of plotly.js that the chart was made for.</param>
internal sealed record PlotlyFigure(JsonObject Json, string Version)
{
    public const string DefaultVersion = "2.27.1";

    private const int DefaultHeight = 450;

    /// <summary>The chart in every type it can be shown in.</summary>
    public MimeBundle ToBundle() => new()
    {
        { MimeTypes.Plotly, Json.ToJsonString() },
        { MimeTypes.Html, Html() },
        { MimeTypes.PlainText, Text() },
    };

    /// <summary>How large it wants to be, as CSS.</summary>
    public static string Style(JsonNode? figure)
    {
        string width = Number(figure.Field("layout").Field("width")) is { } pixels ? string.Create(CultureInfo.InvariantCulture, $"width:{pixels:0}px;") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{width}height:{Number(figure.Field("layout").Field("height")) ?? DefaultHeight:0}px");
    }

    // A number that was read is any number; one that was put in is what it was.
    private static double? Number(JsonNode? node) =>
        node is JsonValue value && (value.TryGetValue(out double number) || (value.TryGetValue(out int whole) && (number = whole) == whole))
        && number is > 0 and < 100_000 ? number : null;

    // In JSON as it is written here, no "<" stands that could end the script.
    // The page's own plotly.js if it has one; with the loader of classic Notebook where that is; else from its publisher.
    private string Html()
    {
        string id = $"plotly-{Guid.NewGuid():N}";
        return $$"""
            <div id="{{id}}" style="{{Style(Json)}}"></div>
            <script type="text/javascript">
            (() => {
              const place = document.getElementById("{{id}}"), address = "https://cdn.plot.ly/plotly-{{Version}}.min";
              const figure = {{Json.ToJsonString()}};
              const draw = plotly => plotly.newPlot(place, figure.data, figure.layout, figure.config);
              if (window.Plotly) { draw(window.Plotly); return; }
              window.plotlyArrives ??= new Promise((arrived, failed) => {
                if (window.require && window.require.config) {
                  if (!window.require.specified("plotly")) window.require.config({ paths: { plotly: address } });
                  window.require(["plotly"], arrived, failed);
                  return;
                }
                const script = document.createElement("script");
                script.src = address + ".js";
                script.onload = () => arrived(window.Plotly);
                script.onerror = failed;
                document.head.append(script);
              });
              window.plotlyArrives.then(draw, () => {
                window.plotlyArrives = null;
                place.textContent = "This chart is drawn by plotly.js, which this page does not have and could not fetch.";
                place.style.height = "auto";
              });
            })();
            </script>
            """;
    }

    private string Text()
    {
        var kinds = (Json["data"] as JsonArray ?? []).Select(trace => MultilineText.Read(trace.Field("type")) is { Length: > 0 } type ? type : "scatter").ToList();
        var title = Json["layout"].Field("title");
        string name = MultilineText.Read(title is JsonObject ? title.Field("text") : title);
        string counted = string.Join(", ", kinds.CountBy(kind => kind).Select(kind => kind.Value == 1 ? kind.Key : $"{kind.Value} {kind.Key}"));
        return $"Plotly chart{(name.Length > 0 ? $" “{name}”" : "")}: {(kinds.Count == 0 ? "empty" : counted)}";
    }
}
