using StyleLab.Optimizers;

namespace StyleLab;

/// <summary>Settings of Adam; see <see cref="Optimizer.Adam"/>.</summary>
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

    internal override IOptimizerState Begin(int values, OptimizerMemory? memory = null) =>
        memory is null ? new AdamState(this, values) : AdamState.From(this, values, memory);

    internal override OptimizerMemory Enlarge(OptimizerMemory memory, Enlargement enlargement) => AdamState.Enlarged(memory, enlargement);

    internal override int VectorsFor(long values, int steps) => 2;
}
