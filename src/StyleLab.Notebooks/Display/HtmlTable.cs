using System.Collections;
using System.Net;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>Sequences, dictionaries and objects as HTML tables. Notebook front ends bring the styling.</summary>
internal static class HtmlTable
{
    [ThreadStatic]
    private static int t_shown;

    /// <summary>The table of a value with parts; null for what is better read as text.</summary>
    public static string? Of(object? value)
    {
        t_shown = 0;
        return Of(value, 0);
    }

    /// <summary>A table with a row for each item, also where a line of text would do.</summary>
    public static string OfItems(IEnumerable sequence)
    {
        var (items, hasMore) = Shape.FirstItems(sequence);
        return Rows(sequence, items, hasMore, 0);
    }

    private static string? Of(object? value, int depth)
    {
        if (Shape.IsSimple(value) || depth >= Formatter.RecursionLimit || ++t_shown > Shape.MaxValues)
            return null;
        if (Shape.Entries(value) is { } entries)
            return Pairs((IEnumerable)value!, entries.Take(Shape.MaxItems((IEnumerable)value!)).ToList(), depth);
        if (value is IEnumerable sequence)
            return Sequence(sequence, depth);
        var parts = Shape.Parts(value!);
        return parts.Count == 0
            ? null
            : Table(null, parts.Select(p => (IReadOnlyList<string>)[Encode(p.Name), Cell(p.Value, depth)]));
    }

    private static string? Sequence(IEnumerable sequence, int depth)
    {
        var (items, hasMore) = Shape.FirstItems(sequence);

        // A short list of numbers reads better in one line.
        if (items.All(item => Shape.IsSimple(item) && !(item != null && ValueFormatting.IsCustom(item))))
            return null;
        return Rows(sequence, items, hasMore, depth);
    }

    private static string Rows(IEnumerable sequence, List<object?> items, bool hasMore, int depth)
    {
        string[] columns = [.. items.Where(IsRow).SelectMany(item => Shape.Parts(item!)).Select(p => p.Name).Distinct()];
        bool inColumns = columns.Length > 0 && items.All(item => item == null || IsRow(item));
        var rows = items.Select((item, index) => Row(item, index)).ToList();
        if (hasMore)
            rows.Add([Encode("… " + Shape.MoreNote(sequence))]);
        return Table(["", .. inColumns ? columns.Select(Encode) : ["value"]], rows);

        IReadOnlyList<string> Row(object? item, int index)
        {
            if (!inColumns)
                return [index.ToString(), Cell(item, depth)];
            var parts = (item == null ? [] : Shape.Parts(item)).ToLookup(p => p.Name, p => p.Value);
            return [index.ToString(), .. columns.Select(c => parts.Contains(c) ? Cell(parts[c].First(), depth) : "")];
        }
    }

    private static string Pairs(IEnumerable dictionary, List<(object? Key, object? Value)> entries, int depth)
    {
        var rows = entries.Select(e => (IReadOnlyList<string>)[Cell(e.Key, depth), Cell(e.Value, depth)]).ToList();
        if (dictionary is ICollection { Count: var count } && count > entries.Count)
            rows.Add([Encode("… " + Shape.MoreNote(dictionary))]);
        return Table(["key", "value"], rows);
    }

    /// <summary>An object without formatters of its own, which can spread over the columns of a table.</summary>
    private static bool IsRow(object? item) =>
        item is not (null or IEnumerable or Task) && !Shape.IsSimple(item) && !ValueFormatting.IsCustom(item);

    private static string Cell(object? value, int depth)
    {
        if (value != null && ValueFormatting.IsCustom(value))
            return NestedHtml.Of(Formatter.Format(value));
        if (value != null && PlainText.HasOwnText(value))
            return Encode(PlainText.Of(value));
        return Of(value, depth + 1) ?? Encode(value as string ?? PlainText.Of(value, depth + 1));
    }

    private static string Table(IReadOnlyList<string>? header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var html = new StringBuilder("<table>");
        if (header != null)
            html.Append("<thead><tr>").AppendJoin("", header.Select(name => $"<th>{name}</th>")).Append("</tr></thead>");
        html.Append("<tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr>").AppendJoin("", row.Select((cell, i) => i == 0 ? $"<th>{cell}</th>" : $"<td>{cell}</td>"));
            html.Append("</tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
