using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks.Widgets;

/// <summary>A picture that code changes.</summary>
public sealed class Image : Widget
{
    internal Image(object? picture, string width) : base(WidgetClass.Control("Image"))
    {
        Set("format", "png");
        Set("width", width);
        Set("height", "");
        SetBytes("value", []);
        if (picture is not null)
            Show(picture);
    }

    /// <summary>The picture as a file of the format <see cref="Format"/>.</summary>
    public byte[] Content => GetBytes("value");

    /// <summary>What the file is: "png", "jpeg", "gif", "webp" or "svg+xml".</summary>
    public string Format => GetText("format");

    /// <summary>How wide it is drawn, in pixels; empty for as wide as it is.</summary>
    public string Width { get => GetText("width"); set => Set("width", value); }

    /// <summary>Shows another picture.</summary>
    /// <param name="picture">The bytes of a file (PNG, JPEG, GIF, WebP, SVG), or anything that a cell would show as a picture.</param>
    /// <exception cref="ArgumentException">It is no picture.</exception>
    public void Show(object picture)
    {
        byte[] content = picture as byte[] ?? ContentOf(picture);
        Set("format", FormatOf(content) ?? throw new ArgumentException("These bytes are no PNG, JPEG, GIF, WebP or SVG file."));
        SetBytes("value", content);
    }

    private static byte[] ContentOf(object picture)
    {
        var shown = Formatter.Format(picture);
        foreach (string type in (string[])[MimeTypes.Jpeg, MimeTypes.Png, MimeTypes.Gif, MimeTypes.Webp])
        {
            if (shown[type] is { Length: > 0 } base64)
                return Convert.FromBase64String(base64);
        }

        return shown[MimeTypes.Svg] is { } svg ? Encoding.UTF8.GetBytes(svg)
            : throw new ArgumentException($"An image shows pictures, and {TypeName.Of(picture.GetType())} is none; give a picture, or the bytes of a PNG, JPEG, GIF, WebP or SVG file.");
    }

    private static string? FormatOf(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G']))
            return "png";
        if (content.StartsWith((byte[])[0xFF, 0xD8]))
            return "jpeg";
        if (content.StartsWith("GIF8"u8))
            return "gif";
        if (content.StartsWith("RIFF"u8))
            return "webp";
        return content.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("<"u8) ? "svg+xml" : null;
    }
}
