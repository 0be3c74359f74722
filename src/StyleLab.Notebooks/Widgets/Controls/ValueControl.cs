namespace StyleLab.Notebooks.Widgets;

/// <summary>A control with a value that the user of the notebook chooses.</summary>
/// <typeparam name="T">What the values are.</typeparam>
public abstract class ValueControl<T> : Control, IValueControl
{
    private readonly CellEvent<T> _changed = new();

    private protected ValueControl(WidgetClass front, WidgetClass style, string description) : base(front, style, description)
    {
    }

    /// <summary>The value as it is now, here and in every view.</summary>
    public abstract T Value { get; set; }

    /// <summary>
    /// Called with the value when it has changed, from the notebook or from code. Handlers of a session run one after the other on a thread of their own,
    /// also while a cell runs; of values that come faster than a handler is, the newest is handled. What they print stands below the cell that added them.
    /// </summary>
    public event Action<T>? Changed { add => _changed.Add(value); remove => _changed.Remove(value); }

    object? IValueControl.Value => Value;

    private protected override void HasChanged(string name)
    {
        if (name == Input)
            _changed.Raise(Value, takesPlace: true);
    }
}
