using System.Text;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Xhtml;
using Ganss.Xss;

namespace StyleLab.Notebooks;

/// <summary>
/// Takes scripts, handlers, frames, forms that post and all that is fetched out of HTML of others. Drawings become pictures, in which
/// nothing runs.
/// </summary>
internal sealed class HtmlCleaner
{
    // Those of page.css.
    private const string TextColor = "<style>:root{color:#1f2328}@media(prefers-color-scheme:dark){:root{color:#dfe2e7}}</style>";

    private readonly HtmlSanitizer _sanitizer = new();

    public HtmlCleaner()
    {
        _sanitizer.AllowDataAttributes = true;
        _sanitizer.AllowedSchemes.Add("mailto");
        _sanitizer.AllowedTags.UnionWith(["style", "main", "bdo", "nobr", "audio", "video", "source", "picture"]);
        _sanitizer.AllowedAttributes.UnionWith(["class", "id", "role", "controls", "loop", "muted", "poster", "decoding", "loading"]);
        // A name on anything but a link hides what scripts find in the document by that name.
        _sanitizer.AllowedAttributes.ExceptWith(["style", "name", "action", "method", "enctype", "usemap", "ismap", "challenge"]);
        _sanitizer.RemovingAttribute += (_, attribute) => attribute.Cancel = attribute.Attribute.Name is var name
            && (name.StartsWith("aria-", StringComparison.Ordinal)
                || (name == "name" && attribute.Tag.LocalName == "a")
                || (name == "oninput" && OwnScripts.IsHandler(attribute.Attribute.Value)));
        _sanitizer.FilterUrl += (_, url) =>
        {
            if (url.Tag.LocalName is not ("a" or "area"))
                url.SanitizedUrl = IsInside(url.OriginalUrl) ? url.OriginalUrl : null;
        };
    }

    /// <param name="place">The element that holds the HTML.</param>
    public void Clean(IElement place)
    {
        foreach (var drawing in place.QuerySelectorAll("svg").Where(svg => svg.ParentElement?.Closest("svg") == null).ToList())
            ReplaceByPicture(drawing);

        // What stands in a form stays; that it can be sent does not.
        foreach (var form in place.QuerySelectorAll("form").ToList())
        {
            var block = form.Owner!.CreateElement("div");
            block.Append([.. form.ChildNodes]);
            form.Replace(block);
        }

        // Styles are kept aside, for the sanitiser would write them anew.
        var styles = place.QuerySelectorAll("[style]").Select(element => (Element: element, Css: element.GetAttribute("style")!)).ToList();
        var sheets = place.QuerySelectorAll("style").Select(element => (Element: element, Css: element.TextContent)).ToList();
        foreach (var (element, _) in styles)
            element.RemoveAttribute("style");
        foreach (var (element, _) in sheets)
            element.TextContent = "";
        _sanitizer.SanitizeDom((IHtmlDocument)place.Owner!, (IHtmlElement)place);
        foreach (var (element, css) in styles.Where(style => SafeCss.Is(style.Css)))
            element.SetAttribute("style", css);
        foreach (var (element, css) in sheets)
        {
            if (SafeCss.Is(css))
                element.TextContent = css;
            else
                element.Remove();
        }
    }

    /// <summary>Whether an address is a picture, film or sound that stands in the page.</summary>
    private static bool IsInside(string address) =>
        address.TrimStart().ToLowerInvariant() is var text
        && (text.StartsWith("data:image/", StringComparison.Ordinal) || text.StartsWith("data:video/", StringComparison.Ordinal)
            || text.StartsWith("data:audio/", StringComparison.Ordinal));

    private static void ReplaceByPicture(IElement drawing)
    {
        // In HTML these may be left out.
        foreach (var (name, address) in new[] { ("xmlns", "http://www.w3.org/2000/svg"), ("xmlns:xlink", "http://www.w3.org/1999/xlink") })
        {
            if (!drawing.Attributes.Any(attribute => attribute.Name == name))
                drawing.SetAttribute(name, address);
        }

        if (SvgSanitizer.Clean(drawing.ToHtml(XhtmlMarkupFormatter.Instance)) is not { } svg)
        {
            drawing.Remove();
            return;
        }

        // A picture does not have the page's colour of text, which drawings may ask for.
        const string end = "</svg>";
        if (svg.Contains("currentColor", StringComparison.OrdinalIgnoreCase) && svg.EndsWith(end, StringComparison.Ordinal))
            svg = svg.Insert(svg.Length - end.Length, TextColor);
        var picture = drawing.Owner!.CreateElement("img");
        picture.SetAttribute("src", $"data:{MimeTypes.Svg};base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}");
        picture.SetAttribute("alt", drawing.GetAttribute("aria-label") ?? drawing.QuerySelector("title")?.TextContent ?? "drawing");
        foreach (string name in (string[])["class", "id", "style", "width", "height"])
        {
            if (drawing.GetAttribute(name) is { } value)
                picture.SetAttribute(name, value);
        }

        drawing.Replace(picture);
    }
}
