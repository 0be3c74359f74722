using System.Net;
using System.Text;

namespace StyleLab.Notebooks;

/// <summary>A page that leads to notebooks that are published together: a picture, the title and a sentence of each.</summary>
public static class GalleryExport
{
    // By which the next gallery knows that it may replace this one.
    private const string Mark = "StyleLab gallery";

    /// <summary>Writes one HTML file that needs nothing but the pages it leads to.</summary>
    /// <param name="notebooks">The notebooks, in the order they are shown in.</param>
    /// <param name="path">The .html file.</param>
    /// <param name="options">How it is made.</param>
    /// <exception cref="NotebookException">The file cannot be written.</exception>
    public static void Save(IReadOnlyList<PublishedNotebook> notebooks, string path, GalleryOptions? options = null)
    {
        options ??= new();
        string title = WebUtility.HtmlEncode(options.Title);
        TextFile.Write(path, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="{Mark}">
            <title>{title}</title>
            <style>
            {Resource.Text("colors.css")}{Resource.Text("gallery.css")}{Resource.Text("cards.css")}</style>
            </head>
            <body>
            <main>
            <h1>{title}</h1>
            {Cards(notebooks, options, (_, picture) => DataUri(picture))}</main>
            </body>
            </html>

            """);
    }

    /// <summary>Writes the page of a Jekyll site, and its pictures.</summary>
    /// <param name="notebooks">The notebooks, with addresses of <see cref="JekyllExport.AddressOf"/>.</param>
    /// <param name="site">The folder of the site.</param>
    /// <param name="name">What the page is called, such as <c>gallery.html</c>.</param>
    /// <param name="options">How it is made.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="NotebookException">A file cannot be written.</exception>
    public static string SaveJekyll(IReadOnlyList<PublishedNotebook> notebooks, string site, string name, GalleryOptions? options = null)
    {
        options ??= new();
        var flavor = new MarkdownFlavor { IsJekyll = true };
        string folder = $"assets/{JekyllExport.Slug(Path.GetFileNameWithoutExtension(name))}", path = Path.Combine(site, name);
        string cards = Cards(notebooks, options, (number, picture) =>
        {
            var file = FormattableString.Invariant($"{number:00}.{PublishedAssets.ExtensionOf(picture.MimeType)}");
            TextFile.Write(Path.Combine(site, folder, file), PublishedAssets.Bytes(picture));
            return $"{{{{ '/{folder}/{file}' | relative_url }}}}";
        }, flavor.Escape);
        TextFile.Write(path, $"""
            ---
            layout: page
            title: {JekyllExport.Quoted(options.Title)}
            generator: {Mark}
            ---

            <style>
            {Resource.Text("cards.css")}</style>

            {cards}
            """);
        return path;
    }

    /// <summary>Whether a file is a gallery, and not somebody's own page.</summary>
    /// <param name="path">A file.</param>
    public static bool IsGallery(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var start = new char[1500];
            return new string(start, 0, reader.ReadBlock(start)).Contains(Mark, StringComparison.Ordinal);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Cards(IReadOnlyList<PublishedNotebook> notebooks, GalleryOptions options,
        Func<int, OutputContent, string> addressOf, Func<string, string>? escape = null)
    {
        var html = new StringBuilder("<ul class=\"stylelab-gallery\">\n");
        for (int i = 0; i < notebooks.Count; i++)
        {
            var card = GalleryCard.Of(notebooks[i], new() { AllowOutside = options.AllowOutside });
            if (escape != null)
                card = card with { Title = escape(card.Title), Sentence = escape(card.Sentence) };
            html.Append(card.ToHtml(card.Picture is { } picture ? addressOf(i + 1, Small(picture, options)) : null));
        }

        return html.Append("</ul>\n").ToString();
    }

    private static OutputContent Small(OutputContent picture, GalleryOptions options) =>
        picture.MimeType is not (MimeTypes.Svg or MimeTypes.Gif) && options.Shrink(PublishedAssets.Bytes(picture)) is { } small
            ? new(small is [0xFF, 0xD8, ..] ? MimeTypes.Jpeg : MimeTypes.Png, Convert.ToBase64String(small)) : picture;

    private static string DataUri(OutputContent picture) => $"data:{picture.MimeType};base64,{Convert.ToBase64String(PublishedAssets.Bytes(picture))}";
}
