using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>The pictures of a notebook that go into files beside its text.</summary>
/// <param name="addressOf">The address, as the text is to name it, of a file in the folder of assets.</param>
/// <param name="images">Finds pictures named in Markdown cells; null to leave such names as they are.</param>
internal sealed partial class PublishedAssets(Func<string, string> addressOf, EmbeddedImages? images = null)
{
    private readonly EmbeddedImages _images = images ?? new(folder: null);
    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>The bytes of each file by its name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>Names of files begin with the number of the cell they are from.</summary>
    public int Cell { get; set; }

    /// <summary>The address of a picture, which becomes a file.</summary>
    public string Add(OutputContent picture) => Add(picture.MimeType, Bytes(picture));

    /// <summary>A picture as it is in a file.</summary>
    public static byte[] Bytes(OutputContent picture) =>
        picture.MimeType == MimeTypes.Svg ? Encoding.UTF8.GetBytes(picture.Text) : Convert.FromBase64String(picture.Text);

    /// <summary>What the name of its file ends in.</summary>
    public static string ExtensionOf(string mimeType) =>
        mimeType switch { MimeTypes.Svg => "svg", MimeTypes.Jpeg => "jpg", _ => mimeType["image/".Length..] };

    /// <summary>The address for one in a Markdown cell: local files, attachments and data URIs become files.</summary>
    public string Resolve(string address, JsonNode? attachments)
    {
        string found = _images.Resolve(address, attachments);
        return DataUri().Match(found) is { Success: true, Length: var length } match && length == found.Length ? FileFor(match) : found;
    }

    /// <summary>HTML whose data URIs have become files.</summary>
    public string ExtractFrom(string html) => DataUri().Replace(html, FileFor);

    private string FileFor(Match dataUri)
    {
        try
        {
            return Add(dataUri.Groups["type"].Value, Convert.FromBase64String(dataUri.Groups["data"].Value));
        }
        catch (FormatException)
        {
            return dataUri.Value;
        }
    }

    private string Add(string mimeType, byte[] content)
    {
        if (_files.FirstOrDefault(file => file.Value.AsSpan().SequenceEqual(content)).Key is { } same)
            return addressOf(same);
        string start = FormattableString.Invariant($"cell-{Cell:00}-");
        int number = 1 + _files.Keys.Count(name => name.StartsWith(start, StringComparison.Ordinal));
        string name = FormattableString.Invariant($"{start}{number}.{ExtensionOf(mimeType)}");
        _files.Add(name, content);
        return addressOf(name);
    }

    [GeneratedRegex(@"data:(?<type>image/(?:png|jpeg|gif|webp|svg\+xml));base64,(?<data>[A-Za-z0-9+/=]+)")]
    private static partial Regex DataUri();
}
