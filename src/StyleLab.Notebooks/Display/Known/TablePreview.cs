using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>The first rows of a table.</summary>
/// <param name="Columns">The names of all columns.</param>
/// <param name="Rows">The rows that are shown, with a value for each column.</param>
/// <param name="Count">How many rows the table has; null if it does not know.</param>
internal sealed record TablePreview(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, long? Count)
{
    private const int MostColumns = 40, LongestCell = 200, WidestText = 30;

    /// <summary>How many rows are to be shown.</summary>
    public static int MostRows => Formatter.ListExpansionLimit;

    /// <summary>The table as HTML and as text.</summary>
    public MimeBundle ToBundle()
    {
        string[] header = [.. Shown(Columns)];
        string[][] rows = [.. Rows.Select(row => Shown([.. row.Select(Text)]).ToArray())];
        string columns = string.Create(CultureInfo.InvariantCulture, $"{Columns.Count:N0} {(Columns.Count == 1 ? "column" : "columns")}");
        string size = Count is { } count
            ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "row" : "rows")} × {columns}")
            : string.Create(CultureInfo.InvariantCulture, $"the first {Rows.Count:N0} rows × {columns}");
        return new() { { MimeTypes.Html, Html(header, rows, size) }, { MimeTypes.PlainText, PlainRows(header, rows, size) } };
    }

    private static IEnumerable<string> Shown(IReadOnlyList<string> cells) =>
        cells.Count <= MostColumns ? cells : [.. cells.Take(MostColumns), "…"];

    private static string Text(object? value) => Room.Shortened(value as string ?? PlainText.Of(value), LongestCell);

    private static string Html(string[] header, string[][] rows, string size)
    {
        var html = new StringBuilder("<table><thead><tr><th></th>");
        foreach (string name in header)
            html.Append("<th>").Append(WebUtility.HtmlEncode(name)).Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var (index, row) in rows.Index())
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th>{index}</th>");
            foreach (string cell in row)
                html.Append("<td>").Append(WebUtility.HtmlEncode(cell)).Append("</td>");
            html.Append("</tr>");
        }

        return html.Append("</tbody></table><p>").Append(size).Append("</p>").ToString();
    }

    private static string PlainRows(string[] header, string[][] rows, string size)
    {
        string[][] all = [["", .. header], .. rows.Select((row, index) => (string[])[index.ToString(CultureInfo.InvariantCulture), .. row])];
        all = [.. all.Select(row => row.Select(cell => Room.Shortened(cell.ReplaceLineEndings(" "), WidestText)).ToArray())];
        int[] widths = [.. Enumerable.Range(0, header.Length + 1).Select(column => all.Max(row => row[column].Length))];
        var lines = all.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadLeft(widths[column]))).TrimEnd());
        return string.Join('\n', lines.Append(size));
    }
}
