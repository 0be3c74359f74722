using StyleLab.Figures;

namespace StyleLab.Cards;

/// <summary>Short names of things, and tables of plain text.</summary>
internal static class CardText
{
    private const int LongestInTable = 60;

    /// <summary>The file a picture came from, if there is one, and its size.</summary>
    public static string NameOf(Picture picture) => picture.Origin is { } origin
        ? $"{Path.GetFileName(origin.File)} ({picture.Width}×{picture.Height})"
        : $"a picture of {picture.Width}×{picture.Height}";

    /// <summary>Columns below each other: texts to the left, numbers to the right.</summary>
    public static string Table(IReadOnlyList<string> header, int texts, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = header.Count > 0 ? [header, .. rows] : [.. rows];
        if (all.Length == 0)
            return "";
        int[] widths = [.. Enumerable.Range(0, all.Max(row => row.Count)).Select(i => all.Max(row => i < row.Count ? row[i].Length : 0))];
        return string.Join('\n', all.Select(row =>
            string.Join("  ", row.Select((cell, i) => i < texts ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd()));
    }

    /// <summary>A loss or a weight in few digits.</summary>
    public static string Number(double? value) => value is { } number ? NumberText.Value(number, 3) : "";

    /// <summary>A text as it fits into a table; all of it is in the value.</summary>
    public static string Short(string text) => text.Length <= LongestInTable ? text : text[..(LongestInTable - 1)] + "…";

    public static string Count(int count, string one) => $"{count} {one}{(count == 1 ? "" : "s")}";
}
