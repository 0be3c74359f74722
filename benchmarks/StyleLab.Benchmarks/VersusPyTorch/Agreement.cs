namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>How near the two sides' results are; a comparison of speed means nothing where they differ.</summary>
/// <param name="Contest">What was computed.</param>
/// <param name="Variant">Padding and PyTorch's layout.</param>
/// <param name="LossDifference">Relative difference of the losses.</param>
/// <param name="GradientCosine">Cosine of the angle between the gradients.</param>
internal sealed record Agreement(string Contest, string Variant, double LossDifference, double GradientCosine)
{
    private const double LargestLossDifference = 1e-4, SmallestCosine = 0.99999;

    /// <summary>Compares the sides' last evaluations.</summary>
    /// <exception cref="StyleLabException">They differ.</exception>
    public static Agreement Of(Contest contest, Variant variant, double ourLoss, float[] ourGradient, double loss, float[] gradient)
    {
        double dot = 0, ourSquare = 0, square = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            dot += (double)ourGradient[i] * gradient[i];
            ourSquare += (double)ourGradient[i] * ourGradient[i];
            square += (double)gradient[i] * gradient[i];
        }
        var agreement = new Agreement(
            contest.ToString(), variant.ToString(), Math.Abs(ourLoss - loss) / Math.Abs(loss), dot / Math.Sqrt(ourSquare * square));
        return agreement is { LossDifference: <= LargestLossDifference, GradientCosine: >= SmallestCosine }
            ? agreement
            : throw new StyleLabException(FormattableString.Invariant(
                $"The sides do not compute the same, so there is nothing to compare: {contest}, {variant}: losses {ourLoss:G6} (StyleLab) and {loss:G6} (PyTorch), cosine of the gradients {agreement.GradientCosine:F6}."));
    }
}
