using System.Text.Json;

namespace StyleLab.Networks;

/// <summary>One object of a description's JSON; whatever is wrong with it is said in a sentence that begins with what it is.</summary>
/// <param name="what">The object as messages call it, such as <c>Layer 3 of 'my-net.json'</c>.</param>
/// <param name="element">The JSON.</param>
internal sealed class DescriptionObject(string what, JsonElement element)
{
    /// <summary>Refuses what is no object, or has a property twice or one that is not known.</summary>
    public DescriptionObject Knowing(params string[] properties)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong("must be an object in braces");
        var seen = new HashSet<string>();
        foreach (var property in element.EnumerateObject())
        {
            if (!seen.Add(property.Name))
                throw Wrong($"has {Quoted.Text(property.Name)} twice");
            if (!properties.Contains(property.Name))
                throw Wrong($"has an unknown property {Quoted.Text(property.Name)}; did you mean "
                    + $"'{NearestNames.Find(property.Name, properties, 1)[0]}'? Known are {string.Join(", ", properties)}");
        }
        return this;
    }

    /// <summary>A text, or null when it is not there.</summary>
    public string? Text(string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw Wrong($"needs a text for '{name}', got {Quoted.Text(value.GetRawText())}");
    }

    /// <summary>True if there is a property of that name.</summary>
    public bool Has(string name) => element.TryGetProperty(name, out _);

    /// <summary>A list of texts, or null when it is not there or something else.</summary>
    public IReadOnlyList<string>? Texts(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : null;

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string name, string example) => Text(name) ?? throw Wrong($"needs a '{name}', such as {example}");

    /// <summary>A whole number between two limits.</summary>
    public int Number(string name, int least, int most, int? otherwise)
    {
        if (!element.TryGetProperty(name, out var value))
            return otherwise ?? throw Wrong($"needs '{name}', a whole number from {least} to {most}");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong($"needs a whole number from {least} to {most} for '{name}', got {Quoted.Text(value.GetRawText())}");
    }

    /// <summary>A number above zero.</summary>
    public double Positive(string name, double otherwise)
    {
        if (!element.TryGetProperty(name, out var value))
            return otherwise;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number > 0 && double.IsFinite(number)
            ? number
            : throw Wrong($"needs a number above 0 for '{name}', got {Quoted.Text(value.GetRawText())}");
    }

    /// <summary>A number from 0 to 1.</summary>
    public double Share(string name, double otherwise)
    {
        if (!element.TryGetProperty(name, out var value))
            return otherwise;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= 1
            ? number
            : throw Wrong($"needs a number from 0 to 1 for '{name}', got {Quoted.Text(value.GetRawText())}");
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (!element.TryGetProperty(name, out var value))
            return otherwise;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong($"needs true or false for '{name}', got {Quoted.Text(value.GetRawText())}");
    }

    /// <summary>The elements of a list that must be there.</summary>
    public IEnumerable<JsonElement> List(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : throw Wrong($"needs '{name}', a list in brackets");

    /// <summary>An error about this object.</summary>
    public StyleLabException Wrong(string sentence) => new($"{what} {sentence}.");
}
