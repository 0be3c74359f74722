using System.Collections;
using System.Text;
using StyleLab.Figures;

namespace StyleLab;

/// <summary>One combination of a sweep.</summary>
/// <param name="Index">Its place, the last axis running fastest.</param>
/// <param name="Labels">The value of each axis as text.</param>
/// <param name="Recipe">Every setting.</param>
/// <param name="Result">What came out; null if it failed.</param>
/// <param name="FromCache">True if it was there from an earlier run.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed partial record SweepCell(int Index, IReadOnlyList<string> Labels, Recipe Recipe, SynthesisResult? Result, bool FromCache, string? Error)
{
    /// <summary>The picture; null if the cell failed.</summary>
    public Picture? Picture => Result?.Picture;
}

/// <summary>The finished cells of a sweep, in order.</summary>
/// <param name="Axes">What was varied.</param>
/// <param name="Cells">The finished cells in the order of their index.</param>
/// <param name="Interrupted">True if cells are missing.</param>
/// <param name="Warnings">
/// Sentences about kept results that could not be used or written, then the warnings of all results, each once with the cells it is of:
/// those that differ in their numbers alone count as one. All of a cell's are in <c>cell.Result.Warnings</c>.
/// </param>
public sealed partial record SweepResult(
    IReadOnlyList<SweepAxis> Axes, IReadOnlyList<SweepCell> Cells, bool Interrupted, IReadOnlyList<string> Warnings) : IReadOnlyList<SweepCell>
{
    private const int LongestRow = 6, MostRows = 100;

    /// <inheritdoc/>
    public int Count => Cells.Count;

    /// <summary>A finished cell by its place among the finished ones.</summary>
    public SweepCell this[int index] => Cells[index];

    /// <summary>A finished cell by the labels of its values, one for each axis.</summary>
    /// <exception cref="StyleLabException">There is none.</exception>
    public SweepCell this[params string[] labels] => Cells.FirstOrDefault(c => c.Labels.SequenceEqual(labels))
        ?? throw new StyleLabException($"The sweep has no finished cell [{string.Join(", ", labels)}].");

    /// <summary>
    /// All pictures: the last axis from left to right, the others from top to bottom. A single long axis is broken into rows, and so is
    /// everything where a table would have more than 100 rows or columns.
    /// </summary>
    /// <param name="cellSize">Long side of each picture in layout units.</param>
    /// <param name="title">Stands above; the names of the axes if not given.</param>
    public Grid ContactSheet(int cellSize = 200, string? title = null)
    {
        int count = Axes.Aggregate(1, (product, axis) => product * axis.Labels.Count);
        int last = Axes.Count > 0 ? Axes[^1].Labels.Count : 1;
        bool tooLarge = last > MostRows || count / last > MostRows;
        bool wrapped = tooLarge || (count == last && count > LongestRow);
        int widest = Math.Max(LongestRow, (int)Math.Ceiling(Math.Sqrt(count)));
        int rows = wrapped ? (count + widest - 1) / widest : count / last;
        int columns = (count + rows - 1) / rows;
        var grid = new Grid(rows, columns, title ?? AxisNames(rows > 1 && !wrapped), cellSize: cellSize);
        if (!wrapped && Axes.Count > 0)
        {
            grid.ColumnLabels = Axes[^1].Labels;
            if (rows > 1)
                grid.RowLabels = [.. Enumerable.Range(0, rows).Select(row => LabelsOf(row, Axes.Count - 1))];
        }
        var byIndex = Cells.ToDictionary(c => c.Index);
        for (int i = 0; i < count; i++)
            grid.Add(byIndex.GetValueOrDefault(i)?.Picture, wrapped ? LabelsOf(i, Axes.Count) : byIndex.GetValueOrDefault(i)?.Error is null ? null : "failed");
        return grid;
    }

    /// <summary>The numbers of all finished cells: <c>sweep.ToTable()["loss"]</c>.</summary>
    public SweepTable ToTable() => new(this);

    /// <summary>Writes <see cref="ToTable"/> as comma-separated values. The file appears complete or not at all.</summary>
    /// <exception cref="StyleLabException">The file cannot be written.</exception>
    public void ToCsv(string path) => WholeFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(ToTable().ToCsv())), sync: false);

    /// <inheritdoc/>
    public IEnumerator<SweepCell> GetEnumerator() => Cells.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Why cells failed, each reason once with the cells it is of.</summary>
    internal IEnumerable<string> Failures => SweepWarnings.Of(Axes, Cells, cell => cell.Error is { } error ? [error] : []);

    /// <summary>The value of each axis in a cell.</summary>
    internal IEnumerable<object?> ValuesOf(SweepCell cell)
    {
        int cells = Axes.Aggregate(1, (product, axis) => product * axis.Values.Count);
        foreach (var axis in Axes)
        {
            cells /= axis.Values.Count;
            yield return axis.Values[cell.Index / cells % axis.Values.Count];
        }
    }

    private string? AxisNames(bool hasRows) => Axes.Count == 0 ? null
        : hasRows ? $"{string.Join(" · ", Axes.SkipLast(1).Select(a => a.Name))} down, {Axes[^1].Name} across"
        : string.Join(" · ", Axes.Select(a => a.Name));

    /// <summary>The values that a place stands for among all combinations of the first axes.</summary>
    private string LabelsOf(int place, int axes)
    {
        var labels = new Stack<string>();
        for (int axis = axes - 1; axis >= 0; axis--)
        {
            (place, int value) = Math.DivRem(place, Axes[axis].Labels.Count);
            labels.Push(Axes[axis].Labels[value]);
        }
        return string.Join(" · ", labels);
    }
}
