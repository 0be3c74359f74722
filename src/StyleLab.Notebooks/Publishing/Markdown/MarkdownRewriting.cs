using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace StyleLab.Notebooks;

/// <summary>Changes formulas and addresses in Markdown and leaves all else as it is written.</summary>
internal static partial class MarkdownRewriting
{
    /// <param name="markdown">The text, with <c>\n</c> between lines.</param>
    /// <param name="formula">What to write for a formula, given as it is written, its LaTeX, and whether it has a line of its own.</param>
    /// <param name="image">The address to write for a picture's.</param>
    /// <param name="link">The address to write for a link's; null where its text stands alone.</param>
    /// <returns>The text as it is where it is nested too deep to be read.</returns>
    public static string Rewrite(string markdown, Func<string, string, bool, string> formula, Func<string, string> image, Func<string, string?> link)
    {
        if (NotebookMarkdown.Parse(markdown) is not { } document)
            return markdown;
        var changes = new Replacements(markdown);
        foreach (var part in document.Descendants())
        {
            if (part is FormulaBlock { Latex: { } latex } block)
                changes.Add(block.Span.Start, block.Span.Length, formula(block.Source, latex, true));
            else if (part is FormulaInline inline)
                changes.Add(inline.Span.Start, inline.Span.Length, formula(TextOf(inline.Span), inline.Latex, inline.IsDisplay));
            else if (part is LinkInline { IsImage: true, Url: { } url } picture)
                ReplaceAddress(picture, url, image(url));
            else if (part is LinkInline { IsAutoLink: false, Url: { } target } place)
            {
                if (link(target) is { } address)
                    ReplaceAddress(place, target, address);
                else
                    LeaveText(place);
            }
            else if (part is HtmlBlock or HtmlInline)
                ReplaceInHtml(part.Span);
        }

        return changes.Apply();

        string TextOf(SourceSpan span) => markdown.Substring(span.Start, span.Length);

        void ReplaceAddress(LinkInline place, string url, string address)
        {
            var span = place.Reference?.UrlSpan ?? place.UrlSpan;
            if (address == url || span.IsEmpty)
                return;
            int mark = markdown[span.Start] == '<' ? 1 : 0;
            changes.Add(span.Start + mark, span.Length - 2 * mark, address);
        }

        // [text](address "title"), [text][label], [text][] or [text]
        void LeaveText(LinkInline place)
        {
            var (start, end) = (place.Span.Start, place.Span.End);
            int close = place.Reference == null
                ? markdown.LastIndexOf("](", place.UrlSpan.Start, StringComparison.Ordinal)
                : markdown.LastIndexOf("][", end, StringComparison.Ordinal) is var second && second > start ? second : end;
            if (markdown[start] != '[' || close <= start || markdown[close] != ']')
                return;
            changes.Add(start, 1, "");
            changes.Add(close, end - close + 1, "");
            // Text that would begin a list or a heading where it begins a line.
            if (Marker().Match(markdown, start + 1, close - start - 1) is { Success: true } marker)
                changes.Add(marker.Groups["sign"].Index, 0, "\\");
        }

        void ReplaceInHtml(SourceSpan span)
        {
            foreach (var part in RawHtml.Parts(TextOf(span)))
            {
                int start = span.Start + part.Start;
                if (part.Formula is { } found)
                    changes.Add(start, part.Length, formula(markdown.Substring(start, part.Length), part.Text, found.IsDisplay));
                else if (part.Kind == RawHtmlKind.Picture && image(part.Text) is var picture && picture != part.Text)
                    changes.Add(start, part.Length, picture);
                else if (part.Kind == RawHtmlKind.Link && link(part.Text) is var address && address != part.Text)
                    changes.Add(start, part.Length, RawHtml.Link(address));
            }
        }
    }

    [GeneratedRegex(@"\A(?:(?<sign>[-+*>]|#{1,6})|\d{1,9}(?<sign>[.)]))(?=\s)")]
    private static partial Regex Marker();
}
