using System.Diagnostics;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace StyleLab.Notebooks;

/// <summary>
/// HTML of others, read as a browser reads it. What is nested too deep is not read: elements that are left open are opened anew in each
/// paragraph behind them, so that time and size grow with the square of their number.
/// </summary>
internal sealed class BoundedHtml
{
    // A second bound, for what that count does not see.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly OpenElements _open = new();
    private readonly HtmlParser _parser;

    private BoundedHtml() =>
        _parser = new HtmlParser(new HtmlParserOptions { IsScripting = true, OnToken = (token, _) => Count(token) });

    /// <summary>An element that holds what the HTML comes to; null where it is nested too deep.</summary>
    public static IElement? Fragment(string html)
    {
        try
        {
            var reader = new BoundedHtml();
            var document = reader._parser.ParseDocument("<!DOCTYPE html><body><div></div>");
            var place = document.Body!.FirstElementChild!;
            reader.Restart();
            place.Append([.. reader._parser.ParseFragment(html, place)]);
            return place;
        }
        catch (NestedTooDeepException)
        {
            return null;
        }
    }

    /// <summary>Whether the HTML ends what it begins and no more, so that what stands behind it on a page stays as it is.</summary>
    public static bool IsWhole(string html)
    {
        try
        {
            // Text brings back what was left open.
            var body = new BoundedHtml()._parser.ParseDocument($"<!DOCTYPE html><body><main><div><div>{html}</div>1</div>2</main>3").Body!;
            return Ends(body, "main", "3") && Ends(body.FirstElementChild!, "div", "2") && Ends(body.FirstElementChild!.FirstElementChild!, "div", "1");
        }
        catch (NestedTooDeepException)
        {
            return false;
        }
    }

    private static bool Ends(IElement element, string first, string text) =>
        element.ChildNodes.Length == 2 && element.FirstElementChild?.LocalName == first && element.LastChild is IText last && last.Data == text;

    private void Restart()
    {
        _open.Clear();
        _clock.Restart();
    }

    private void Count(HtmlToken token)
    {
        if (_clock.Elapsed > Patience)
            throw new NestedTooDeepException();
        if (token is not HtmlTagToken tag)
            return;
        string name = tag.Name.ToString();
        if (tag.Type == HtmlTokenType.StartTag && !_open.Begin(name, tag.IsSelfClosing))
            throw new NestedTooDeepException();
        if (tag.Type == HtmlTokenType.EndTag)
            _open.End(name);
    }

    private sealed class NestedTooDeepException : Exception;
}
