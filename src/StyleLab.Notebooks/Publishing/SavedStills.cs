using System.Text.Json.Nodes;
using StyleLab.Notebooks.Widgets;

namespace StyleLab.Notebooks;

/// <summary>Outputs that are widgets, as what the notebook last saved of them: also of kernels that left nothing else to see.</summary>
internal sealed class SavedStills(Notebook notebook)
{
    private readonly JsonObject? _states =
        notebook.Metadata.Field("widgets").Field(WidgetProtocol.StateMimeType).Field("state") as JsonObject;

    /// <summary>An output; a copy of it with HTML where it is such a widget.</summary>
    public JsonObject Of(JsonObject output)
    {
        string id = MultilineText.Read(output["data"].Field(WidgetProtocol.ViewMimeType).Field("model_id"));
        if (_states is null || id.Length == 0 || Still.Html(_states, id) is not { } html)
            return output;
        var still = (JsonObject)output.DeepClone();
        still["data"]![MimeTypes.Html] = html;
        return still;
    }
}
