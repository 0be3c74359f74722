using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>
/// One value in every MIME type it can be shown in, in order of insertion. Content is text: base64 for binary pictures,
/// JSON text for JSON types.
/// </summary>
public sealed class MimeBundle : IReadOnlyCollection<KeyValuePair<string, string>>
{
    // It becomes part of a notebook, which has to be read again.
    private const int MostDepth = JsonText.MostDepth / 2;

    private readonly OrderedDictionary<string, string> _contents = new(StringComparer.OrdinalIgnoreCase);

    public int Count => _contents.Count;

    /// <summary>The content in one type, or null.</summary>
    public string? this[string mimeType] => _contents.GetValueOrDefault(mimeType);

    /// <summary>True for <c>application/json</c> and every <c>…+json</c>, whose content is JSON and not a
    /// string.</summary>
    public static bool IsJson(string mimeType) =>
        mimeType.Equals(MimeTypes.Json, StringComparison.OrdinalIgnoreCase) ||
        mimeType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds or replaces the content of one type.</summary>
    public void Add(string mimeType, string content) => _contents[mimeType] = content;

    public bool Contains(string mimeType) => _contents.ContainsKey(mimeType);

    /// <summary>Only these types, if the bundle has any of them; otherwise all.</summary>
    public MimeBundle Only(IReadOnlyCollection<string> mimeTypes)
    {
        var chosen = new MimeBundle();
        foreach (string mimeType in mimeTypes)
        {
            if (this[mimeType] is { } content)
                chosen.Add(mimeType, content);
        }

        return chosen.Count > 0 ? chosen : this;
    }

    /// <summary>The bundle as Jupyter's messages carry it: JSON types as JSON, all others as strings.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (mimeType, content) in _contents)
            json[mimeType] = IsJson(mimeType) ? ParseOrQuote(content) : JsonValue.Create(content);
        return json;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _contents.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // A formatter of the user's may write broken JSON; it is then kept as the text it is.
    private static JsonNode? ParseOrQuote(string content)
    {
        try
        {
            return JsonText.Parse(content, MostDepth);
        }
        catch (JsonException)
        {
            return JsonValue.Create(content);
        }
    }
}
