using System.Globalization;

namespace StyleLab.Notebooks;

/// <summary>What the pictures of imaging libraries have in common.</summary>
internal static class KnownPicture
{
    /// <summary>A picture and what it is in words.</summary>
    public static MimeBundle Of(string mimeType, byte[] file, string text) =>
        new() { { mimeType, Convert.ToBase64String(file) }, { MimeTypes.PlainText, text } };

    /// <summary>"SKBitmap, 640×480".</summary>
    public static string Text(object picture, object? width, object? height) =>
        string.Create(CultureInfo.InvariantCulture, $"{TypeName.Of(picture.GetType())}, {width}×{height}");
}
