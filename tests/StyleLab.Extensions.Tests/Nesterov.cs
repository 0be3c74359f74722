using StyleLab.Tensors.Vectors;

namespace StyleLab.Extensions.Tests;

/// <summary>
/// Gradient descent with Nesterov's momentum, in the form of Sutskever et al. 2013 that moves the point where the gradient is taken:
/// v ← µ·v − η·g, x ← x + µ·v − η·g.
/// </summary>
public sealed record Nesterov(int Steps, double LearningRate, double Momentum = 0.9) : Optimizer(Steps)
{
    public override bool Step(OptimizerStep step)
    {
        var velocity = step.State.Vector("velocity", VectorKind.Gradients);
        float rate = (float)-Annealed(LearningRate, step);
        VectorMath.Scale(velocity, (float)Momentum);
        VectorMath.AddScaled(velocity, rate, step.Gradient);
        VectorMath.AddScaled(step.Values, (float)Momentum, velocity);
        VectorMath.AddScaled(step.Values, rate, step.Gradient);
        return true;
    }
}
