namespace StyleLab;

/// <summary>
/// Adam with bias correction (Kingma and Ba, arXiv:1412.6980, algorithm 1), as <c>torch.optim.Adam</c> computes it; see
/// <see cref="Optimizer.Adam"/>.
/// </summary>
/// <param name="Steps">Steps over all sizes.</param>
/// <param name="LearningRate">Largest change of a pixel in one step, on the scale 0..1.</param>
/// <param name="Beta1">Decay of the mean gradient.</param>
/// <param name="Beta2">Decay of the mean squared gradient.</param>
/// <param name="Epsilon">Added to the root of the mean squared gradient.</param>
/// <param name="Averaging">
/// The result is a mean over the steps of a pass in which each counts this part of the next; 0 takes the last step alone. Adam ends
/// trembling around the valley's floor, and the mean of that is nearer to it (Polyak and Juditsky 1992).
/// </param>
public sealed record AdamOptimizer(
    int Steps, double LearningRate = 0.02, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Averaging = 0)
    : Optimizer(Steps)
{
    /// <summary>How much each step counts of the next one in the mean that is the result, 0 to below 1.</summary>
    public double Averaging { get; init; } = Averaging is >= 0 and < 1
        ? Averaging
        : throw new ArgumentException($"The averaging must be at least 0 and below 1, got {Averaging}.");

    /// <summary>Largest change of a pixel in one step, above 0.</summary>
    public double LearningRate { get; init; } = LearningRate > 0
        ? LearningRate
        : throw new ArgumentException($"The learning rate must be above 0, got {LearningRate}.");

    public override bool Step(OptimizerStep step)
    {
        var state = step.State;
        double steps = ++state["steps"];
        float[] mean = state.Vector("mean", VectorKind.Gradients), square = state.Vector("square", VectorKind.Squares);
        float beta1 = (float)Beta1, beta2 = (float)Beta2, epsilon = (float)Epsilon;
        float rate = (float)(Annealed(LearningRate, step) / (1 - Math.Pow(Beta1, steps)));
        float correction = (float)Math.Sqrt(1 - Math.Pow(Beta2, steps));
        var x = step.Values;
        var gradient = step.Gradient;
        for (int i = 0; i < x.Length; i++)
        {
            float g = gradient[i];
            mean[i] = beta1 * mean[i] + (1 - beta1) * g;
            square[i] = beta2 * square[i] + (1 - beta2) * g * g;
            x[i] -= rate * mean[i] / (MathF.Sqrt(square[i]) / correction + epsilon);
        }
        if (Averaging > 0)
            AddTo(state.Vector(OptimizerState.Average), x, steps);
        return true;
    }

    private void AddTo(float[] average, ReadOnlySpan<float> x, double steps)
    {
        // The newest step's share of the sum of all shares, 1 + d + d² + …
        float share = (float)((1 - Averaging) / (1 - Math.Pow(Averaging, steps)));
        for (int i = 0; i < x.Length; i++)
            average[i] += share * (x[i] - average[i]);
    }
}
