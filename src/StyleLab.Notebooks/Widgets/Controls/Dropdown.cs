using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>One of several values, chosen from a list.</summary>
/// <typeparam name="T">What the values are.</typeparam>
public sealed class Dropdown<T> : ValueControl<T>, IDropdown
{
    private readonly T[] _options;
    private readonly string[] _labels;

    internal Dropdown(IEnumerable<T> options, int index, string description, Func<T, string>? label)
        : base(WidgetClass.Control("Dropdown"), WidgetClass.Style("Description"), description)
    {
        _options = [.. options];
        if (_options.Length == 0)
            throw new ArgumentException("A dropdown offers at least one value, got none.");
        label ??= option => PlainText.Of(option);
        _labels = [.. _options.Select(label)];
        Set("_options_labels", new JsonArray([.. _labels.Select(text => (JsonNode)text)]));
        Index = index;
    }

    /// <summary>What can be chosen.</summary>
    public IReadOnlyList<T> Options => _options;

    /// <summary>The value that is chosen; must be one of <see cref="Options"/>.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public override T Value
    {
        get => _options[Index];
        set
        {
            int index = Array.IndexOf(_options, value);
            if (index < 0)
                throw new ArgumentException($"The dropdown does not offer {PlainText.Of(value)}; it has {string.Join(", ", _labels.Take(10))}.");
            Index = index;
        }
    }

    /// <summary>The place of the chosen value in the list, from 0.</summary>
    public int Index
    {
        get => (int)GetNumber("index");
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, _options.Length);
            Set("index", value);
        }
    }

    IReadOnlyList<string> IDropdown.Labels => _labels;

    private protected override string Input => "index";

    private protected override bool TryAccept(JsonNode? value, out JsonNode? accepted)
    {
        bool isPlace = Number(value) is { } index && index == Math.Floor(index) && index >= 0 && index < _options.Length;
        accepted = isPlace ? JsonValue.Create((int)Number(value)!.Value) : null;
        return isPlace;
    }
}
