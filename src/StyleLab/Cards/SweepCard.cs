using System.Globalization;
using StyleLab.Figures;

namespace StyleLab.Cards;

/// <summary>The pictures of a sweep in a sheet, and below it a row of numbers for each.</summary>
internal static class SweepCard
{
    private const int Box = 140, LargestBytes = 12 * 1024, SmallestBytes = 1500, AllBytes = 110 * 1024, MostColumns = 8, MostPictures = 80, MostRows = 80;

    public static string ToHtml(SweepResult sweep)
    {
        var cells = sweep.Cells.Take(MostPictures).ToList();
        int bytes = Math.Clamp(AllBytes / Math.Max(1, cells.Count), SmallestBytes, LargestBytes);
        int left = sweep.Cells.Count - cells.Count;
        return CardHtml.Card("Sweep", Facts(sweep),
            IsTable(sweep) ? AsTable(sweep, bytes) : CardHtml.Sheet(cells.Select(cell => (Shown(cell, bytes), LabelOf(cell)))),
            left > 0 ? $"<div style=\"opacity:.75\">… {CardText.Count(left, "more picture")}; ContactSheet() shows all</div>" : "",
            CardHtml.Table(Header(sweep), sweep.Axes.Count, Rows(sweep).Select(row => row.Select(CardHtml.Text).ToList())),
            Left(sweep.Cells.Count), CardHtml.Warnings(sweep.Failures), CardHtml.FoldedWarnings(sweep.Warnings));
    }

    public static string ToText(SweepResult sweep) => string.Join('\n',
    [
        $"Sweep · {Facts(sweep)}", CardText.Table(Header(sweep), sweep.Axes.Count, [.. Rows(sweep)]),
        .. sweep.Cells.Count > MostRows ? [$"… {sweep.Cells.Count - MostRows} more"] : Array.Empty<string>(),
        .. sweep.Failures.Concat(sweep.Warnings).Select(warning => "! " + warning),
    ]);

    public static string ToHtml(SweepTable table) => CardHtml.Card("Sweep", CardText.Count(table.Count, "run"),
        CardHtml.Table(table.Columns, 0, Rows(table).Select(row => row.Select(CardHtml.Text).ToList())), Left(table.Count));

    public static string ToText(SweepTable table) => CardText.Table(table.Columns, 0, [.. Rows(table)])
        + (table.Count > MostRows ? $"\n… {table.Count - MostRows} more rows" : "");

    public static string LabelOf(SweepCell cell) => string.Join(" · ", cell.Labels);

    private static string Left(int count) => count > MostRows ? $"<div style=\"opacity:.75\">… {count - MostRows} more rows</div>" : "";

    private static string Facts(SweepResult sweep)
    {
        int all = sweep.Axes.Aggregate(1, (count, axis) => count * axis.Labels.Count), kept = sweep.Cells.Count(cell => cell.FromCache);
        int failed = sweep.Cells.Count(cell => cell.Error is not null);
        return string.Join(" · ",
        [
            sweep.Cells.Count < all ? $"{sweep.Cells.Count} of {CardText.Count(all, "run")}" : CardText.Count(all, "run"),
            .. kept > 0 ? [$"{kept} from earlier"] : Array.Empty<string>(), .. failed > 0 ? [$"{failed} failed"] : Array.Empty<string>(),
            ProgressView.Duration(TimeSpan.FromSeconds(sweep.Cells.Sum(cell => cell.Result?.Elapsed.TotalSeconds ?? 0))),
            .. sweep.Interrupted ? ["interrupted"] : Array.Empty<string>(),
        ]);
    }

    private static bool IsTable(SweepResult sweep) =>
        sweep.Axes.Count > 1 && sweep.Axes[^1].Labels.Count <= MostColumns && sweep.Cells.Count is > 0 and <= MostPictures;

    /// <summary>The last axis from left to right, the others from top to bottom.</summary>
    private static string AsTable(SweepResult sweep, int bytes)
    {
        int columns = sweep.Axes[^1].Labels.Count;
        var rows = sweep.Cells.GroupBy(cell => cell.Index / columns).OrderBy(row => row.Key).Select(row =>
        {
            var places = row.ToDictionary(cell => cell.Index % columns);
            return (IReadOnlyList<string>)
            [
                CardHtml.Text(string.Join(" · ", row.First().Labels.SkipLast(1))),
                .. Enumerable.Range(0, columns).Select(place => places.GetValueOrDefault(place) is { } cell ? Shown(cell, bytes) : ""),
            ];
        });
        string corner = $"{string.Join(" · ", sweep.Axes.SkipLast(1).Select(axis => axis.Name))} ↓ {sweep.Axes[^1].Name} →";
        return CardHtml.Table([corner, .. sweep.Axes[^1].Labels], columns + 1, rows);
    }

    private static string Shown(SweepCell cell, int bytes) => cell.Picture is { } picture
        ? PictureHtml.Image(picture, LabelOf(cell), Box, 2 * Box, bytes)
        : $"<div style=\"width:{Box}px;height:{Box * 3 / 4}px;border:1px dashed rgba(128,128,128,.5)\">failed</div>";

    private static string[] Header(SweepResult sweep) => [.. sweep.Axes.Select(axis => axis.Name), "loss", .. TermNames(sweep), "steps", "time"];

    private static IEnumerable<IReadOnlyList<string>> Rows(SweepResult sweep) => sweep.Cells.Take(MostRows).Select(cell => (IReadOnlyList<string>)
    [
        .. cell.Labels, cell.Result?.LossesAtEnd is { } end ? CardText.Number(end.Value) : "failed",
        .. TermNames(sweep).Select(name => CardText.Number(cell.Result?.LossesAtEnd?.Parts.FirstOrDefault(part => part.Name == name)?.Value)),
        cell.Result?.History.Count.ToString() ?? "", cell.FromCache ? "kept" : cell.Result is { } result ? ProgressView.Duration(result.Elapsed) : "",
    ]);

    private static IEnumerable<IReadOnlyList<string>> Rows(SweepTable table) => table.Take(MostRows).Select(row => (IReadOnlyList<string>)
        [.. row.Select(value => value is double or float ? CardText.Number(Convert.ToDouble(value)) : CardText.Short(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""))]);

    /// <summary>The terms of sums that any cell has; the layers of a single term are too many.</summary>
    private static IEnumerable<string> TermNames(SweepResult sweep) => sweep.Cells
        .Where(cell => cell.Recipe.Objective is SumLoss).SelectMany(cell => cell.Result?.LossesAtEnd?.Parts.Select(part => part.Name) ?? []).Distinct().Take(6);
}
