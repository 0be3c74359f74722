using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>
/// The one way in which JSON that others wrote comes in: read whole and strictly, so that nothing of it can fail later, and looked into
/// by <see cref="Field"/>, which does not mind what else stands where an object is expected.
/// </summary>
internal static partial class JsonText
{
    /// <summary>How deep objects and lists may be nested.</summary>
    public const int MostDepth = 256;

    // Each key once: a node finds that out only when somebody looks into it.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MostDepth };

    /// <summary>Reads JSON; half characters, which programs leave that cut a text in the middle of an emoji, become �.</summary>
    /// <param name="json">The text.</param>
    /// <param name="depth">How deep objects and lists may be nested.</param>
    /// <exception cref="JsonException">It is not JSON, is nested deeper, or an object has a key twice.</exception>
    public static JsonNode? Parse(string json, int depth = MostDepth)
    {
        try
        {
            return JsonNode.Parse(Whole(json), documentOptions: Strict with { MaxDepth = depth });
        }
        catch (ArgumentException broken)
        {
            throw new JsonException("the text has half characters", broken);
        }
    }

    /// <summary>What is wrong with JSON that cannot be read, as the end of a sentence without its full stop.</summary>
    public static string Problem(JsonException broken)
    {
        string where = broken.LineNumber is { } line ? $" at line {line + 1}" : "";
        return DuplicateKey().Match(broken.Message) is { Success: true } twice
            ? $"its JSON has the key '{twice.Groups["key"]}' twice in one object{where}"
            : $"its JSON {(IsTooDeep(broken) ? "is nested too deeply" : "breaks off or is damaged")}{where}";
    }

    private static bool IsTooDeep(JsonException broken) => broken.Message.Contains("maximum configured depth", StringComparison.Ordinal);

    /// <summary>A field of an object; null if it is not there, or the node is no object.</summary>
    public static JsonNode? Field(this JsonNode? node, string name) =>
        node is JsonObject fields && fields.TryGetPropertyValue(name, out var value) ? value : null;

    /// <summary>A node in words, such as "a string".</summary>
    public static string KindOf(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    private static string Whole(string json) => !HalfEscape().IsMatch(json) ? json : Escape().Replace(json, escape =>
        escape.Length == HalfLength && char.ToLowerInvariant(escape.Value[2]) == 'd' && escape.Value[3] >= '8' ? "\\ufffd" : escape.Value);

    private const int HalfLength = 6;

    [GeneratedRegex(@"\\u[dD][89a-fA-F]")]
    private static partial Regex HalfEscape();

    // A pair is one match, and so is a backslash with whatever it escapes.
    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", RegexOptions.Singleline)]
    private static partial Regex Escape();

    [GeneratedRegex("[Dd]uplicate property '(?<key>.*?)'", RegexOptions.Singleline)]
    private static partial Regex DuplicateKey();
}
