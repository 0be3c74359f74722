using System.Net;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>Something in HTML that is replaced when a page is made.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its length.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The address of a picture or link, or the LaTeX of a formula.</param>
/// <param name="Formula">The formula, if it is one.</param>
internal readonly record struct RawHtmlPart(int Start, int Length, RawHtmlKind Kind, string Text, FormulaRange? Formula = null);

internal enum RawHtmlKind
{
    /// <summary>A formula between tags.</summary>
    Formula,

    /// <summary>The address of a picture, without what it stands in.</summary>
    Picture,

    /// <summary>The attribute of a link with its address, and the blanks before it.</summary>
    Link,
}

/// <summary>HTML that stands in Markdown.</summary>
internal static partial class RawHtml
{
    /// <summary>The attribute of a link.</summary>
    /// <param name="address">Where it leads; null if nowhere.</param>
    public static string Link(string? address) => address == null ? "" : $" href=\"{address.Replace("&", "&amp;").Replace("\"", "&quot;")}\"";

    /// <summary>The addresses of pictures and links, and the formulas between tags.</summary>
    /// <param name="html">The HTML.</param>
    /// <param name="hasFormulas">False where dollar signs are dollar signs.</param>
    public static IEnumerable<RawHtmlPart> Parts(string html, bool hasFormulas = true)
    {
        var ends = new FormulaEnds();
        for (int at = 0; at < html.Length;)
        {
            if (hasFormulas && html[at] is '$' or '\\' && ends.At(html, at, html.Length) is { } formula)
            {
                yield return new(at, formula.Length, RawHtmlKind.Formula, WebUtility.HtmlDecode(formula.Latex), formula);
                at += formula.Length;
            }
            else if (hasFormulas && html[at] == '\\')
            {
                at += 2;
            }
            else if (html[at] != '<')
            {
                at++;
            }
            else
            {
                int end = TagEnd(html, at);
                string name = TagName().Match(html, at) is { Success: true } tag ? tag.Groups["name"].Value.ToLowerInvariant() : "";
                if (name == "img" && ImageSource().Match(html[at..end]) is { Success: true } image)
                {
                    var source = image.Groups["source"];
                    yield return new(at + source.Index, source.Length, RawHtmlKind.Picture, WebUtility.HtmlDecode(source.Value));
                }

                if (name == "a" && LinkAddress().Match(html[at..end]) is { Success: true } link)
                    yield return new(at + link.Index, link.Length, RawHtmlKind.Link, WebUtility.HtmlDecode(link.Groups["address"].Value));

                at = name is "script" or "style" or "pre" or "code" or "textarea" ? Behind(html, $"</{name}", end) : end;
            }
        }
    }

    /// <summary>The place behind the tag or comment that begins here; behind the sign where it is neither.</summary>
    private static int TagEnd(string html, int at)
    {
        if (string.CompareOrdinal(html, at, "<!--", 0, 4) == 0)
            return Behind(html, "-->", at + 4);
        if (at + 1 >= html.Length || !(char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!' or '?'))
            return at + 1;
        char quote = '\0';
        for (at++; at < html.Length; at++)
        {
            if (quote != '\0')
                quote = html[at] == quote ? '\0' : quote;
            else if (html[at] is '"' or '\'')
                quote = html[at];
            else if (html[at] == '>')
                return at + 1;
        }

        return html.Length;
    }

    private static int Behind(string html, string text, int from)
    {
        int at = html.IndexOf(text, Math.Min(from, html.Length), StringComparison.OrdinalIgnoreCase);
        return at < 0 ? html.Length : at + text.Length;
    }

    [GeneratedRegex(@"\G<(?<name>[A-Za-z][A-Za-z0-9]*)")]
    private static partial Regex TagName();

    [GeneratedRegex(@"\ssrc\s*=\s*(?:""(?<source>[^""]*)""|'(?<source>[^']*)'|(?<source>[^\s""'>]+))", RegexOptions.IgnoreCase)]
    private static partial Regex ImageSource();

    [GeneratedRegex(@"\shref\s*=\s*(?:""(?<address>[^""]*)""|'(?<address>[^']*)'|(?<address>[^\s""'>]+))", RegexOptions.IgnoreCase)]
    private static partial Regex LinkAddress();
}
