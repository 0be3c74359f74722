namespace StyleLab.Notebooks.Widgets;

/// <summary>A widget with a name beside it that can be switched off.</summary>
public abstract class Control : Widget
{
    private readonly WidgetStyle _style;

    private protected Control(WidgetClass front, WidgetClass style, string description) : base(front)
    {
        _style = new WidgetStyle(style);
        Set("style", ReferenceTo(_style));
        Set("disabled", false);
        Description = description;
    }

    /// <summary>What stands beside it.</summary>
    public string Description { get => GetText("description"); set => Set("description", value); }

    /// <summary>Whether it cannot be used.</summary>
    public bool Disabled { get => GetFlag("disabled"); set => Set("disabled", value); }

    internal override IEnumerable<WidgetModel> Parts => [.. base.Parts, _style];
}
