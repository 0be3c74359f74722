using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>Puts the pictures that Markdown cells refer to into the page itself.</summary>
internal sealed class EmbeddedImages(string? folder)
{
    /// <summary>A data URI for a local file or an attachment of the cell; other addresses stay as they are.</summary>
    public string Resolve(string address, JsonNode? attachments)
    {
        const string attachment = "attachment:";
        if (address.StartsWith(attachment, StringComparison.Ordinal))
        {
            string name = address[attachment.Length..];
            return (attachments.Field(name) ?? attachments.Field(Uri.UnescapeDataString(name))) is JsonObject { Count: > 0 } types
                ? $"data:{types.First().Key};base64,{MultilineText.Read(types.First().Value).ReplaceLineEndings("")}"
                : address;
        }

        if (folder == null || address.Contains(':') || MimeTypeOf(address) is not { } mimeType)
            return address;
        string file = Path.Combine(folder, Uri.UnescapeDataString(address));
        return File.Exists(file) ? $"data:{mimeType};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}" : address;
    }

    private static string? MimeTypeOf(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        ".webp" => "image/webp",
        _ => null,
    };
}
