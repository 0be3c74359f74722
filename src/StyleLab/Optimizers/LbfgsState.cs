using StyleLab.Tensors.Vectors;

namespace StyleLab.Optimizers;

/// <summary>
/// L-BFGS as <c>torch.optim.LBFGS</c> does it without line search: the two-loop recursion (Nocedal 1980) with
/// H₀ = (s·y)/(y·y), a first step of min(1, 1/‖g‖₁)·rate and then always the rate itself, a pair kept only if y·s &gt; 1e-10. One thing is added: a step that would move a value by more than LargestChange is shortened.
/// </summary>
internal sealed partial class LbfgsState(LbfgsOptimizer settings, int values) : IOptimizerState
{
    private const double SmallestCurvature = 1e-10;

    // The oldest pair is first. Arrays of dropped pairs are used again.
    private readonly List<(float[] S, float[] Y, double Rho)> _pairs = [];
    private readonly float[] _direction = new float[values], _previousGradient = new float[values];
    private float[] _s = new float[values], _y = new float[values];
    private double _initialScale = 1, _previousLoss, _length;
    private bool _started;

    public bool Step(Span<float> x, double loss, ReadOnlySpan<float> gradient)
    {
        if (VectorMath.AbsoluteMax(gradient) <= settings.GradientTolerance)
            return false;
        if (_started)
        {
            bool still = _length * VectorMath.AbsoluteMax(_direction) <= settings.ChangeTolerance;
            if (still || Math.Abs(loss - _previousLoss) < settings.ChangeTolerance)
                return false;
            RememberPair(gradient);
            _length = settings.LearningRate;
        }
        else
            _length = Math.Min(1, 1 / VectorMath.AbsoluteSum(gradient)) * settings.LearningRate;

        FindDirection(gradient);
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

    private void RememberPair(ReadOnlySpan<float> gradient)
    {
        VectorMath.Subtract(gradient, _previousGradient, _y);
        VectorMath.Scale(_s, (float)_length, _direction);
        double curvature = VectorMath.Dot(_y, _s);
        if (curvature <= SmallestCurvature)
            return;
        _initialScale = curvature / VectorMath.Dot(_y, _y);
        _pairs.Add((_s, _y, 1 / curvature));
        if (_pairs.Count > settings.History)
        {
            (_s, _y, _) = _pairs[0];
            _pairs.RemoveAt(0);
        }
        else
            (_s, _y) = (new float[values], new float[values]);
    }

    private void FindDirection(ReadOnlySpan<float> gradient)
    {
        VectorMath.Scale(_direction, -1, gradient);
        Span<double> alpha = stackalloc double[_pairs.Count];
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            alpha[i] = VectorMath.Dot(_pairs[i].S, _direction) * _pairs[i].Rho;
            VectorMath.AddScaled(_direction, (float)-alpha[i], _pairs[i].Y);
        }
        VectorMath.Scale(_direction, (float)_initialScale, _direction);
        for (int i = 0; i < _pairs.Count; i++)
        {
            double beta = VectorMath.Dot(_pairs[i].Y, _direction) * _pairs[i].Rho;
            VectorMath.AddScaled(_direction, (float)(alpha[i] - beta), _pairs[i].S);
        }
    }
}
