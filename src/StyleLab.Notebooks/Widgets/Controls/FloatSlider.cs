using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>A number between two others, chosen by dragging.</summary>
public sealed class FloatSlider : Slider<double>
{
    internal FloatSlider(double value, double min, double max, double? step, string description)
        : base("FloatSlider", description, value, min, max, step ?? StepFor(min, max), $".{Decimals(step ?? StepFor(min, max))}f")
    {
    }

    /// <summary>The number; values outside of the range are limited to it.</summary>
    public override double Value { get => Number("value"); set => SetNumber("value", value); }

    /// <summary>The smallest value.</summary>
    public double Min { get => Number("min"); set => SetNumber("min", value); }

    /// <summary>The largest value.</summary>
    public double Max { get => Number("max"); set => SetNumber("max", value); }

    private protected override JsonNode Node(double number) => JsonValue.Create(number);

    // About a hundred steps of a round size.
    private static double StepFor(double min, double max) => max > min && double.IsFinite(max - min) ? Math.Pow(10, Math.Floor(Math.Log10((max - min) / 50))) : 1;

    private static int Decimals(double step) => step > 0 ? Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 9) : 0;
}
