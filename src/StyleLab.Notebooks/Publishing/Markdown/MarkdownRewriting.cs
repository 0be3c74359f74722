using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace StyleLab.Notebooks;

/// <summary>Changes formulas and the addresses of pictures in Markdown and leaves all else as it is written.</summary>
internal static class MarkdownRewriting
{
    /// <param name="markdown">The text, with <c>\n</c> between lines.</param>
    /// <param name="formula">What to write for a formula, given as it is written, its LaTeX, and whether it has a line of its own.</param>
    /// <param name="image">The address to write for a picture's.</param>
    /// <returns>The text as it is where it is nested too deep to be read.</returns>
    public static string Rewrite(string markdown, Func<string, string, bool, string> formula, Func<string, string> image)
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
                ReplaceAddress(picture.Reference?.UrlSpan ?? picture.UrlSpan, url);
            else if (part is HtmlBlock or HtmlInline)
                ReplaceInHtml(part.Span);
        }

        return changes.Apply();

        string TextOf(SourceSpan span) => markdown.Substring(span.Start, span.Length);

        void ReplaceAddress(SourceSpan span, string url)
        {
            string address = image(url);
            if (address == url || span.IsEmpty)
                return;
            int mark = markdown[span.Start] == '<' ? 1 : 0;
            changes.Add(span.Start + mark, span.Length - 2 * mark, address);
        }

        void ReplaceInHtml(SourceSpan span)
        {
            foreach (var part in RawHtml.Parts(TextOf(span)))
            {
                if (part.Formula is { } found)
                    changes.Add(span.Start + part.Start, part.Length, formula(markdown.Substring(span.Start + part.Start, part.Length), part.Text, found.IsDisplay));
                else if (image(part.Text) is var address && address != part.Text)
                    changes.Add(span.Start + part.Start, part.Length, address);
            }
        }
    }
}
