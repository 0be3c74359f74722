using StyleLab.Tensors;

namespace StyleLab.Losses;

/// <summary>The size of a target, by which balanced terms are divided.</summary>
internal static class LossScale
{
    // A target that is zero everywhere (a dead layer, a black picture) must not divide by zero.
    private const double Smallest = 1e-12;

    public static double MeanSquare(Tensor target)
    {
        if (!target.TryGetConstant(out var values))
            throw new ArgumentException($"The target of a loss has fixed values, got {target}.");
        double sum = 0;
        foreach (float value in values)
            sum += (double)value * value;
        return Math.Max(sum / values.Length, Smallest);
    }
}
