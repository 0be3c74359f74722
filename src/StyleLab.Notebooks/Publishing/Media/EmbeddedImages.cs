using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>Puts the pictures and films that a notebook refers to into the page itself.</summary>
/// <param name="folder">Where they are looked for; null to take in none.</param>
/// <param name="allowOutside">Whether a path or a link may lead out of the folder.</param>
/// <param name="notes">Hears of what lies outside.</param>
internal sealed class EmbeddedImages(string? folder, bool allowOutside = false, PublishNotes? notes = null)
{
    private const long MostBytes = 200_000_000;

    /// <summary>A data URI for a local picture or an attachment of the cell; other addresses stay as they are.</summary>
    public string Resolve(string address, JsonNode? attachments = null)
    {
        const string attachment = "attachment:";
        if (address.StartsWith(attachment, StringComparison.Ordinal))
        {
            string name = address[attachment.Length..];
            return (attachments.Field(name) ?? attachments.Field(Uri.UnescapeDataString(name))) is JsonObject { Count: > 0 } types
                ? $"data:{types.First().Key};base64,{MultilineText.Read(types.First().Value).ReplaceLineEndings("")}"
                : address;
        }

        return Embedded(address, PictureType(address)) ?? address;
    }

    /// <summary>A data URI for a local picture, film or sound; other addresses stay as they are.</summary>
    public string ResolveMedia(string address) => Embedded(address, PictureType(address) ?? MediaType(address)) ?? address;

    private string? Embedded(string address, string? mimeType)
    {
        if (folder == null || mimeType == null || address.Contains(':') || address.Contains('\0') || PublishNotes.IsRemote(address))
            return null;
        try
        {
            string file = Path.Combine(folder, Uri.UnescapeDataString(address));
            if (!File.Exists(file))
                return null;
            if (!allowOutside && !RealPath.IsInside(file, folder))
            {
                notes?.Outside(address);
                return null;
            }

            // A pipe or a device has no length, and would be waited for without end.
            return new FileInfo(RealPath.Of(file)).Length is > 0 and <= MostBytes
                ? $"data:{mimeType};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}" : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static string? PictureType(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".png" => MimeTypes.Png,
        ".jpg" or ".jpeg" => MimeTypes.Jpeg,
        ".gif" => MimeTypes.Gif,
        ".svg" => MimeTypes.Svg,
        ".webp" => MimeTypes.Webp,
        _ => null,
    };

    private static string? MediaType(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".mp4" or ".m4v" => "video/mp4",
        ".webm" => "video/webm",
        ".mp3" => "audio/mpeg",
        ".wav" => "audio/wav",
        ".ogg" => "audio/ogg",
        _ => null,
    };
}
