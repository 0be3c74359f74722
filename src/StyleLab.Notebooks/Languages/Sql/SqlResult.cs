using System.Globalization;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace StyleLab.Notebooks;

/// <summary>What one statement gave: rows, or how many it changed.</summary>
/// <param name="columns">The names of the columns.</param>
internal sealed class SqlResult(IReadOnlyList<string> columns)
{
    private readonly List<IReadOnlyList<object?>> _rows = [];
    private long _count;

    /// <summary>The names of the columns; none where nothing was asked.</summary>
    public IReadOnlyList<string> Columns { get; } = columns;

    /// <summary>How many rows were changed.</summary>
    public int? Affected { get; init; }

    /// <param name="row">A value for each column.</param>
    /// <param name="isKept">Whether all rows are wanted, also those that are not shown.</param>
    public void Add(IReadOnlyList<object?> row, bool isKept)
    {
        if (++_count <= TablePreview.MostRows || isKept)
            _rows.Add(row);
    }

    public MimeBundle ToBundle() => Affected is { } affected
        ? new() { { MimeTypes.PlainText, string.Create(CultureInfo.InvariantCulture, $"{affected:N0} {(affected == 1 ? "row" : "rows")} changed") } }
        : new TablePreview(Columns, [.. _rows.Take(TablePreview.MostRows)], _count).ToBundle();

    /// <summary>The rows that were kept.</summary>
    public TabularDataResource ToTable() => new(Columns, _rows);
}
