using StyleLab.Optimizers;

namespace StyleLab;

/// <summary>Settings of L-BFGS without line search; see <see cref="Optimizer.Lbfgs"/>.</summary>
/// <param name="Steps">Steps over all sizes.</param>
/// <param name="History">Pairs of differences kept.</param>
/// <param name="LearningRate">Fraction of the quasi-Newton step that is taken.</param>
/// <param name="LargestChange">
/// No value moves further than this in one step. Without a line search the second step of a run, whose length rests on a
/// single pair of differences, can otherwise leave the valley.
/// </param>
/// <param name="GradientTolerance">
/// Converged when the gradient's values add up to no more: then moving every value by 1 would change the loss by no more. In a run the
/// loss is measured in a unit in which it is near 1 at the start.
/// </param>
/// <param name="ChangeTolerance">Converged when a step changes no value, or the loss, by more; the loss in the same unit.</param>
/// <param name="HistoryMegabytes">
/// Memory for the pairs, in units of 2²⁰ bytes: of a picture so large that all pairs would need more, fewer are kept, but at
/// least <see cref="FewestPairs"/>. A fixed number and not what a machine has left, so that a recipe makes the same picture everywhere.
/// </param>
public sealed record LbfgsOptimizer(
    int Steps, int History = 20, double LearningRate = 1, double LargestChange = 0.5,
    double GradientTolerance = 1e-7, double ChangeTolerance = 1e-9, int HistoryMegabytes = 1024)
    : Optimizer(Steps)
{
    /// <summary>With as many pairs a run of 300 steps ends 1 % above the loss that it reaches with 20; with fewer it falls behind.</summary>
    public const int FewestPairs = 5;

    /// <summary>Pairs of differences kept, at least 1.</summary>
    public int History { get; init; } = History >= 1
        ? History
        : throw new ArgumentException($"L-BFGS needs a history of at least 1, got {History}.");

    /// <summary>Fraction of the quasi-Newton step that is taken, above 0.</summary>
    public double LearningRate { get; init; } = LearningRate > 0
        ? LearningRate
        : throw new ArgumentException($"The learning rate must be above 0, got {LearningRate}.");

    /// <summary>Memory for the pairs in units of 2²⁰ bytes, at least 1.</summary>
    public int HistoryMegabytes { get; init; } = HistoryMegabytes >= 1
        ? HistoryMegabytes
        : throw new ArgumentException($"L-BFGS needs at least 1 megabyte for its history, got {HistoryMegabytes}.");

    public override bool Step(OptimizerStep step) => step.State.StateOf(this).Step(step.Values, step.Loss, step.Gradient, step.Progress);

    /// <summary>Pairs that are kept of a picture of so many values.</summary>
    internal int PairsFor(long values) =>
        (int)Math.Min(History, Math.Max(FewestPairs, ((long)HistoryMegabytes << 20) / (2L * sizeof(float) * Math.Max(values, 1))));

    internal override IOptimizerState Begin(int values, OptimizerMemory? memory = null) =>
        memory is null ? new LbfgsState(this, values) : LbfgsState.From(this, values, memory);

    internal override OptimizerMemory Enlarge(OptimizerMemory memory, Enlargement enlargement) => LbfgsState.Enlarged(memory, enlargement);

    internal override int VectorsFor(long values, int steps) => 2 + 2 * Math.Min(PairsFor(values), steps);
}
