namespace StyleLab.Notebooks.Widgets;

/// <summary>Something to press.</summary>
public sealed class Button : Control
{
    private readonly CellEvent<Button> _clicked = new();

    internal Button(string description, ButtonLook look) : base(WidgetClass.Control("Button"), WidgetClass.Style("Button"), description)
    {
        Set("button_style", look == ButtonLook.Plain ? "" : look.ToString().ToLowerInvariant());
        Set("icon", "");
        Set("tooltip", null);
    }

    /// <summary>Called when it is pressed; for threads and outputs see <see cref="ValueControl{T}.Changed"/>. No press is left out.</summary>
    public event Action<Button>? Clicked { add => _clicked.Add(value); remove => _clicked.Remove(value); }

    /// <summary>Does what a press does.</summary>
    public void Click() => _clicked.Raise(this, takesPlace: false);

    internal override bool ReceiveEvent(string name)
    {
        if (name != "click")
            return false;
        Click();
        return true;
    }
}
