using System.Collections;
using System.Globalization;
using StyleLab.Figures;
using StyleLab.Runs;

namespace StyleLab;

/// <summary>
/// The numbers of a sweep, one row a finished cell: its index, the value of each axis, the loss at the end and its terms, evaluations,
/// steps, seconds, whether it was there from an earlier run, why it failed or ended as NaN, and the warnings of its result. See <see cref="SweepResult.ToTable"/>.
/// </summary>
public sealed partial class SweepTable : IReadOnlyList<IReadOnlyList<object?>>
{
    private readonly List<IReadOnlyList<object?>> _rows;

    internal SweepTable(SweepResult sweep)
    {
        string[] terms = [.. sweep.Cells.SelectMany(cell => cell.Result?.LossesAtEnd?.Parts.Select(part => part.Name) ?? []).Distinct()];
        Columns =
        [
            "index", .. sweep.Axes.Select(axis => axis.Name), "loss", .. terms.Select(term => "loss: " + term),
            "evaluations", "steps", "seconds", "kept", "error", "warnings",
        ];
        _rows = [.. sweep.Cells.Select(cell => (IReadOnlyList<object?>)
        [
            cell.Index, .. sweep.ValuesOf(cell), cell.Result?.LossesAtEnd?.Value,
            .. terms.Select(term => (object?)cell.Result?.LossesAtEnd?.Parts.FirstOrDefault(part => part.Name == term)?.Value),
            cell.Result?.Evaluations, cell.Result?.History.Count, cell.Result?.Elapsed.TotalSeconds, cell.FromCache,
            cell.Error ?? (cell.Result is { Diverged: true } ? Course.NotFinite : null), WarningsOf(cell),
        ])];
    }

    /// <summary>The names of the columns. Terms of the loss are called <c>loss: style</c> and so on.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>A row: numbers as numbers, yes and no as <see cref="bool"/>, everything else as text; null where there is nothing.</summary>
    public IReadOnlyList<object?> this[int row] => _rows[row];

    /// <summary>A column by its name, from top to bottom.</summary>
    /// <exception cref="StyleLabException">There is none of that name.</exception>
    public IReadOnlyList<object?> this[string column]
    {
        get
        {
            int place = Columns.ToList().IndexOf(column);
            return place >= 0
                ? [.. _rows.Select(row => row[place])]
                : throw new StyleLabException($"The table has no column \"{column}\"; it has {string.Join(", ", Columns)}.");
        }
    }

    /// <summary>
    /// The table as comma-separated values (RFC 4180): a line of names, then a line a row, numbers with a point and all their digits,
    /// true and false, and nothing where there is nothing.
    /// </summary>
    public string ToCsv() => string.Concat(_rows.Prepend(Columns).Select(row => string.Join(',', row.Select(Field)) + "\r\n"));

    /// <inheritdoc/>
    public IEnumerator<IReadOnlyList<object?>> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string? WarningsOf(SweepCell cell) => cell.Result is { Warnings: { Count: > 0 } warnings } ? string.Join(" ", warnings) : null;

    private static string Field(object? value)
    {
        string text = value switch
        {
            null => "",
            bool yes => yes ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}
