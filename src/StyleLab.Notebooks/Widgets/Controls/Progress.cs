using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>A bar that says how far something is. Any thread may report.</summary>
public sealed class Progress : Control, IProgress<double>
{
    internal Progress(double value, double max, string description) : base(WidgetClass.Progress, WidgetClass.Style("Progress"), description)
    {
        if (!(max > 0 && double.IsFinite(max)))
            throw new ArgumentException($"A progress bar ends above 0, got {max.ToString(System.Globalization.CultureInfo.InvariantCulture)}.");
        Set("min", 0.0);
        Set("max", max);
        Set("bar_style", "");
        Set("orientation", "horizontal");
        Value = value;
    }

    /// <summary>How much is done, from 0 to <see cref="Max"/>; values outside are limited to that.</summary>
    public double Value
    {
        get => GetNumber("value");
        set => Set("value", JsonValue.Create(double.IsNaN(value) ? 0 : Math.Clamp(value, 0, Max)));
    }

    /// <summary>What is to be done in all.</summary>
    public double Max => GetNumber("max");

    /// <summary>Says how much is done.</summary>
    public void Report(double value) => Value = value;
}
