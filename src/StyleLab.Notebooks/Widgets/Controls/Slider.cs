using System.Globalization;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>A value between two others, chosen by dragging.</summary>
/// <typeparam name="T">What the values are.</typeparam>
public abstract class Slider<T> : ValueControl<T>
{
    private protected Slider(string name, string description, double value, double min, double max, double step, string format)
        : base(WidgetClass.Control(name), WidgetClass.Style("Slider"), description)
    {
        RequireRange(min, max);
        if (!(step > 0 && double.IsFinite(step)))
            throw new ArgumentException($"The step of a slider is above 0, got {step.ToString(CultureInfo.InvariantCulture)}.");
        Set("min", Node(min));
        Set("max", Node(max));
        Set("step", Node(step));
        Set("value", Node(Limited(value)));
        Set("orientation", "horizontal");
        Set("readout", true);
        Set("readout_format", format);
        Set("continuous_update", true);
    }

    /// <summary>Whether the value follows while the slider is dragged; otherwise it changes when it is let go. True at first.</summary>
    public bool ContinuousUpdate { get => GetFlag("continuous_update"); set => Set("continuous_update", value); }

    private protected override string Input => "value";

    private protected double Number(string name) => GetNumber(name);

    private protected void SetNumber(string name, double value)
    {
        if (name == "min")
            RequireRange(value, Number("max"));
        if (name == "max")
            RequireRange(Number("min"), value);
        Set(name, Node(name == "value" ? Limited(value) : value));
        if (name is "min" or "max")
            Set("value", Node(Limited(Number("value"))));
    }

    private protected override bool TryAccept(JsonNode? value, out JsonNode? accepted)
    {
        accepted = Number(value) is { } number ? Node(Limited(number)) : null;
        return accepted is not null;
    }

    private protected abstract JsonNode Node(double number);

    private static void RequireRange(double min, double max)
    {
        if (!(double.IsFinite(min) && double.IsFinite(max) && min <= max))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A slider goes from a number to one that is not smaller, got {min} to {max}."));
        }
    }

    private double Limited(double value) => double.IsNaN(value) ? Number("min") : Math.Clamp(value, Number("min"), Number("max"));
}
