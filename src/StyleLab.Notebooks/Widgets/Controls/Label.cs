namespace StyleLab.Notebooks.Widgets;

/// <summary>A line of text that code changes.</summary>
public sealed class Label : Widget
{
    private readonly WidgetStyle _style = new(WidgetClass.Style("Label"));

    internal Label(string value) : base(WidgetClass.Control("Label"))
    {
        Set("style", ReferenceTo(_style));
        Set("description", "");
        Layout.Width = "auto"; // Old front ends give every label the same room.
        Value = value;
    }

    /// <summary>The text.</summary>
    public string Value { get => GetText("value"); set => Set("value", value ?? ""); }

    internal override IEnumerable<WidgetModel> Parts => [.. base.Parts, _style];
}
