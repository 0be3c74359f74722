using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>A whole number between two others, chosen by dragging.</summary>
public sealed class IntSlider : Slider<int>
{
    internal IntSlider(int value, int min, int max, int step, string description) : base("IntSlider", description, value, min, max, step, "d")
    {
    }

    /// <summary>The number; values outside of the range are limited to it.</summary>
    public override int Value { get => (int)Number("value"); set => SetNumber("value", value); }

    /// <summary>The smallest value.</summary>
    public int Min { get => (int)Number("min"); set => SetNumber("min", value); }

    /// <summary>The largest value.</summary>
    public int Max { get => (int)Number("max"); set => SetNumber("max", value); }

    private protected override JsonNode Node(double number) => JsonValue.Create((int)Math.Round(number));
}
