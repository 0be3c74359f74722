using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>A line of text that can be typed.</summary>
public sealed class Text : ValueControl<string>
{
    internal Text(string value, string description, string placeholder) : base(WidgetClass.Control("Text"), WidgetClass.Style("Text"), description)
    {
        Set("placeholder", placeholder);
        Set("continuous_update", true);
        Set("value", value);
    }

    /// <summary>What stands in it.</summary>
    public override string Value { get => GetText("value"); set => Set("value", value ?? ""); }

    /// <summary>What stands there in grey while it is empty.</summary>
    public string Placeholder { get => GetText("placeholder"); set => Set("placeholder", value); }

    /// <summary>Whether the value follows while it is typed; otherwise it changes with Enter. True at first.</summary>
    public bool ContinuousUpdate { get => GetFlag("continuous_update"); set => Set("continuous_update", value); }

    private protected override string Input => "value";

    // Enter is no change.
    internal override bool ReceiveEvent(string name) => name == "submit";

    private protected override bool TryAccept(JsonNode? value, out JsonNode? accepted)
    {
        accepted = value?.DeepClone();
        return value?.GetValueKind() == JsonValueKind.String;
    }
}
