using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>Widgets as a notebook keeps them in its metadata.</summary>
internal static class SavedWidgets
{
    public static JsonObject Of(IEnumerable<WidgetModel> widgets)
    {
        var states = new JsonObject();
        foreach (var widget in widgets)
            Add(states, widget);
        return new JsonObject { ["version_major"] = 2, ["version_minor"] = 0, ["state"] = states };
    }

    /// <summary>A widget and all it consists of, by id.</summary>
    public static JsonObject StatesOf(WidgetModel widget)
    {
        var states = new JsonObject();
        AddWithParts(states, widget);
        return states;
    }

    /// <summary>What a widget is, and its fields.</summary>
    public static JsonObject Entry(WidgetModel widget, JsonObject state) => new()
    {
        ["model_module"] = widget.Front.Module,
        ["model_module_version"] = widget.Front.Version,
        ["model_name"] = widget.Front.Model,
        ["state"] = state,
    };

    private static void AddWithParts(JsonObject states, WidgetModel widget)
    {
        if (states.ContainsKey(widget.Id))
            return;
        Add(states, widget);
        foreach (var part in widget.Parts)
            AddWithParts(states, part);
    }

    private static void Add(JsonObject states, WidgetModel widget)
    {
        var (state, binary) = widget.Snapshot();
        var entry = Entry(widget, state);
        if (binary.Count > 0)
        {
            entry["buffers"] = new JsonArray([.. binary.Select(part => (JsonNode)new JsonObject
            {
                ["data"] = Convert.ToBase64String(part.Value), ["encoding"] = "base64", ["path"] = new JsonArray(part.Key),
            })]);
        }

        states[widget.Id] = entry;
    }
}
