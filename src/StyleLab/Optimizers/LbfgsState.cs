using StyleLab.Tensors.Vectors;

namespace StyleLab.Optimizers;

/// <summary>
/// L-BFGS as <c>torch.optim.LBFGS</c> does it without line search: the two-loop recursion with H₀ = (s·y)/(y·y), a first step along
/// the gradient and then always the rate itself. A step that would move a value by more than LargestChange is shortened.
/// Beside the pairs it has two vectors.
/// <para>
/// What it decides does not depend on how large the picture is. A mean over N values has gradient values of 1/N and products y·s of
/// 1/N², so that bounds as PyTorch has them, 1e-7 for the largest value and 1e-10 for y·s, stop a large picture before it moves. Here the
/// sum of the gradient's values counts, y·s is compared with ‖y‖·‖s‖, and a first step, which only probes the curvature, is never
/// taken for convergence. Its changes add up to 1, as PyTorch's do where ‖g‖₁ ≥ 1 (at the start of style transfers it is 15 to 140).
/// </para>
/// </summary>
internal sealed partial class LbfgsState(LbfgsOptimizer settings, int values) : IOptimizerState
{
    // Cosine of the angle between s and y below which a pair is rounding noise; in runs it is 0.006 and more.
    private const double SmallestCosine = 1e-6;

    // Mean change of a value in the first step, if more than a sum of 1 asks for: less is lost in a value's rounding.
    private const double SmallestProbe = 1e-7;

    private readonly LbfgsHistory _history = new(settings.PairsFor(values));
    private float[] _direction = new float[values], _previousGradient = new float[values];
    private double _previousLoss, _length;
    private bool _started;

    public bool Step(Span<float> x, double loss, ReadOnlySpan<float> gradient, double progress = 0)
    {
        double rate = settings.AnnealedAt(settings.LearningRate, progress);
        double gradientSum = VectorMath.AbsoluteSum(gradient);
        if (gradientSum <= settings.GradientTolerance)
            return false;
        if (_started)
        {
            if (_history.Count > 0 && HasSettled(loss))
                return false;
            RememberPair(gradient);
            _length = rate;
        }
        else
            // Pairs of a smaller picture know how long a step may be; without any it is a careful one.
            _length = (_history.Count > 0 ? 1 : Math.Max(1, SmallestProbe * x.Length) / gradientSum) * rate;

        _history.FindDirection(gradient, _direction);
        gradient.CopyTo(_previousGradient);
        _previousLoss = loss;
        _started = true;

        if (_history.Count > 0 && VectorMath.Dot(gradient, _direction) > -settings.ChangeTolerance)
            return false;
        double largest = _length * VectorMath.AbsoluteMax(_direction);
        if (largest > settings.LargestChange)
            _length *= settings.LargestChange / largest;
        VectorMath.AddScaled(x, (float)_length, _direction);
        return true;
    }

    /// <summary>True if the last step changed next to nothing.</summary>
    private bool HasSettled(double loss) =>
        _length * VectorMath.AbsoluteMax(_direction) <= settings.ChangeTolerance || Math.Abs(loss - _previousLoss) < settings.ChangeTolerance;

    /// <summary>The last direction becomes s and the last gradient y, in their own memory.</summary>
    private void RememberPair(ReadOnlySpan<float> gradient)
    {
        VectorMath.Scale(_direction, (float)_length);
        VectorMath.SubtractFrom(gradient, _previousGradient);
        if (HasCurvature(_direction, _previousGradient))
            (_direction, _previousGradient) = _history.Add(_direction, _previousGradient);
    }

    private static bool HasCurvature(float[] s, float[] y)
    {
        Span<double> withY = stackalloc double[2], withS = stackalloc double[2];
        VectorMath.Dots([s, y], y, s, withY, withS);
        return withY[0] > SmallestCosine * Math.Sqrt(withY[1] * withS[0]);
    }
}
