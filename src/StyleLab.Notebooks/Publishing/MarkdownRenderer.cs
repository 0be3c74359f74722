using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>
/// Markdown as HTML: the part of CommonMark and of GitHub's tables that notebooks use, and formulas between dollar
/// signs.
/// </summary>
internal sealed partial class MarkdownRenderer
{
    private readonly MarkdownInline _inline;
    private readonly Headings _headings;
    private readonly bool _isPage;

    /// <param name="resolveImage">Gives the address to use for the one written in the text, such as a data URI.</param>
    /// <param name="headings">Where the headings of the whole page are noted; without it, those of this text only.</param>
    public MarkdownRenderer(Func<string, string> resolveImage, Headings? headings = null)
    {
        _inline = new MarkdownInline(resolveImage);
        _headings = headings ?? new Headings();
        _isPage = headings != null;
    }

    public string ToHtml(string markdown)
    {
        var html = new StringBuilder();
        Blocks(markdown.ReplaceLineEndings("\n").Replace("\t", "    ").Split('\n'), html, isTight: false);
        return html.ToString();
    }

    private void Blocks(IReadOnlyList<string> lines, StringBuilder html, bool isTight)
    {
        int at = 0;
        while (at < lines.Count)
        {
            string line = lines[at];
            if (string.IsNullOrWhiteSpace(line))
                at++;
            else if (FencePattern().Match(line) is { Success: true } fence)
                at = FencedCode(lines, at, fence, html);
            else if (line.TrimStart().StartsWith("$$", StringComparison.Ordinal) && FormulaEnd(lines, at) is { } formulaEnd)
                at = Formula(lines, at, formulaEnd, html);
            else if (HeadingPattern().Match(line) is { Success: true } heading)
                at = Heading(heading.Groups["marks"].Length, heading.Groups["text"].Value, at, html);
            else if (RulePattern().IsMatch(line))
                at = Append("<hr>\n", at + 1, html);
            else if (line.TrimStart().StartsWith('>'))
                at = Quote(lines, at, html);
            else if (ListItem.Match(line) is { } item)
                at = List(lines, at, item, html);
            else if (at + 1 < lines.Count && line.Contains('|') && MarkdownTable.IsSeparator(lines[at + 1]))
                at = MarkdownTable.Render(lines, at, _inline, html);
            else if (HtmlBlockPattern().IsMatch(line))
                at = RawHtml(lines, at, html);
            else if (line.StartsWith("    ", StringComparison.Ordinal))
                at = IndentedCode(lines, at, html);
            else
                at = Paragraph(lines, at, html, isTight);
        }
    }

    private static int FencedCode(IReadOnlyList<string> lines, int at, Match opening, StringBuilder html)
    {
        string fence = opening.Groups["fence"].Value;
        int indent = opening.Groups["indent"].Length;
        string language = opening.Groups["language"].Value.ToLowerInvariant();
        var code = new List<string>();
        for (at++; at < lines.Count && !lines[at].TrimStart().StartsWith(fence, StringComparison.Ordinal); at++)
            code.Add(lines[at].Length >= indent && lines[at][..indent].Trim().Length == 0 ? lines[at][indent..] : lines[at]);

        string text = string.Join("\n", code);
        string body = language is "csharp" or "cs" or "c#" ? CSharpHighlighter.ToHtml(text) : WebUtility.HtmlEncode(text);
        return Append($"<pre><code>{body}</code></pre>\n", at + 1, html);
    }

    private static int IndentedCode(IReadOnlyList<string> lines, int at, StringBuilder html)
    {
        var code = new List<string>();
        for (; at < lines.Count && (lines[at].StartsWith("    ") || string.IsNullOrWhiteSpace(lines[at])); at++)
            code.Add(lines[at].Length > 4 ? lines[at][4..] : "");
        return Append($"<pre><code>{WebUtility.HtmlEncode(string.Join("\n", code).TrimEnd())}</code></pre>\n", at, html);
    }

    private static int? FormulaEnd(IReadOnlyList<string> lines, int at)
    {
        string first = lines[at].TrimStart()[2..];
        if (first.TrimEnd().EndsWith("$$", StringComparison.Ordinal))
            return at;
        for (int end = at + 1; end < lines.Count && !string.IsNullOrWhiteSpace(lines[end]); end++)
        {
            if (lines[end].TrimEnd().EndsWith("$$", StringComparison.Ordinal))
                return end;
        }

        return null;
    }

    private static int Formula(IReadOnlyList<string> lines, int at, int end, StringBuilder html)
    {
        string latex = string.Join("\n", lines.Skip(at).Take(end - at + 1)).Trim()[2..^2];
        return Append($"<div class=\"formula\">{MathMl.Convert(latex, display: true)}</div>\n", end + 1, html);
    }

    private int Heading(int level, string text, int at, StringBuilder html)
    {
        string shown = _inline.Render(text.Trim());
        string id = _headings.Add(level, text, shown);
        string anchor = _isPage && level > 1
            ? $"<a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this heading\">#</a>" : "";
        return Append($"<h{level} id=\"{id}\">{shown}{anchor}</h{level}>\n", at + 1, html);
    }

    private int Quote(IReadOnlyList<string> lines, int at, StringBuilder html)
    {
        var inner = new List<string>();
        for (; at < lines.Count && !string.IsNullOrWhiteSpace(lines[at]); at++)
        {
            string line = lines[at].TrimStart();
            inner.Add(line.StartsWith("> ", StringComparison.Ordinal) ? line[2..] : line.StartsWith('>') ? line[1..] : line);
        }

        html.Append("<blockquote>\n");
        Blocks(inner, html, isTight: false);
        return Append("</blockquote>\n", at, html);
    }

    private int List(IReadOnlyList<string> lines, int at, ListItem first, StringBuilder html)
    {
        var items = new List<List<string>>();
        bool isLoose = false;
        while (at < lines.Count && ListItem.Match(lines[at]) is { } item
            && item.IsOrdered == first.IsOrdered && item.Indent < first.ContentIndent)
        {
            var content = new List<string> { item.Text };
            for (at++; at < lines.Count; at++)
            {
                string line = lines[at];
                bool isBlank = string.IsNullOrWhiteSpace(line);
                bool isIndented = line.Length - line.TrimStart().Length >= item.ContentIndent;
                bool continues = !isBlank && ListItem.Match(line) == null && !string.IsNullOrWhiteSpace(lines[at - 1]);
                bool belongs = isIndented || continues;
                bool blankInside = isBlank && at + 1 < lines.Count && lines[at + 1].Length > item.ContentIndent
                    && lines[at + 1][..item.ContentIndent].Trim().Length == 0;
                if (!belongs && !blankInside)
                    break;
                isLoose |= blankInside;
                content.Add(isIndented ? line[item.ContentIndent..] : line.TrimStart());
            }

            items.Add(content);

            // A blank line between two items does not end the list.
            if (at + 1 < lines.Count && string.IsNullOrWhiteSpace(lines[at]) && ListItem.Match(lines[at + 1]) != null)
            {
                isLoose = true;
                at++;
            }
        }

        string tag = first.IsOrdered ? "ol" : "ul";
        html.Append(first.IsOrdered && first.Number != "1" ? $"<ol start=\"{first.Number}\">\n" : $"<{tag}>\n");
        foreach (var content in items)
        {
            html.Append("<li>");
            Blocks(content, html, isTight: !isLoose);
            html.Append("</li>\n");
        }

        return Append($"</{tag}>\n", at, html);
    }

    private static int RawHtml(IReadOnlyList<string> lines, int at, StringBuilder html)
    {
        for (; at < lines.Count && !string.IsNullOrWhiteSpace(lines[at]); at++)
            html.Append(lines[at]).Append('\n');
        return at;
    }

    private int Paragraph(IReadOnlyList<string> lines, int at, StringBuilder html, bool isTight)
    {
        var text = new List<string>();
        for (; at < lines.Count && !string.IsNullOrWhiteSpace(lines[at]); at++)
        {
            bool isUnderline = text.Count > 0 && UnderlinePattern().IsMatch(lines[at]);
            if (isUnderline)
                return Heading(lines[at].TrimStart()[0] == '=' ? 1 : 2, string.Join(" ", text), at, html);
            if (text.Count > 0 && StartsOtherBlock(lines[at]))
                break;
            text.Add(lines[at].TrimStart());
        }

        string body = _inline.Render(string.Join("\n", text).TrimEnd());
        return Append(isTight ? body + "\n" : $"<p>{body}</p>\n", at, html);
    }

    private static bool StartsOtherBlock(string line) =>
        FencePattern().IsMatch(line) || HeadingPattern().IsMatch(line) || RulePattern().IsMatch(line)
        || line.TrimStart().StartsWith('>') || line.TrimStart().StartsWith("$$", StringComparison.Ordinal)
        || ListItem.Match(line) is { IsOrdered: false } or { Number: "1" };

    private static int Append(string text, int next, StringBuilder html)
    {
        html.Append(text);
        return next;
    }

    [GeneratedRegex(@"^(?<indent> {0,3})(?<fence>`{3,}|~{3,})\s*(?<language>[^\s`]*)[^`]*$")]
    private static partial Regex FencePattern();

    [GeneratedRegex(@"^ {0,3}(?<marks>#{1,6})(?:\s+(?<text>.*?))?(?:\s+#+)?\s*$")]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")]
    private static partial Regex RulePattern();

    [GeneratedRegex(@"^ {0,3}(?:=+|-+)\s*$")]
    private static partial Regex UnderlinePattern();

    [GeneratedRegex(
        @"^ {0,3}(?:<!--|</?(?:div|p|table|details|summary|figure|center|section|style|script|iframe|ul|ol|dl|h[1-6]|pre|" +
        @"blockquote)\b)",
        RegexOptions.IgnoreCase)]
    private static partial Regex HtmlBlockPattern();
}
