using System.Text;
using System.Text.Json;

namespace StyleLab.Figures;

/// <summary>
/// Plots in the JSON of plotly.js (plotly.com/javascript/reference). Values that cannot be shown become null:
/// JSON has no NaN, and Plotly leaves a gap there.
/// </summary>
internal static class PlotlyJson
{
    private const string GridColor = "rgba(128,128,128,0.2)", LineColor = "rgba(128,128,128,0.8)";

    public static string Write(Plot plot)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            for (int i = 0; i < plot.Series.Count; i++)
                WriteSeries(json, plot, i);
            json.WriteEndArray();
            WriteLayout(json, plot);
            json.WriteStartObject("config");
            json.WriteBoolean("responsive", true);
            json.WriteBoolean("displaylogo", false);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteSeries(Utf8JsonWriter json, Plot plot, int index)
    {
        var series = plot.Series[index];
        json.WriteStartObject();
        json.WriteString("type", "scatter");
        json.WriteString("mode", series.Y.Count == 1 || !plot.Lines ? "markers" : plot.Markers ? "lines+markers" : "lines");
        json.WriteString("name", Literal(series.Name));
        WriteNumbers(json, "x", series.X, plot.LogX);
        WriteNumbers(json, "y", series.Y, plot.LogY);
        json.WriteStartObject("line");
        json.WriteString("color", Ink.ForSeries(index).Hex);
        json.WriteNumber("width", 2);
        json.WriteString("dash", Ink.IsRepeated(index) ? "dash" : "solid");
        json.WriteEndObject();
        json.WriteStartObject("marker");
        json.WriteString("color", Ink.ForSeries(index).Hex);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<double> values, bool isLog)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (Axis.CanShow(value, isLog))
                json.WriteNumberValue(value);
            else
                json.WriteNullValue();
        }
        json.WriteEndArray();
    }

    private static void WriteLayout(Utf8JsonWriter json, Plot plot)
    {
        json.WriteStartObject("layout");
        WriteTitle(json, plot.Title);
        WriteAxis(json, "xaxis", plot.XTitle, plot.LogX ? "log" : "linear");
        WriteAxis(json, "yaxis", plot.ShownYTitle, plot.LogY ? "log" : "linear");
        json.WriteNumber("width", plot.Width);
        json.WriteNumber("height", plot.Height);
        json.WriteBoolean("showlegend", plot.Series.Count > 1);
        json.WriteStartObject("legend");
        json.WriteString("orientation", "h");
        json.WriteNumber("y", 1.02);
        json.WriteString("yanchor", "bottom");
        json.WriteEndObject();
        WriteMarks(json, plot);
        json.WriteStartObject("margin");
        foreach (var (side, room) in new[] { ("l", 64), ("r", 16), ("t", 56), ("b", 48) })
            json.WriteNumber(side, room);
        json.WriteEndObject();
        json.WriteString("paper_bgcolor", "white");
        json.WriteString("plot_bgcolor", "white");
        json.WriteEndObject();
    }

    /// <summary>A line from bottom to top for each mark, and its label at the top.</summary>
    private static void WriteMarks(Utf8JsonWriter json, Plot plot)
    {
        var marks = plot.Marks.Where(mark => Axis.CanShow(mark.X, plot.LogX)).ToList();
        if (marks.Count == 0)
            return;
        json.WriteStartArray("shapes");
        foreach (var mark in marks)
        {
            json.WriteStartObject();
            json.WriteString("type", "line");
            json.WriteString("yref", "paper");
            json.WriteNumber("x0", mark.X);
            json.WriteNumber("x1", mark.X);
            json.WriteNumber("y0", 0);
            json.WriteNumber("y1", 1);
            json.WriteStartObject("line");
            json.WriteString("color", LineColor);
            json.WriteNumber("width", 1);
            json.WriteString("dash", "dot");
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("annotations");
        foreach (var mark in marks)
        {
            json.WriteStartObject();
            json.WriteString("text", Literal(mark.Label));
            json.WriteString("yref", "paper");
            // On a logarithmic axis annotations, unlike shapes, are placed by the logarithm.
            json.WriteNumber("x", plot.LogX ? Math.Log10(mark.X) : mark.X);
            json.WriteNumber("y", 1);
            json.WriteString("xanchor", "left");
            json.WriteString("yanchor", "top");
            json.WriteBoolean("showarrow", false);
            json.WriteStartObject("font");
            json.WriteNumber("size", 11);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteAxis(Utf8JsonWriter json, string name, string? title, string type)
    {
        json.WriteStartObject(name);
        json.WriteString("type", type);
        WriteTitle(json, title);
        json.WriteString("gridcolor", GridColor);
        json.WriteString("linecolor", LineColor);
        json.WriteBoolean("showline", true);
        json.WriteBoolean("zeroline", false);
        json.WriteString("exponentformat", "power");
        json.WriteEndObject();
    }

    private static void WriteTitle(Utf8JsonWriter json, string? title)
    {
        if (string.IsNullOrWhiteSpace(title))
            return;
        json.WriteStartObject("title");
        json.WriteString("text", Literal(title));
        json.WriteEndObject();
    }

    // Plotly reads its texts as a little HTML.
    private static string Literal(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
