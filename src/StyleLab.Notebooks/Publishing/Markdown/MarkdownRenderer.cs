using System.Net;
using Markdig;
using Markdig.Extensions.Footnotes;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace StyleLab.Notebooks;

/// <summary>Markdown as HTML, with what a page adds: addresses of headings, formulas as MathML, coloured C#, pictures.</summary>
internal sealed class MarkdownRenderer
{
    private readonly Func<string, string> _resolveImage;
    private readonly Func<string, string?> _resolveLink;
    private readonly Headings _headings;
    private readonly bool _isPage;
    private readonly FormulaPlaces? _formulas;

    /// <param name="resolveImage">Gives the address to use for the one written in the text, such as a data URI.</param>
    /// <param name="headings">Where the headings and notes of the whole page are noted; without it, those of this text only.</param>
    /// <param name="formulas">Keeps the formulas until all else of the page is looked through; without it they come in at once.</param>
    /// <param name="resolveLink">Gives the address to use for that of a link; null where its text stands alone.</param>
    public MarkdownRenderer(Func<string, string> resolveImage, Headings? headings = null, FormulaPlaces? formulas = null, Func<string, string?>? resolveLink = null)
    {
        _resolveLink = resolveLink ?? (address => address);
        _formulas = formulas;
        _resolveImage = resolveImage;
        _headings = headings ?? new Headings();
        _isPage = headings != null;
    }

    /// <summary>The text as HTML; as it is written where it is nested too deep to be read.</summary>
    public string ToHtml(string markdown)
    {
        markdown = markdown.ReplaceLineEndings("\n");
        if (NotebookMarkdown.Parse(markdown) is not { } document)
            return AsText.Html(markdown);
        foreach (var image in document.Descendants<LinkInline>().Where(link => link.IsImage && link.Url != null))
            (image.Url, image.GetDynamicUrl) = (_resolveImage(image.Url!), null);
        var writer = new StringWriter();
        var html = new HtmlRenderer(writer);
        NotebookMarkdown.Pipeline().Setup(html);
        string notes = document.Descendants<FootnoteGroup>().Any() ? _headings.NextNotes() : "";
        var renderers = html.ObjectRenderers;
        renderers.Replace<HeadingRenderer>(new Heading(markdown, _headings, _isPage));
        renderers.Replace<CodeBlockRenderer>(new Code());
        renderers.Replace<HtmlBlockRenderer>(new HtmlLines(this));
        renderers.Replace<HtmlInlineRenderer>(new HtmlTag(this));
        renderers.Replace<LinkInlineRenderer>(new Link(this));
        renderers.Replace<HtmlFootnoteLinkRenderer>(new NoteLink(notes));
        renderers.Replace<HtmlFootnoteGroupRenderer>(new Notes(notes));
        renderers.Add(new Formula(this));
        renderers.Add(new FormulaLines(this));
        try
        {
            html.Render(document);
        }
        catch (ArgumentException)
        {
            return AsText.Html(markdown);
        }

        return writer.ToString();
    }

    private string MathOf(string latex, bool isDisplay) => MathMl.Convert(latex, isDisplay) is var math && _formulas != null ? _formulas.Keep(math) : math;

    private string WithParts(string html)
    {
        var changes = new Replacements(html);
        foreach (var part in RawHtml.Parts(html))
        {
            if (part.Formula is { } formula)
                changes.Add(part.Start, part.Length, MathOf(part.Text, formula.IsDisplay));
            else if (part.Kind == RawHtmlKind.Picture && _resolveImage(part.Text) is var picture && picture != part.Text)
                changes.Add(part.Start, part.Length, WebUtility.HtmlEncode(picture));
            else if (part.Kind == RawHtmlKind.Link && _resolveLink(part.Text) is var address && address != part.Text)
                changes.Add(part.Start, part.Length, RawHtml.Link(address));
        }

        return changes.Apply();
    }

    private sealed class Heading(string markdown, Headings headings, bool isPage) : HtmlObjectRenderer<HeadingBlock>
    {
        protected override void Write(HtmlRenderer html, HeadingBlock heading)
        {
            html.EnsureLine();
            var (page, inside) = (html.Writer, new StringWriter());
            html.Writer = inside;
            html.WriteLeafInline(heading);
            html.Writer = page;
            string source = markdown.Substring(heading.Span.Start, heading.Span.Length);
            string id = headings.Add(heading.Level, source, inside.ToString());
            string anchor = isPage && heading.Level > 1
                ? $"<a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this heading\">#</a>" : "";
            html.Write($"<h{heading.Level} id=\"{id}\">{inside}{anchor}</h{heading.Level}>").WriteLine();
        }
    }

    private sealed class Code : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer html, CodeBlock block)
        {
            string code = block.Lines.ToString();
            string language = Language.Find((block as FencedCodeBlock)?.Info?.ToLowerInvariant() ?? "")?.Name ?? "";
            string coloured = language == Language.CSharp.Name ? CSharpHighlighter.ToHtml(code) : LanguageHighlighter.ToHtml(code, language);
            html.EnsureLine().Write($"<pre><code>{coloured}</code></pre>").WriteLine();
        }
    }

    private sealed class Link(MarkdownRenderer page) : LinkInlineRenderer
    {
        protected override void Write(HtmlRenderer html, LinkInline link)
        {
            if (!link.IsImage && link.Url is { } written)
            {
                (link.Url, link.GetDynamicUrl) = (page._resolveLink(written), null);
                if (link.Url == null)
                {
                    html.WriteChildren(link);
                    return;
                }
            }

            base.Write(html, link);
        }
    }

    private sealed class HtmlLines(MarkdownRenderer page) : HtmlObjectRenderer<HtmlBlock>
    {
        protected override void Write(HtmlRenderer html, HtmlBlock block) =>
            html.EnsureLine().Write(page.WithParts(block.Lines.ToString())).WriteLine();
    }

    private sealed class HtmlTag(MarkdownRenderer page) : HtmlObjectRenderer<HtmlInline>
    {
        protected override void Write(HtmlRenderer html, HtmlInline tag)
        {
            if (html.EnableHtmlForInline)
                html.Write(page.WithParts(tag.Tag));
        }
    }

    private sealed class Formula(MarkdownRenderer page) : HtmlObjectRenderer<FormulaInline>
    {
        protected override void Write(HtmlRenderer html, FormulaInline formula)
        {
            if (html.EnableHtmlForInline)
                html.Write(page.MathOf(formula.Latex, formula.IsDisplay));
            else
                html.WriteEscape(formula.Latex);
        }
    }

    private sealed class FormulaLines(MarkdownRenderer page) : HtmlObjectRenderer<FormulaBlock>
    {
        protected override void Write(HtmlRenderer html, FormulaBlock block) => html.EnsureLine().Write(block.Latex is { } latex
            ? $"<div class=\"formula\">{page.MathOf(latex, isDisplay: true)}</div>"
            : $"<p>{WebUtility.HtmlEncode(block.Source)}</p>").WriteLine();
    }

    // Each cell has notes of its own, and one page holds all cells.
    private sealed class NoteLink(string notes) : HtmlObjectRenderer<FootnoteLink>
    {
        protected override void Write(HtmlRenderer html, FootnoteLink link) => html.Write(link.IsBackLink
            ? $"<a href=\"#note-link-{notes}{link.Index}\" aria-label=\"Back to the text\">↩</a>"
            : $"<sup id=\"note-link-{notes}{link.Index}\"><a href=\"#note-{notes}{link.Footnote.Order}\">{link.Footnote.Order}</a></sup>");
    }

    private sealed class Notes(string notes) : HtmlObjectRenderer<FootnoteGroup>
    {
        protected override void Write(HtmlRenderer html, FootnoteGroup group)
        {
            html.EnsureLine().Write("<ol class=\"notes\">").WriteLine();
            foreach (var note in group.OfType<Footnote>())
            {
                html.Write($"<li id=\"note-{notes}{note.Order}\">");
                html.WriteChildren(note);
                html.EnsureLine().Write("</li>").WriteLine();
            }

            html.Write("</ol>").WriteLine();
        }
    }
}
