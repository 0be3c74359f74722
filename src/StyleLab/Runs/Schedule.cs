namespace StyleLab;

/// <summary>One size of a run and the optimizer steps taken at it.</summary>
/// <param name="Size">Picture size.</param>
/// <param name="Steps">Optimizer steps.</param>
public sealed record Pass(PictureSize Size, int Steps);

/// <summary>
/// The sizes of a run from coarse to fine. A small picture settles the composition and the large strokes at a fraction of
/// the cost; each larger one starts from the enlarged result before it and adds detail. The optimizer begins afresh at each size
/// unless it is asked for otherwise (<see cref="Optimizer.AcrossSizes"/>): with its memory enlarged and carried over, the final loss at equal evaluations was higher in all runs tried but one, by up to
/// 1 % with L-BFGS (the detail that is new has another curvature) and by 2 to 16 % with Adam.
/// </summary>
public static class Schedule
{
    // Below this the deepest feature maps are a few positions wide and say nothing about composition.
    private const int SmallestLongSide = 64;

    // Share of the steps that the final size gets; the coarser ones divide the rest evenly.
    private const double FinalShare = 0.4;

    /// <summary>Halves the size down to a long side of 64 pixels and shares the steps out.</summary>
    public static IReadOnlyList<Pass> CoarseToFine(PictureSize size, int steps)
    {
        var sizes = new List<int> { size.LongSide };
        while (sizes[0] / 2 >= SmallestLongSide)
            sizes.Insert(0, sizes[0] / 2);
        return Passes(size, steps, sizes);
    }

    /// <summary>One pass for each of the given long sides, the last of which is the final size.</summary>
    /// <exception cref="ArgumentException">The list is empty, holds a size below 1, or does not grow.</exception>
    public static IReadOnlyList<Pass> Of(PictureSize size, int steps, IReadOnlyList<int> longSides)
    {
        if (longSides.Count == 0 || longSides[0] < 1 || longSides.Zip(longSides.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException($"The sizes of a run must grow and be at least 1 pixel, got [{string.Join(", ", longSides)}].");
        return Passes(size, steps, longSides);
    }

    /// <summary>Shares steps out over sizes from coarse to fine.</summary>
    internal static IReadOnlyList<Pass> Shared(int steps, IReadOnlyList<PictureSize> sizes)
    {
        int coarse = sizes.Count == 1 ? 0 : (int)(steps * (1 - FinalShare)) / (sizes.Count - 1);
        int final = steps - coarse * (sizes.Count - 1);
        return [.. sizes.Select((size, i) => new Pass(size, i == sizes.Count - 1 ? final : coarse))];
    }

    private static IReadOnlyList<Pass> Passes(PictureSize size, int steps, IReadOnlyList<int> longSides) =>
        Shared(steps, [.. longSides.Select(side => side == size.LongSide ? size : size.Fit(side))]);
}
