using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace StyleLab.Runs;

/// <summary>Where two parts of recipes differ, by their JSON.</summary>
/// <param name="Place">Where it is, such as <c>objective.terms[1].weight</c>.</param>
/// <param name="First">What the first one has there.</param>
/// <param name="Second">What the second one has there.</param>
internal sealed record RecipeDifference(string Place, string First, string Second)
{
    private const string Code = "custom", Values = "values", Sha256 = "sha256", Operations = "operations";

    private const int LongestText = 60;

    /// <summary>Writes parts for a comparison: a picture by its origin, and by the hash of its values.</summary>
    public static JsonSerializerOptions Naming { get; } = RecipeJson.Options(new NamingConverter());

    /// <summary>The first difference; null if there is none that can be told.</summary>
    /// <param name="first">A part as a recipe has it; a picture in it may be written in any of their ways.</param>
    /// <param name="second">The same part of another, written with <see cref="Naming"/>.</param>
    /// <param name="place">What the part is called.</param>
    public static RecipeDifference? Of(JsonNode? first, JsonNode? second, string place)
    {
        if (second is JsonObject picture && picture.ContainsKey(Values))
            return IsSamePicture(first, picture) ? null : new(place, NameOf(first), NameOf(second));
        if (first is JsonObject fields && second is JsonObject others)
            // Settings that are new since a recipe was written are not in it.
            return fields.Select(field => Of(field.Value, others[field.Key], place.Length == 0 ? field.Key : $"{place}.{field.Key}")).FirstOrDefault(found => found is not null);
        if (first is JsonArray list && second is JsonArray otherList && list.Count == otherList.Count)
            return list.Select((item, i) => Of(item, otherList[i], $"{place}[{i}]")).FirstOrDefault(found => found is not null);
        return JsonNode.DeepEquals(first, second) ? null : new(place, NameOf(first), NameOf(second));
    }

    /// <summary>The kinds of a part and of all within, such as <c>sum(content, weighted(custom edges))</c>.</summary>
    public static string Outline(JsonNode? part)
    {
        if (part is not JsonObject node)
            return "nothing";
        string text = node["kind"]?.ToString() ?? "";
        if (text == Code)
            text += " " + node["name"]?.ToString();
        var inner = node["terms"] is JsonArray terms ? terms.Select(Outline) : node["loss"] is { } loss ? [Outline(loss)] : [];
        return inner.Any() ? $"{text}({string.Join(", ", inner)})" : text;
    }

    /// <summary>False if it is another picture; one that is nowhere named could be the same.</summary>
    private static bool IsSamePicture(JsonNode? recorded, JsonObject given)
    {
        if (recorded is not JsonObject known)
            return true;
        if (known[CarriedPictures.Carried] is { } carried)
            return JsonNode.DeepEquals(carried, given[Values]);
        return given[Sha256] is null
            || (JsonNode.DeepEquals(known[Sha256], given[Sha256]) && JsonNode.DeepEquals(known[Operations], given[Operations]));
    }

    private static string NameOf(JsonNode? node)
    {
        if (node is JsonObject picture && picture["file"] is { } file)
            return $"{file}{(picture[Operations] is JsonArray { Count: > 0 } done ? $" ({string.Join(", ", done)})" : "")}";
        if (node is JsonObject made && (made.ContainsKey(CarriedPictures.Carried) || made.ContainsKey(Values)))
            return "a picture made in code";
        string text = node?.ToJsonString(RecipeJson.Writing) ?? "nothing";
        return text.Length > LongestText ? text[..LongestText] + "…" : text;
    }

    private sealed class NamingConverter : JsonConverter<Picture>
    {
        public override Picture Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("A name is not a picture.");

        public override void Write(Utf8JsonWriter writer, Picture value, JsonSerializerOptions options)
        {
            var name = JsonSerializer.SerializeToNode(value.Origin, options) as JsonObject ?? [];
            name[Values] = CarriedPictures.HashOf(value);
            name.WriteTo(writer, options);
        }
    }
}
