using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>Charts of Plotly.NET.</summary>
internal static class PlotlyNet
{
    public static MimeBundle? Show(object chart)
    {
        // A union, whose cases derive from it; before version 6 its functions stood in the module around it.
        var union = chart.GetType();
        while (union.BaseType is { } above && above != typeof(object))
            union = above;
        var functions = union.DeclaringType ?? union;
        if (JsonText.Parse((string)Members.CallStatic(functions, "toJson", chart)!) is not JsonObject json)
            return null;
        return new PlotlyFigure(json, PlotlyScript.Keep(union.Assembly) ?? PlotlyFigure.DefaultVersion).ToBundle();
    }
}
