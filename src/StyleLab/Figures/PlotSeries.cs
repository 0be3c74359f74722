namespace StyleLab;

/// <summary>A named line of a plot.</summary>
public sealed record PlotSeries
{
    /// <summary>Makes a series.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="x">For example steps or evaluations.</param>
    /// <param name="y">
    /// The values, one for each x. What cannot be shown (not finite, or not positive on a logarithmic axis) leaves a gap.
    /// </param>
    /// <exception cref="StyleLabException">There are not as many x as y.</exception>
    public PlotSeries(string name, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count)
            throw new StyleLabException(
                $"The series \"{name}\" has {x.Count} x values and {y.Count} y values; give one x for each y.");
        Name = name;
        X = x;
        Y = y;
    }

    /// <summary>A series over 1, 2, 3, …</summary>
    public PlotSeries(string name, IReadOnlyList<double> y)
        : this(name, [.. Enumerable.Range(1, y.Count).Select(i => (double)i)], y) { }

    /// <summary>What the legend calls it.</summary>
    public string Name { get; }

    /// <summary>The horizontal positions.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>The values, as many as <see cref="X"/>.</summary>
    public IReadOnlyList<double> Y { get; }
}
