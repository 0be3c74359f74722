using System.Collections;
using System.Net;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>Sequences, dictionaries and objects as HTML tables. Notebook front ends bring the styling.</summary>
internal static class HtmlTable
{
    /// <summary>The table of a value with parts; null for what is better read as text.</summary>
    public static string? Of(object? value) => Room.ForHtml(() => Of(value, 0));

    /// <summary>A table with a row for each item, also where a line of text would do.</summary>
    public static string OfItems(IEnumerable sequence) => Room.ForHtml(() =>
    {
        var (items, hasMore) = ValueShape.FirstItems(sequence);
        return Rows(sequence, items, hasMore, 0);
    })!;

    private static string? Of(object? value, int depth)
    {
        if (value == null || ValueShape.IsSimple(value) || ValueShape.AsyncItem(value) != null || depth >= Formatter.RecursionLimit)
            return null;
        return Room.Current.Parts(value, () => WithParts(value, depth));
    }

    private static string? WithParts(object value, int depth)
    {
        if (ValueShape.Entries(value) is { } entries)
            return Pairs((IEnumerable)value, entries, depth);
        if (value is IEnumerable sequence)
            return Sequence(sequence, depth);
        var parts = ValueShape.Parts(value);
        return parts.Count == 0
            ? null
            : Table(null, WhileThereIsRoom(
                parts, p => [Encode(p.Name), Cell(p.Value, depth)], left => ValueShape.MoreNote(left)));
    }

    private static string? Sequence(IEnumerable sequence, int depth)
    {
        var (items, hasMore) = ValueShape.FirstItems(sequence);

        // A short list of numbers reads better in one line.
        if (items.All(item => ValueShape.IsSimple(item) && !(item != null && ValueFormatting.IsCustom(item))))
            return null;
        return Rows(sequence, items, hasMore, depth);
    }

    private static string Rows(IEnumerable sequence, List<object?> items, bool hasMore, int depth)
    {
        string[] columns = [.. items.Where(IsRow).SelectMany(item => ValueShape.Parts(item!)).Select(p => p.Name).Distinct()];
        bool inColumns = columns.Length > 0 && items.All(item => item == null || IsRow(item));
        var rows = WhileThereIsRoom(items.Index(), i => Row(i.Item, i.Index), left => ValueShape.MoreNote(sequence, items.Count - left));
        if (hasMore && rows.Count == items.Count)
            rows.Add([Encode(ValueShape.MoreNote(sequence, items.Count))]);
        return Table(["", .. inColumns ? columns.Select(Encode) : ["value"]], rows);

        IReadOnlyList<string> Row(object? item, int index)
        {
            if (!inColumns)
                return [index.ToString(), Cell(item, depth)];
            var parts = (item == null ? [] : ValueShape.Parts(item)).ToLookup(p => p.Name, p => p.Value);
            return [index.ToString(), .. columns.Select(c => parts.Contains(c) ? Cell(parts[c].First(), depth) : "")];
        }
    }

    private static string Pairs(IEnumerable dictionary, IEnumerable<(object? Key, object? Value)> all, int depth)
    {
        int limit = ValueShape.MaxItems(dictionary);
        var entries = all.Take(limit + 1).ToList();
        bool hasMore = entries.Count > limit;
        entries = hasMore ? entries[..limit] : entries;
        var rows = WhileThereIsRoom(
            entries, e => [Cell(e.Key, depth), Cell(e.Value, depth)], left => ValueShape.MoreNote(dictionary, entries.Count - left));
        if (hasMore && rows.Count == entries.Count)
            rows.Add([Encode(ValueShape.MoreNote(dictionary, entries.Count))]);
        return Table(["key", "value"], rows);
    }

    /// <summary>An object without formatters of its own, which can spread over the columns of a table.</summary>
    private static bool IsRow(object? item) =>
        item is not (null or IEnumerable or Task) && !ValueShape.IsSimple(item) && !ValueFormatting.IsCustom(item);

    private static string Cell(object? value, int depth)
    {
        var room = Room.Current;
        if (value != null && ValueFormatting.IsCustom(value))
        {
            return room.IsFullOfPictures
                ? Text(PlainText.Of(value, depth + 1))
                : room.Embedded(NestedHtml.Of(ValueFormatting.Inside(value)));
        }

        if (value is string text)
            return Text(text);
        if (value != null && PlainText.HasOwnText(value))
            return Text(PlainText.Of(value, depth + 1));
        return Of(value, depth + 1) ?? Encode(PlainText.Of(value, depth + 1));

        string Text(string text) => Encode(room.Text(text));
    }

    /// <summary>The rows that there is room for, the first always, and a note about those left out.</summary>
    private static List<IReadOnlyList<string>> WhileThereIsRoom<T>(
        IEnumerable<T> items, Func<T, IReadOnlyList<string>> row, Func<int, string> note)
    {
        var all = items.ToList();
        var rows = new List<IReadOnlyList<string>>();
        foreach (var item in all)
        {
            if (rows.Count > 0 && Room.Current.IsSpent)
                return [.. rows, [Encode(note(all.Count - rows.Count))]];
            rows.Add(row(item));
        }

        return rows;
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
