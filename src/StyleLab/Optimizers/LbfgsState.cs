using StyleLab.Tensors.Vectors;

namespace StyleLab.Optimizers;

/// <summary>
/// L-BFGS as <c>torch.optim.LBFGS</c> does it without line search: the two-loop recursion with H₀ = (s·y)/(y·y), a first step of
/// min(1, 1/‖g‖₁)·rate and then always the rate itself, a pair kept only if y·s &gt; 1e-10. One thing is added: a step that would
/// move a value by more than LargestChange is shortened. Beside the pairs it has two vectors.
/// </summary>
internal sealed partial class LbfgsState(LbfgsOptimizer settings, int values) : IOptimizerState
{
    private const double SmallestCurvature = 1e-10;

    private readonly LbfgsHistory _history = new(settings.PairsFor(values));
    private float[] _direction = new float[values], _previousGradient = new float[values];
    private double _previousLoss, _length;
    private bool _started;

    public bool Step(Span<float> x, double loss, ReadOnlySpan<float> gradient, double progress = 0)
    {
        double rate = settings.AnnealedAt(settings.LearningRate, progress);
        if (VectorMath.AbsoluteMax(gradient) <= settings.GradientTolerance)
            return false;
        if (_started)
        {
            bool still = _length * VectorMath.AbsoluteMax(_direction) <= settings.ChangeTolerance;
            if (still || Math.Abs(loss - _previousLoss) < settings.ChangeTolerance)
                return false;
            RememberPair(gradient);
            _length = rate;
        }
        else
            // Pairs of a smaller picture know how long a step may be; without any it is a careful one.
            _length = (_history.Count > 0 ? 1 : Math.Min(1, 1 / VectorMath.AbsoluteSum(gradient))) * rate;

        _history.FindDirection(gradient, _direction);
        gradient.CopyTo(_previousGradient);
        _previousLoss = loss;
        _started = true;

        if (VectorMath.Dot(gradient, _direction) > -settings.ChangeTolerance)
            return false;
        double largest = _length * VectorMath.AbsoluteMax(_direction);
        if (largest > settings.LargestChange)
            _length *= settings.LargestChange / largest;
        VectorMath.AddScaled(x, (float)_length, _direction);
        return true;
    }

    /// <summary>The last direction becomes s and the last gradient y, in their own memory.</summary>
    private void RememberPair(ReadOnlySpan<float> gradient)
    {
        VectorMath.Scale(_direction, (float)_length);
        VectorMath.SubtractFrom(gradient, _previousGradient);
        if (VectorMath.Dot(_previousGradient, _direction) > SmallestCurvature)
            (_direction, _previousGradient) = _history.Add(_direction, _previousGradient);
    }
}
