using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace StyleLab.Json;

/// <summary>
/// The one way from the JSON of a file into records: each key once, nothing null that may not be, also inside lists, and what is wrong in
/// a sentence that says where it is, what was found and what was expected.
/// </summary>
internal static class JsonRecord
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads JSON.</summary>
    /// <param name="json">The text.</param>
    /// <param name="what">What it is, at the beginning of a sentence.</param>
    /// <exception cref="StyleLabException">It is not JSON, or an object has a key twice.</exception>
    public static JsonNode? Parse(string json, string what) =>
        TryParse(json, out var node, out string fault) ? node : throw new StyleLabException($"{what} cannot be read: {fault}.");

    /// <summary>Reads a record from JSON.</summary>
    /// <exception cref="StyleLabException">It is no such record.</exception>
    public static T Read<T>(string json, JsonSerializerOptions options, string what) where T : class => Read<T>(Parse(json, what), options, what);

    /// <inheritdoc cref="Read{T}(string, JsonSerializerOptions, string)"/>
    public static T Read<T>(JsonNode? json, JsonSerializerOptions options, string what) where T : class =>
        TryRead<T>(json, options, out string fault) ?? throw new StyleLabException($"{what} cannot be read: {fault}.");

    /// <inheritdoc cref="TryRead{T}(JsonNode, JsonSerializerOptions, out string)"/>
    public static T? TryRead<T>(string json, JsonSerializerOptions options, out string fault) where T : class =>
        TryParse(json, out var node, out fault) ? TryRead<T>(node, options, out fault) : null;

    /// <summary>Reads a record; null if it is no such record, and what is wrong with it.</summary>
    public static T? TryRead<T>(JsonNode? json, JsonSerializerOptions options, out string fault) where T : class
    {
        fault = "it is null, expected an object";
        try
        {
            if (json.Deserialize<T>(options) is not { } record)
                return null;
            if (Missing(record, options, "") is not { } place)
                return record;
            fault = $"{place} is missing or null";
        }
        // The last ones are what a constructor says of its arguments, and a part that does not say of which kind it is.
        catch (Exception error) when (error is JsonException or ArgumentException or NotSupportedException or InvalidOperationException or FormatException or OverflowException)
        {
            fault = JsonFault.Of(error, json, options.GetTypeInfo(typeof(T)));
        }
        return null;
    }

    private static bool TryParse(string json, out JsonNode? node, out string fault)
    {
        (node, fault) = (null, "");
        try
        {
            node = JsonNode.Parse(json, documentOptions: s_strict);
            return true;
        }
        catch (JsonException error)
        {
            fault = JsonFault.Of(error, null);
        }
        // Half of a surrogate pair.
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            fault = "its text holds half of a character";
        }
        return false;
    }

    /// <summary>The place of the first null where there may be none; null if there is no such place.</summary>
    private static string? Missing(object value, JsonSerializerOptions options, string place)
    {
        var type = options.GetTypeInfo(value.GetType());
        return type.Kind switch
        {
            JsonTypeInfoKind.Object => type.Properties.Where(property => !property.PropertyType.IsValueType).Select(InProperty).FirstOrDefault(found => found is not null),
            JsonTypeInfoKind.Enumerable => ((System.Collections.IEnumerable)value).Cast<object?>()
                .Select((item, i) => InItem(item, $"{place}[{i}]")).FirstOrDefault(found => found is not null),
            JsonTypeInfoKind.Dictionary => value is System.Collections.IDictionary pairs
                ? pairs.Keys.Cast<object>().Select(key => InItem(pairs[key], $"{place}.{key}")).FirstOrDefault(found => found is not null)
                : null,
            _ => null,
        };

        string? InProperty(JsonPropertyInfo property)
        {
            string inner = place.Length == 0 ? property.Name : $"{place}.{property.Name}";
            return property.Get?.Invoke(value) is { } part ? Missing(part, options, inner)
                : property.Get is null || property.IsGetNullable ? null : inner;
        }

        string? InItem(object? item, string inner) => item is null ? inner : Missing(item, options, inner);
    }
}
