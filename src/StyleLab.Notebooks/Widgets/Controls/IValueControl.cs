namespace StyleLab.Notebooks.Widgets;

/// <summary>A control with a value of any type.</summary>
internal interface IValueControl
{
    object? Value { get; }
}
