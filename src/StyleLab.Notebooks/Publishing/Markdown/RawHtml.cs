using System.Net;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>Something in HTML that is replaced when a page is made.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its length.</param>
/// <param name="Text">The address of a picture, or the LaTeX of a formula.</param>
/// <param name="Formula">The formula, if it is one.</param>
internal readonly record struct RawHtmlPart(int Start, int Length, string Text, FormulaRange? Formula);

/// <summary>HTML that stands in Markdown.</summary>
internal static partial class RawHtml
{
    /// <summary>The addresses of pictures, and the formulas between tags.</summary>
    public static IEnumerable<RawHtmlPart> Parts(string html)
    {
        var ends = new FormulaEnds();
        for (int at = 0; at < html.Length;)
        {
            if (html[at] is '$' or '\\' && ends.At(html, at, html.Length) is { } formula)
            {
                yield return new(at, formula.Length, WebUtility.HtmlDecode(formula.Latex), formula);
                at += formula.Length;
            }
            else if (html[at] == '\\')
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
                    yield return new(at + source.Index, source.Length, WebUtility.HtmlDecode(source.Value), null);
                }

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
}
