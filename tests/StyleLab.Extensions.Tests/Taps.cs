using StyleLab.Tensors;

namespace StyleLab.Extensions.Tests;

/// <summary>
/// Of a linear operation: a value of the source goes into a value of the target with a weight. Filters have a weight of their own for each
/// place (I, J) in them.
/// </summary>
public readonly record struct Tap(int TargetRow, int TargetColumn, int SourceRow, int SourceColumn, double Weight = 1, int I = 0, int J = 0);

/// <summary>The taps of the operations that move values about.</summary>
public static class Taps
{
    /// <summary>A rectangle of a source with a border around it; a crop has no border and begins inside.</summary>
    public static IEnumerable<Tap> OfBorder(Shape source, Shape target, Padding padding, int top, int left) =>
        from row in Enumerable.Range(0, target.Height)
        from column in Enumerable.Range(0, target.Width)
        let sourceRow = padding.Source(row - top, source.Height)
        let sourceColumn = padding.Source(column - left, source.Width)
        where sourceRow >= 0 && sourceColumn >= 0
        select new Tap(row, column, sourceRow, sourceColumn);

    /// <summary>k×k filters around every position.</summary>
    public static IEnumerable<Tap> OfFilters(Shape source, int size, Padding padding) =>
        from row in Enumerable.Range(0, source.Height)
        from column in Enumerable.Range(0, source.Width)
        from i in Enumerable.Range(0, size)
        from j in Enumerable.Range(0, size)
        let sourceRow = padding.Source(row + i - size / 2, source.Height)
        let sourceColumn = padding.Source(column + j - size / 2, source.Width)
        where sourceRow >= 0 && sourceColumn >= 0
        select new Tap(row, column, sourceRow, sourceColumn, I: i, J: j);

    /// <summary>k×k filters every few positions, wholly inside.</summary>
    public static IEnumerable<Tap> OfStridedFilters(Shape target, int size, int stride) =>
        from row in Enumerable.Range(0, target.Height)
        from column in Enumerable.Range(0, target.Width)
        from i in Enumerable.Range(0, size)
        from j in Enumerable.Range(0, size)
        select new Tap(row, column, row * stride + i, column * stride + j, I: i, J: j);

    /// <summary>What of each window lies inside, in reading order, all with the same weight.</summary>
    public static IEnumerable<IGrouping<(int, int), Tap>> OfWindows(Shape source, Shape target, PoolWindow window) =>
        (from row in Enumerable.Range(0, target.Height)
         from column in Enumerable.Range(0, target.Width)
         let rows = Inside(row * window.Stride - window.Before, window.Size, source.Height)
         let columns = Inside(column * window.Stride - window.Before, window.Size, source.Width)
         from i in rows
         from j in columns
         select new Tap(row, column, i, j, 1.0 / (rows.Count * columns.Count))).GroupBy(tap => (tap.TargetRow, tap.TargetColumn));

    /// <summary>A triangle filter, widened when shrinking.</summary>
    public static IEnumerable<Tap> OfResampling(Shape source, Shape target) =>
        from row in Enumerable.Range(0, target.Height)
        from rowTap in Triangle(row, source.Height, target.Height)
        from column in Enumerable.Range(0, target.Width)
        from columnTap in Triangle(column, source.Width, target.Width)
        select new Tap(row, column, rowTap.Source, columnTap.Source, rowTap.Weight * columnTap.Weight);

    private static List<int> Inside(int start, int size, int length) => [.. Enumerable.Range(start, size).Where(i => i >= 0 && i < length)];

    private static List<(int Source, double Weight)> Triangle(int target, int sourceSize, int targetSize)
    {
        double scale = (double)sourceSize / targetSize, reach = Math.Max(scale, 1), centre = (target + 0.5) * scale;
        var taps = Enumerable.Range(0, sourceSize)
            .Select(source => (Source: source, Weight: Math.Max(0, 1 - Math.Abs(source + 0.5 - centre) / reach))).Where(tap => tap.Weight > 0).ToList();
        double sum = taps.Sum(tap => tap.Weight);
        return [.. taps.Select(tap => (tap.Source, tap.Weight / sum))];
    }
}
