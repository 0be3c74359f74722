namespace StyleLab;

/// <summary>The sentences of a sweep's cells, each once with the cells it is of.</summary>
internal static class SweepWarnings
{
    private const int MostNamed = 3;

    /// <param name="axes">What was varied.</param>
    /// <param name="cells">The finished cells.</param>
    /// <param name="sentences">What is said of a cell.</param>
    public static IEnumerable<string> Of(IReadOnlyList<SweepAxis> axes, IReadOnlyList<SweepCell> cells, Func<SweepCell, IReadOnlyList<string>> sentences) =>
        SharedWarnings.Of(cells.Select(sentences), places => NameOf(axes, cells, [.. places.Select(place => cells[place])]));

    /// <summary>For example "All 6 cells", "seed 2, 3 (4 of 6 cells)", "2 of 6 cells (0.1 · 1; 0.3 · 2)".</summary>
    private static string NameOf(IReadOnlyList<SweepAxis> axes, IReadOnlyList<SweepCell> all, IReadOnlyList<SweepCell> cells)
    {
        if (cells.Count == all.Count)
            return all.Count == 1 ? "The only cell" : $"All {all.Count} cells";
        string count = $"{cells.Count} of {all.Count} cells";
        for (int axis = 0; axis < axes.Count; axis++)
        {
            // Where a value leads to it whatever else is varied, the value is its name.
            var values = cells.Select(cell => cell.Labels[axis]).Distinct().ToList();
            if (all.Count(cell => values.Contains(cell.Labels[axis])) == cells.Count)
                return $"{axes[axis].Name} {Listed(values, ", ")} ({count})";
        }
        return $"{count} ({Listed([.. cells.Select(cell => string.Join(" · ", cell.Labels))], "; ")})";
    }

    private static string Listed(IReadOnlyList<string> names, string separator) =>
        string.Join(separator, names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
