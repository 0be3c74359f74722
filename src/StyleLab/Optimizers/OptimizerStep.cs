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

    /// <summary>The objective at these values.</summary>
    public double Loss { get; }

    /// <summary>Its gradient, one number for each value.</summary>
    public ReadOnlySpan<float> Gradient { get; }

    /// <summary>The progress of the run: 0 at its first step, towards 1 at its last, over all sizes.</summary>
    public double Progress { get; }

    /// <summary>What the optimizer remembers from step to step; empty at the first step of each size.</summary>
    public OptimizerState State { get; }
}
