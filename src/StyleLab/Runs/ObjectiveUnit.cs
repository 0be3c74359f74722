namespace StyleLab.Runs;

/// <summary>
/// The unit in which an optimizer sees an objective. Only the ratios of weights may matter, but optimizers have tolerances and floats have
/// a range, so that an objective times 1e-12 or 1e12 would end elsewhere. The graph therefore has the weights divided by the largest
/// one, and the loss and gradient that come out of it are divided by a power of 1024 that brings the loss at the start of the run near 1.
/// </summary>
internal static class ObjectiveUnit
{
    // Coarse, so that it is 1 for balanced losses with a largest weight of 1.
    private const double Step = 1024;

    // 1024⁶ is 1e18, half of the range of a float.
    private const double MostSteps = 6;

    /// <summary>The largest weight; that of total variation and range only if there is no other term.</summary>
    public static double OfWeights(Loss objective)
    {
        var weights = Weights(objective, 1).Where(t => t.Weight != 0).ToLookup(t => t.Loss.IsTidying, t => Math.Abs(t.Weight));
        return weights[false].Concat(weights[true].Where(_ => !weights[false].Any())).DefaultIfEmpty(1).Max();
    }

    /// <summary>The unit of a run.</summary>
    /// <param name="ofWeights">The largest weight.</param>
    /// <param name="loss">The objective at the start.</param>
    public static double Of(double ofWeights, double loss)
    {
        double steps = Math.Round(Math.Log(Math.Abs(loss) / ofWeights, Step));
        return double.IsFinite(steps) ? ofWeights * Math.Pow(Step, Math.Clamp(steps, -MostSteps, MostSteps)) : ofWeights;
    }

    // A weight that changes counts as it was given.
    private static IEnumerable<(Loss Loss, double Weight)> Weights(Loss objective, double factor) => objective.WeightedTerms().SelectMany(term =>
        term.Loss is AnnealedLoss annealed ? Weights(annealed.Loss, factor * term.Weight) : [(term.Loss, factor * term.Weight)]);
}
