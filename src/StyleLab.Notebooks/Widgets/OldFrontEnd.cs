using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>
/// What the front end of ipywidgets 6 wants otherwise, which Debian 12 has for its classic Notebook: one module for all, fields in the opening message
/// itself, pictures as text, and no outputs inside widgets. A client that has it says so when it connects.
/// </summary>
internal static class OldFrontEnd
{
    /// <summary>Which versions of it are known here.</summary>
    public const string Versions = "^2.1.0";

    /// <summary>There views stand above the outputs, and what stands for them among these would be there twice.</summary>
    public const string HidesStills =
        "<style>.widget-area:not([style*=\"none\"]) ~ .output_wrapper .widget-still{display:none}</style>";

    private const string Module = "jupyter-js-widgets";
    private static readonly string[] s_styles = ["ButtonStyleModel", "ProgressStyleModel", "SliderStyleModel"];

    /// <summary>All fields of a widget, as it has them.</summary>
    public static JsonObject State(WidgetModel widget)
    {
        var (state, binary) = widget.Snapshot();
        foreach (string which in (string[])["model", "view"])
            (state[$"_{which}_module"], state[$"_{which}_module_version"]) = (Module, Versions);
        if (widget is OutputArea)
            (state["_model_name"], state["_view_name"]) = ("HTMLModel", "HTMLView");
        if (widget is Progress)
            state["_model_name"] = "ProgressModel";
        if (widget is WidgetStyle && !s_styles.Contains(widget.Front.Model))
            state["_model_name"] = "StyleModel";
        foreach (var (name, value) in Beside(widget, [.. state.Select(field => field.Key), .. binary.Keys]))
            state[name] = value?.DeepClone();
        return state;
    }

    /// <summary>Fields that it wants beside some that have changed.</summary>
    public static JsonObject Beside(WidgetModel widget, IReadOnlyCollection<string> changed) => widget switch
    {
        Image image when changed.Contains("value") => new() { ["_b64value"] = Convert.ToBase64String(image.Content) },
        IDropdown dropdown when changed.Contains("index") => new() { ["value"] = dropdown.Labels[dropdown.Index] },
        OutputArea area when changed.Contains("outputs") => new() { ["value"] = Still.Html(area) },
        _ => [],
    };

    /// <summary>Changes that it sent, as they are called today.</summary>
    public static JsonObject Read(WidgetModel widget, JsonObject changes)
    {
        if (widget is not IDropdown dropdown || changes["value"] is not { } chosen)
            return changes;
        var read = (JsonObject)changes.DeepClone();
        read.Remove("value");
        read["index"] = dropdown.Labels.ToList().IndexOf(MultilineText.Read(chosen));
        return read;
    }
}
