using System.Net;
using System.Text;
using Markdig.Syntax.Inlines;

namespace StyleLab.Notebooks;

/// <summary>Text of Markdown as HTML that can stand inside a link: emphasis, code and formulas, without links, notes, pictures and HTML.</summary>
internal sealed class CardText
{
    // Of a shorter one, such as "Welcome.", the next sentence says more; a longer one is cut.
    private const int Shortest = 40, Longest = 240;

    private readonly StringBuilder _html = new();
    private readonly bool _isSentence;
    private int _length;
    private bool _isAtEnd;

    private CardText(bool isSentence) => _isSentence = isSentence;

    /// <summary>All of a text.</summary>
    public static string Whole(ContainerInline text) => new CardText(isSentence: false).Read(text);

    /// <summary>A text to the end of its first sentence.</summary>
    public static string FirstSentence(ContainerInline text) => new CardText(isSentence: true).Read(text);

    private string Read(ContainerInline text)
    {
        AddAll(text);
        return _html.ToString().Trim();
    }

    private void AddAll(ContainerInline text)
    {
        for (var inline = text.FirstChild; inline != null && !_isAtEnd; inline = inline.NextSibling)
            Add(inline);
    }

    private void Add(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                AddText(literal.Content.ToString(), isLast: literal.NextSibling is null or LineBreakInline);
                break;
            case HtmlEntityInline entity:
                AddText(entity.Transcoded.ToString(), isLast: false);
                break;
            case LineBreakInline:
                _html.Append(' ');
                break;
            case CodeInline code:
                _html.Append($"<code>{WebUtility.HtmlEncode(code.Content)}</code>");
                _length += code.Content.Length;
                break;
            case FormulaInline formula:
                _html.Append(MathMl.Convert(formula.Latex, display: false));
                _length += formula.Latex.Length;
                break;
            case EmphasisInline { DelimiterChar: '*' or '_' } emphasis:
                string tag = emphasis.DelimiterCount == 2 ? "strong" : "em";
                _html.Append($"<{tag}>");
                AddAll(emphasis);
                _html.Append($"</{tag}>");
                break;
            case LinkInline { IsImage: true }:
                break;
            case ContainerInline container:
                AddAll(container);
                break;
        }
    }

    private void AddText(string text, bool isLast)
    {
        int? last = _isSentence ? EndOfSentence(text, isLast) : null;
        int end = last ?? text.Length;
        bool isCut = _isSentence && _length + end > Longest;
        if (isCut)
        {
            int most = Math.Max(0, Longest - _length);
            end = text.LastIndexOf(' ', Math.Min(most, text.Length - 1)) is >= 0 and var blank ? blank : 0;
        }

        _isAtEnd = isCut || last != null;
        _html.Append(WebUtility.HtmlEncode(text[..end]));
        _length += end;
        if (isCut)
            _html.Append('…');
    }

    /// <returns>Where the first sentence ends, if it does in this text.</returns>
    private int? EndOfSentence(string text, bool isLast)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('.' or '?' or '!') || _length + i < Shortest)
                continue;
            string rest = text[(i + 1)..];
            // "et al. (2015)" and "fig. 3" go on.
            if (rest.Length == 0 ? isLast : rest.TrimStart() is var next && next.Length < rest.Length && (next.Length == 0 || char.IsUpper(next[0])))
                return i + 1;
        }

        return null;
    }
}
