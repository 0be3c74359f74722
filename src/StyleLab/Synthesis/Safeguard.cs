namespace StyleLab.Syntheses;

/// <summary>
/// Keeps the best picture of a pass, for the case that an optimizer without line search jumps out of the valley:
/// then the pass goes on from the best picture with a fresh optimizer instead of ending in noise.
/// </summary>
internal sealed class Safeguard
{
    // L-BFGS may climb a little on its way down; this is no longer a little.
    private const double LargestClimb = 100;

    private float[] _best = [];
    private double _bestLoss = double.PositiveInfinity;

    /// <summary>The best picture so far; empty before the first.</summary>
    public float[] Best => _best;

    /// <summary>The loss at the best picture.</summary>
    public double BestLoss => _bestLoss;

    /// <summary>A safeguard that has seen a best picture before.</summary>
    public static Safeguard From(float[] best, double loss) => new() { _best = (float[])best.Clone(), _bestLoss = loss };

    /// <summary>False if the loss is not finite or far above the best one seen.</summary>
    /// <exception cref="StyleLabException">The first loss of the pass is not finite.</exception>
    public bool Accepts(double loss, float[] values)
    {
        if (_best.Length == 0 && !double.IsFinite(loss))
            throw new StyleLabException("The objective is not a finite number at the start; check the weights of its terms and the start picture.");
        if (!(loss <= LargestClimb * _bestLoss))
            return false;
        if (loss < _bestLoss)
        {
            _best = _best.Length == 0 ? new float[values.Length] : _best;
            values.CopyTo(_best, 0);
            _bestLoss = loss;
        }
        return true;
    }

    /// <summary>The loss of the best picture means nothing at the next step, because the objective changes: any finite loss is good.</summary>
    public void ForgetLoss() => _bestLoss = double.MaxValue / LargestClimb;

    public void Restore(float[] values) => _best.CopyTo(values, 0);

    /// <summary>The last step of a pass is not evaluated any more; it must not leave NaN behind. True if it had.</summary>
    public bool RestoreIfNotFinite(float[] values)
    {
        if (_best.Length == 0 || values.All(float.IsFinite))
            return false;
        Restore(values);
        return true;
    }
}
