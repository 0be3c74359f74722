using System.Net;

namespace StyleLab.Notebooks;

/// <summary>Bitmaps, images, surfaces, recorded pictures and colours of SkiaSharp.</summary>
internal static class Skia
{
    // A recording has no pixels of its own, and bounds as wide as somebody wrote.
    private const long MostPixels = 64_000_000;

    public static MimeBundle Show(object picture)
    {
        using var data = (IDisposable)Encode(picture);
        object size = picture.GetType().Name == "SKBitmap" || picture.GetType().GetProperty("Width") != null ? picture : Members.Get(picture, "Info")!;
        return Of(picture, data, Members.Get(size, "Width"), Members.Get(size, "Height"));
    }

    public static MimeBundle ShowSurface(object surface)
    {
        using var image = (IDisposable)Members.Call(surface, "Snapshot")!;
        using var data = (IDisposable)Encode(image);
        return Of(surface, data, Members.Get(image, "Width"), Members.Get(image, "Height"));
    }

    public static MimeBundle? ShowPicture(object picture)
    {
        object bounds = Members.Get(picture, "CullRect")!;
        (int width, int height) = ((int)Math.Ceiling((float)Members.Get(bounds, "Width")!), (int)Math.Ceiling((float)Members.Get(bounds, "Height")!));
        if (width <= 0 || height <= 0 || (long)width * height > MostPixels)
            return null;
        object size = Activator.CreateInstance(Members.TypeBeside(picture.GetType(), "SkiaSharp.SKSizeI"), width, height)!;
        using var image = (IDisposable)Members.CallStatic(Members.TypeBeside(picture.GetType(), "SkiaSharp.SKImage"), "FromPicture", picture, size)!;
        using var data = (IDisposable)Encode(image);
        return Of(picture, data, width, height);
    }

    public static MimeBundle ShowColor(object color)
    {
        // The same text for both kinds: #AARRGGBB.
        string text = color.ToString()!;
        string css = text.Length == 9 ? $"#{text[3..]}{text[1..3]}" : text;
        return new()
        {
            {
                MimeTypes.Html,
                $"<span style=\"display:inline-block;width:2em;height:1em;border:1px solid;vertical-align:middle;background:{WebUtility.HtmlEncode(css)}\"></span> {WebUtility.HtmlEncode(text)}"
            },
            { MimeTypes.PlainText, text },
        };
    }

    private static object Encode(object picture) =>
        Members.Call(picture, "Encode", Members.EnumBeside(picture.GetType(), "SkiaSharp.SKEncodedImageFormat", "Png"), 100)
        ?? throw new NotSupportedException("SkiaSharp cannot write its kind of pixels as PNG");

    private static MimeBundle Of(object shown, object data, object? width, object? height) =>
        KnownPicture.Of(MimeTypes.Png, (byte[])Members.Call(data, "ToArray")!, KnownPicture.Text(shown, width, height));
}
