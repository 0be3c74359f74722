using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>The inside of a paragraph: code, formulas, links, pictures, emphasis, HTML.</summary>
internal sealed partial class MarkdownInline(Func<string, string> resolveImage)
{
    public string Render(string text)
    {
        var html = new StringBuilder();
        int at = 0;
        while (at < text.Length)
        {
            int length = Special(text, at, html);
            if (length > 0)
            {
                at += length;
                continue;
            }

            html.Append(WebUtility.HtmlEncode(text[at].ToString()));
            at++;
        }

        return html.ToString();
    }

    /// <summary>Renders what starts here, if something does, and returns its length.</summary>
    private int Special(string text, int at, StringBuilder html) => text[at] switch
    {
        '\\' => Escape(text, at, html),
        '`' => Code(text, at, html),
        '$' => Formula(text, at, html),
        '!' or '[' => Link(text, at, html),
        '<' => Tag(text, at, html),
        '&' => Copy(EntityPattern().Match(text, at), html),
        '*' or '_' or '~' => Emphasis(text, at, html),
        ' ' => LineBreak(text, at, html),
        'h' => Address(text, at, html),
        _ => 0,
    };

    private static int Escape(string text, int at, StringBuilder html)
    {
        if (at + 1 >= text.Length)
            return 0;
        char next = text[at + 1];
        if (next == '\n')
            html.Append("<br>\n");
        else if (char.IsPunctuation(next) || char.IsSymbol(next))
            html.Append(WebUtility.HtmlEncode(next.ToString()));
        else
            return 0;
        return 2;
    }

    private static int Code(string text, int at, StringBuilder html)
    {
        int ticks = text.AsSpan(at).IndexOfAnyExcept('`');
        if (ticks < 0)
            return 0;
        string fence = new('`', ticks);
        int end = text.IndexOf(fence, at + ticks, StringComparison.Ordinal);
        if (end < 0)
            return 0;
        string code = text[(at + ticks)..end].Replace('\n', ' ');
        html.Append($"<code>{WebUtility.HtmlEncode(code.Trim().Length > 0 ? code.Trim() : code)}</code>");
        return end + ticks - at;
    }

    private static int Formula(string text, int at, StringBuilder html)
    {
        var match = FormulaPattern().Match(text, at);
        if (!match.Success)
            return 0;
        var display = match.Groups["display"];
        html.Append(display.Success
            ? MathMl.Convert(display.Value, display: true)
            : MathMl.Convert(match.Groups["inline"].Value, display: false));
        return match.Length;
    }

    private int Link(string text, int at, StringBuilder html)
    {
        var match = LinkPattern().Match(text, at);
        if (!match.Success)
            return 0;
        string target = match.Groups["target"].Value.Trim('<', '>');
        string label = match.Groups["label"].Value;
        string title = match.Groups["title"] is { Success: true } t ? $" title=\"{WebUtility.HtmlEncode(t.Value)}\"" : "";
        html.Append(match.Groups["image"].Success
            ? $"<img src=\"{WebUtility.HtmlEncode(resolveImage(target))}\" alt=\"{WebUtility.HtmlEncode(label)}\"{title}>"
            : $"<a href=\"{WebUtility.HtmlEncode(target)}\"{title}>{Render(label)}</a>");
        return match.Length;
    }

    private int Tag(string text, int at, StringBuilder html)
    {
        if (AutoLinkPattern().Match(text, at) is { Success: true } link)
        {
            string address = WebUtility.HtmlEncode(link.Groups["address"].Value);
            html.Append($"<a href=\"{address}\">{address}</a>");
            return link.Length;
        }

        var tag = TagPattern().Match(text, at);
        if (tag.Success && ImageTagSource().Match(tag.Value) is { Success: true } image)
        {
            var source = image.Groups["source"];
            html.Append(tag.Value[..source.Index]).Append(resolveImage(source.Value));
            html.Append(tag.Value[(source.Index + source.Length)..]);
            return tag.Length;
        }

        return Copy(tag, html);
    }

    private static int Address(string text, int at, StringBuilder html)
    {
        bool insideWord = at > 0 && char.IsLetterOrDigit(text[at - 1]);
        var match = insideWord ? Match.Empty : AddressPattern().Match(text, at);
        if (match.Success)
            html.Append($"<a href=\"{WebUtility.HtmlEncode(match.Value)}\">{WebUtility.HtmlEncode(match.Value)}</a>");
        return match.Length;
    }

    private int Emphasis(string text, int at, StringBuilder html)
    {
        char mark = text[at];
        int count = Math.Min(text.AsSpan(at).IndexOfAnyExcept(mark) is var n and >= 0 ? n : text.Length - at, 3);
        if (mark == '~' && count < 2)
            return 0;

        // Underscores inside a word belong to the word.
        if (mark == '_' && at > 0 && char.IsLetterOrDigit(text[at - 1]))
            return CopyMarks(mark, count, html);
        if (at + count >= text.Length || char.IsWhiteSpace(text[at + count]))
            return CopyMarks(mark, count, html);
        int end = ClosingMark(text, at + count, mark, count);
        if (end < 0)
            return CopyMarks(mark, count, html);

        string inner = Render(text[(at + count)..end]);
        html.Append((mark, count) switch
        {
            ('~', _) => $"<del>{inner}</del>",
            (_, 1) => $"<em>{inner}</em>",
            (_, 2) => $"<strong>{inner}</strong>",
            _ => $"<em><strong>{inner}</strong></em>",
        });
        return end + count - at;
    }

    private static int ClosingMark(string text, int from, char mark, int count)
    {
        for (int i = from; i < text.Length; i++)
        {
            if (text[i] is '`' or '$')
            {
                // Marks inside code and formulas do not count.
                int close = text.IndexOf(text[i], i + 1);
                i = close > 0 ? close : i;
                continue;
            }

            if (text[i] == '\\')
            {
                i++;
                continue;
            }

            if (text[i] != mark)
                continue;
            int run = text.AsSpan(i).IndexOfAnyExcept(mark) is var n and >= 0 ? n : text.Length - i;
            bool afterSpace = char.IsWhiteSpace(text[i - 1]);
            bool insideWord = mark == '_' && i + run < text.Length && char.IsLetterOrDigit(text[i + run]);
            if (run == count && !afterSpace && !insideWord)
                return i;
            i += run - 1;
        }

        return -1;
    }

    private static int LineBreak(string text, int at, StringBuilder html)
    {
        var match = LineBreakPattern().Match(text, at);
        if (match.Success)
            html.Append("<br>\n");
        return match.Length;
    }

    private static int CopyMarks(char mark, int count, StringBuilder html)
    {
        html.Append(mark, count);
        return count;
    }

    private static int Copy(Match match, StringBuilder html)
    {
        html.Append(match.Value);
        return match.Length;
    }

    [GeneratedRegex(@"\G\$\$(?<display>.+?)\$\$|\G\$(?<inline>[^\s$](?:[^$]*?[^\s\\$])?)\$(?!\d)", RegexOptions.Singleline)]
    private static partial Regex FormulaPattern();

    [GeneratedRegex(
        @"\G(?<image>!)?\[(?<label>(?:[^\[\]\\]|\\.|!?\[[^\]]*\](?:\([^)]*\))?)*)\]" +
        @"\(\s*(?<target><[^>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+[""'](?<title>[^""']*)[""'])?\s*\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"\G<(?<address>[a-z]+://[^\s<>]+|mailto:[^\s<>]+)>", RegexOptions.IgnoreCase)]
    private static partial Regex AutoLinkPattern();

    [GeneratedRegex(
        @"\G(?:</?[a-zA-Z][\w-]*(?:\s+[\w:-]+(?:\s*=\s*(?:""[^""]*""|'[^']*'|[^\s""'>]+))?)*\s*/?>|<!--.*?-->)",
        RegexOptions.Singleline)]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"^<img\b[^>]*?\bsrc\s*=\s*[""'](?<source>[^""']*)", RegexOptions.IgnoreCase)]
    private static partial Regex ImageTagSource();

    [GeneratedRegex(@"\G&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")]
    private static partial Regex EntityPattern();

    [GeneratedRegex(@"\Ghttps?://[^\s<>""]*[^\s<>"".,;:!?')\]*]")]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"\G {2,}\n")]
    private static partial Regex LineBreakPattern();
}
