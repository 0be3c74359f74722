namespace StyleLab;

/// <summary>Weights of the layers of a style, from the first to the last, with a mean of 1.</summary>
public static class LayerWeights
{
    /// <summary>All layers count the same.</summary>
    /// <param name="layers">How many layers the style has.</param>
    public static IReadOnlyList<double> Even(int layers) => Geometric(layers, 1);

    /// <summary>Each layer counts half as much as the one before: fine strokes and colours, loose forms.</summary>
    /// <param name="layers">How many layers the style has.</param>
    public static IReadOnlyList<double> Fine(int layers) => Geometric(layers, 0.5);

    /// <summary>Each layer counts twice as much as the one before: large shapes of the style, less of its grain.</summary>
    /// <param name="layers">How many layers the style has.</param>
    public static IReadOnlyList<double> Coarse(int layers) => Geometric(layers, 2);

    /// <summary>Each layer counts <paramref name="ratio"/> times as much as the one before.</summary>
    /// <param name="layers">How many layers the style has, at least 1.</param>
    /// <param name="ratio">Above 0; 1 for equal weights.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static IReadOnlyList<double> Geometric(int layers, double ratio)
    {
        if (layers < 1)
            throw new ArgumentException($"A style has at least 1 layer, got {layers}.");
        if (!(ratio > 0 && double.IsFinite(ratio)))
            throw new ArgumentException($"The ratio of layer weights must be above 0, got {ratio}.");
        var weights = Enumerable.Range(0, layers).Select(i => Math.Pow(ratio, i)).ToArray();
        double mean = weights.Average();
        return [.. weights.Select(w => w / mean)];
    }
}
