namespace StyleLab;

/// <summary>What an optimizer gets for one step: the picture to move, and the objective and its gradient there.</summary>
public readonly ref struct OptimizerStep
{
    internal OptimizerStep(Span<float> values, double loss, ReadOnlySpan<float> gradient, double progress, OptimizerState state)
    {
        Values = values;
        Loss = loss;
        Gradient = gradient;
        Progress = progress;
        State = state;
    }

    /// <summary>The picture with its margin, planes of red, green and blue, on the scale 0..1 but not limited to it; to be changed.</summary>
    public Span<float> Values { get; }

    /// <summary>
    /// The objective at these values, in a unit of its own for the run: divided by its largest weight, and by a power of 1024 where it is
    /// not between 1/32 and 32 at the start then. So a learning rate does not hang on the weights, of which only the ratios matter.
    /// </summary>
    public double Loss { get; }

    /// <summary>Its gradient, one number for each value, in the same unit.</summary>
    public ReadOnlySpan<float> Gradient { get; }

    /// <summary>The progress of the run: 0 at its first step, towards 1 at its last, over all sizes.</summary>
    public double Progress { get; }

    /// <summary>What the optimizer remembers from step to step; empty at the first step of each size.</summary>
    public OptimizerState State { get; }
}
