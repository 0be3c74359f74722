using System.Net;
using System.Text;

namespace StyleLab.Cards;

/// <summary>
/// What cards are put together from: HTML without scripts. Text keeps the page's own colour and lines are a translucent grey, so
/// that cards suit light and dark pages.
/// </summary>
internal static class CardHtml
{
    private const string Rule = "1px solid rgba(128,128,128,.28)";
    private const string Cell = "color:inherit;background:none;border:0;vertical-align:top";

    /// <summary>A card: a title, one line of facts, and what is below.</summary>
    public static string Card(string title, string facts, params IEnumerable<string> parts) =>
        "<div style=\"font:13px/1.45 Helvetica,Arial,sans-serif;max-width:760px\">"
        + "<div style=\"display:flex;flex-wrap:wrap;justify-content:space-between;column-gap:16px;"
        + $"border-bottom:{Rule};padding-bottom:4px;margin-bottom:10px\"><strong style=\"font-weight:600\">{Text(title)}</strong>"
        + $"<span style=\"opacity:.75;font-variant-numeric:tabular-nums\">{Text(facts)}</span></div>{string.Concat(parts)}</div>";

    /// <summary>Blocks beside each other where the page is wide enough; the last takes the room that is left.</summary>
    public static string Beside(string first, string rest) =>
        $"<div style=\"display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start\">{first}<div style=\"flex:1 1 300px;min-width:260px\">{rest}</div></div>";

    /// <summary>A table.</summary>
    /// <param name="header">The names of the columns, as text; none to have no header.</param>
    /// <param name="texts">How many columns hold text, from the left; the others hold numbers.</param>
    /// <param name="rows">The rows, as HTML.</param>
    public static string Table(IReadOnlyList<string> header, int texts, IEnumerable<IReadOnlyList<string>> rows)
    {
        var html = new StringBuilder("<div style=\"overflow-x:auto\"><table style=\"color:inherit;font-size:12px;border:0;border-collapse:collapse;")
            .Append("margin:6px 0 0;font-variant-numeric:tabular-nums\">");
        if (header.Count > 0)
            AddRow(html, [.. header.Select(Text)], texts, "font-weight:600;opacity:.75", hasRule: false);
        bool hasRule = header.Count > 0;
        foreach (var row in rows)
        {
            AddRow(html, row, texts, "", hasRule);
            hasRule = true;
        }
        return html.Append("</table></div>").ToString();
    }

    /// <summary>Names and what they stand for, as HTML, in two columns.</summary>
    public static string Facts(IEnumerable<(string Name, string Html)> facts) =>
        Table([], 2, facts.Select(f => (IReadOnlyList<string>)[$"<span style=\"opacity:.7\">{Text(f.Name)}</span>", f.Html]));

    /// <summary>Something behind a line that opens it.</summary>
    public static string Folded(string summary, string html) =>
        $"<details style=\"margin-top:8px\"><summary style=\"cursor:pointer;opacity:.75;display:block\">▸ {Text(summary)}</summary>{html}</details>";

    /// <summary>Sentences that must not be missed.</summary>
    public static string Warnings(IEnumerable<string> sentences) => string.Concat(sentences.Select(sentence =>
        $"<div style=\"border-left:3px solid #e69f00;padding:1px 0 1px 8px;margin-top:8px\">{Text(sentence)}</div>"));

    /// <summary>Sentences of many runs, behind a line that must not be missed.</summary>
    public static string FoldedWarnings(IReadOnlyList<string> sentences) => sentences.Count == 0 ? ""
        : $"<div style=\"border-left:3px solid #e69f00;padding:0 0 1px 8px;margin-top:8px\">{Folded(CardText.Count(sentences.Count, "warning"), Warnings(sentences))}</div>";

    /// <summary>Small pictures with a line of text below each, in rows.</summary>
    public static string Sheet(IEnumerable<(string Html, string Label)> pictures) =>
        "<div style=\"display:flex;flex-wrap:wrap;gap:10px;margin-bottom:6px\">"
        + string.Concat(pictures.Select(p => $"<figure style=\"margin:0\">{p.Html}{Caption(p.Label)}</figure>")) + "</div>";

    public static string Caption(string text) =>
        $"<figcaption style=\"font-size:12px;opacity:.75;margin-top:2px;text-align:center\">{Text(text)}</figcaption>";

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    private static void AddRow(StringBuilder html, IReadOnlyList<string> cells, int texts, string style, bool hasRule)
    {
        html.Append($"<tr style=\"background:none;{(hasRule ? $"border-top:{Rule}" : "border-top:0")}\">");
        for (int i = 0; i < cells.Count; i++)
            html.Append($"<td style=\"{Cell};padding:2px {(i == cells.Count - 1 ? 0 : 14)}px 2px 0;text-align:{(i < texts ? "left" : "right")};{style}\">{cells[i]}</td>");
        html.Append("</tr>");
    }
}
