using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace StyleLab.Json;

/// <summary>What is wrong with JSON, in words: the place, what was found there and what was expected.</summary>
internal static partial class JsonFault
{
    /// <summary>The end of a sentence, without its full stop.</summary>
    /// <param name="error">What the reader says.</param>
    /// <param name="json">What it reads, if that is JSON at all.</param>
    /// <param name="record">The record that it is to become.</param>
    public static string Of(Exception error, JsonNode? json, JsonTypeInfo? record = null)
    {
        string path = (error as JsonException)?.Path ?? (PathIn().Match(error.Message) is { Success: true } match ? match.Groups["path"].Value : "");
        string place = path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path.TrimStart('$');
        string at = place.Length == 0 ? "" : $"at {place}: ";
        string message = PathIn().Replace(error.Message, "").TrimEnd('.', ' ');
        if (Twice().Match(message) is { Success: true } twice)
            return $"it has the key '{twice.Groups["key"]}' twice in one object";
        if (json is null)
        {
            string fault = message.Contains("maximum configured depth", StringComparison.Ordinal) ? "is nested too deeply" : "breaks off or is damaged";
            return error is JsonException { LineNumber: { } line } ? $"its JSON {fault} in line {line + 1}" : message;
        }

        if (Unknown().Match(message) is { Success: true } unknown)
            return $"{at}there is no setting '{unknown.Groups["key"]}' here";
        if (message.Contains("could not be converted to", StringComparison.Ordinal))
            return $"{(place.Length == 0 ? "it" : place)} is {Found(json, path)}, expected {Expected(TypeAt(record, json, path))}";
        if (message.Contains("doesn't allow null", StringComparison.Ordinal))
            return $"{(place.Length == 0 ? "a part" : place)} is null";
        if (message.Contains("type discriminator", StringComparison.Ordinal))
            return $"{at}the kind of this part is missing or not known";
        return at + message;
    }

    private static string Found(JsonNode json, string path) => At(json, path) is not { } node ? "null" : node.GetValueKind() switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Short(node.ToJsonString()),
        _ => $"the text {Short(node.ToJsonString())}",
    };

    private static JsonNode? At(JsonNode json, string path)
    {
        JsonNode? node = json;
        foreach (Match step in Step().Matches(path))
            node = Inner(node, step);
        return node;
    }

    private static JsonNode? Inner(JsonNode? node, Match step) => step.Groups["index"].Success
        ? node is JsonArray list && int.TryParse(step.Groups["index"].Value, CultureInfo.InvariantCulture, out int index) && index < list.Count ? list[index] : null
        : (node as JsonObject)?[step.Groups["name"].Value];

    private static string Expected(JsonTypeInfo? expected)
    {
        var type = Nullable.GetUnderlyingType(expected?.Type ?? typeof(object)) ?? expected?.Type ?? typeof(object);
        return type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(double) ? "a number"
            : type == typeof(bool) ? "true or false"
            : type == typeof(string) ? "text"
            : type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))
            : expected?.Kind == JsonTypeInfoKind.Enumerable ? "a list"
            // What has a converter of its own is written as one value.
            : expected?.Kind == JsonTypeInfoKind.None ? "text"
            : "an object";
    }

    /// <summary>What a record has at a place; null where that cannot be told.</summary>
    private static JsonTypeInfo? TypeAt(JsonTypeInfo? type, JsonNode? json, string path)
    {
        foreach (Match step in Step().Matches(path))
        {
            if (type?.PolymorphismOptions is { } kinds)
            {
                string? kind = (json as JsonObject)?[kinds.TypeDiscriminatorPropertyName]?.ToString();
                var derived = kinds.DerivedTypes.FirstOrDefault(derived => Equals(derived.TypeDiscriminator, kind));
                type = derived.DerivedType is null ? null : type.Options.GetTypeInfo(derived.DerivedType);
            }
            var inner = step.Groups["index"].Success ? type?.ElementType
                : type?.Properties.FirstOrDefault(property => property.Name == step.Groups["name"].Value)?.PropertyType;
            json = Inner(json, step);
            type = inner is null ? null : type!.Options.GetTypeInfo(inner);
        }
        return type;
    }

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;

    [GeneratedRegex(@" Path: (?<path>\$[^|]*?)(?: \||\.$|$).*$", RegexOptions.Singleline)]
    private static partial Regex PathIn();

    [GeneratedRegex("[Dd]uplicate property '(?<key>.*?)'", RegexOptions.Singleline)]
    private static partial Regex Twice();

    [GeneratedRegex("The JSON property '(?<key>.*?)' could not be mapped", RegexOptions.Singleline)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"\[(?<index>\d+)\]|\['(?<name>[^']*)'\]|\.(?<name>[^.\[]+)")]
    private static partial Regex Step();
}
