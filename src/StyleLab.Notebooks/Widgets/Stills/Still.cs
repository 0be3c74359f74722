using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>A widget as it is now, for readers that have no widgets.</summary>
internal static class Still
{
    /// <summary>As HTML that needs no script.</summary>
    public static string Html(WidgetModel widget) =>
        $"<div class=\"widget-still\">{new StillHtml(SavedWidgets.StatesOf(widget)).Of(widget.Id)}</div>";

    /// <summary>The same of a saved widget; null if it is not there.</summary>
    /// <param name="states">The saved widgets by id.</param>
    /// <param name="id">Which.</param>
    public static string? Html(JsonObject states, string id) =>
        states[id] is JsonObject ? $"<div class=\"widget-still\">{new StillHtml(states).Of(id)}</div>" : null;

    /// <summary>As a line of text.</summary>
    public static string Text(Widget widget)
    {
        string description = widget is Control { Description: { Length: > 0 } name } ? $" \"{name}\"" : "";
        string value = widget switch
        {
            Image image => image.Content.Length == 0 ? "" : $": {image.Format}, {image.Content.Length} bytes",
            Box box => $" of {box.Children.Count}",
            Label label => $": {label.Value}",
            Progress bar => $": {PlainText.Of(bar.Value)} of {PlainText.Of(bar.Max)}",
            IDropdown dropdown => $": {dropdown.Labels[dropdown.Index]}",
            IValueControl control => $": {PlainText.Of(control.Value)}",
            _ => "",
        };
        return $"{widget.Name}{description}{value}";
    }
}
