namespace StyleLab.Notebooks.Widgets;

/// <summary>How large a widget is: lengths as in CSS, such as "300px", "50%" or "auto"; empty where the front end decides.</summary>
public sealed class Layout : WidgetModel
{
    internal Layout() : base(WidgetClass.Layout)
    {
        foreach (string name in (string[])["width", "height", "margin", "padding"])
            Set(name, null);
    }

    /// <summary>How wide.</summary>
    public string Width { get => GetText("width"); set => Set("width", value); }

    /// <summary>How high.</summary>
    public string Height { get => GetText("height"); set => Set("height", value); }

    /// <summary>The room around it.</summary>
    public string Margin { get => GetText("margin"); set => Set("margin", value); }

    /// <summary>The room inside it, around what it shows.</summary>
    public string Padding { get => GetText("padding"); set => Set("padding", value); }
}
