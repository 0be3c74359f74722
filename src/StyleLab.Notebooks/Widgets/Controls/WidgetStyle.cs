namespace StyleLab.Notebooks.Widgets;

/// <summary>The look of a control: descriptions have the room they need.</summary>
internal sealed class WidgetStyle : WidgetModel
{
    public WidgetStyle(WidgetClass front) : base(front)
    {
        if (front.Model is not ("ButtonStyleModel" or "LabelStyleModel"))
            Set("description_width", "initial");
    }
}
