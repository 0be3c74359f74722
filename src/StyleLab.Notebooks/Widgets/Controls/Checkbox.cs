using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>Yes or no.</summary>
public sealed class Checkbox : ValueControl<bool>
{
    internal Checkbox(bool value, string description) : base(WidgetClass.Control("Checkbox"), WidgetClass.Style("Checkbox"), description)
    {
        Set("indent", false);
        Set("value", value);
    }

    /// <summary>Whether it is ticked.</summary>
    public override bool Value { get => GetFlag("value"); set => Set("value", value); }

    private protected override string Input => "value";

    private protected override bool TryAccept(JsonNode? value, out JsonNode? accepted)
    {
        accepted = value?.DeepClone();
        return value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;
    }
}
