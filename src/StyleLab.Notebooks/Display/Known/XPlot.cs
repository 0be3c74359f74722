using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>Charts of XPlot.Plotly, which say themselves only as a script.</summary>
internal static class XPlot
{
    public static MimeBundle? Show(object chart)
    {
        string script = (string)Members.Call(chart, "GetPlottingJS")!;
        if (Value(script, "var data = ") is not JsonArray data)
            return null;
        var layout = Value(script, "var layout = ") as JsonObject ?? [];
        foreach (string side in (string[])["Width", "Height"])
            layout.TryAdd(side.ToLowerInvariant(), Convert.ToInt32(Members.Get(chart, side), CultureInfo.InvariantCulture));
        return new PlotlyFigure(new JsonObject { ["data"] = data, ["layout"] = layout }, PlotlyFigure.DefaultVersion).ToBundle();
    }

    private static JsonNode? Value(string script, string before)
    {
        int at = script.IndexOf(before, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(script[(at + before.Length)..]), isFinalBlock: false, default);
        return JsonNode.Parse(ref reader);
    }
}
