namespace StyleLab.Runs;

/// <summary>
/// Keeps the best picture of a pass, for the case that an optimizer without line search jumps out of the valley:
/// then the pass goes on from the best picture with a fresh optimizer instead of ending in noise.
/// </summary>
internal sealed class Safeguard
{
    // L-BFGS may climb a little on its way down; this is no longer a little.
    private const double LargestClimb = 100;

    // A best loss of 0 must not forbid every step. In units of the objective at the start.
    private const double SmallestLoss = 1e-6;

    // An optimizer that begins afresh at the same picture does the same again.
    private const int MostReturnsInARow = 3;

    // Beside the best picture this far above it is no trembling any more.
    private const double Astray = 1.1;

    /// <summary>The best picture so far; empty before the first.</summary>
    public float[] Best { get; private set; } = [];

    /// <summary>The objective and its parts at the best picture.</summary>
    public LossValues? BestLosses { get; private set; }

    /// <summary>The loss at the best picture; infinite before the first.</summary>
    public double BestLoss => BestLosses?.Value ?? double.PositiveInfinity;

    /// <summary>True if a picture was worse than the best one before it: then the last picture need not be the best.</summary>
    public bool HasClimbed { get; private set; }

    /// <summary>How often the picture was taken back since a better one was found.</summary>
    public int ReturnsInARow { get; private set; }

    /// <summary>True if going on would only repeat itself.</summary>
    public bool GivesUp => ReturnsInARow >= MostReturnsInARow;

    /// <summary>A safeguard that has seen a best picture before.</summary>
    public static Safeguard From(float[] best, LossValues? losses, bool hasClimbed, int returnsInARow) => new()
    {
        Best = (float[])best.Clone(), BestLosses = losses, HasClimbed = hasClimbed, ReturnsInARow = returnsInARow,
    };

    /// <summary>False if the loss is not finite or far above the best one seen.</summary>
    /// <param name="losses">The objective at the picture.</param>
    /// <param name="values">The picture.</param>
    /// <param name="unit">The objective at the start of the run, roughly.</param>
    public bool Accepts(LossValues losses, float[] values, double unit)
    {
        double loss = losses.Value;
        if (loss < BestLoss)
        {
            Best = Best.Length == 0 ? new float[values.Length] : Best;
            values.CopyTo(Best, 0);
            BestLosses = losses;
            ReturnsInARow = 0;
            return true;
        }
        HasClimbed |= loss != BestLoss;
        return loss - BestLoss <= (LargestClimb - 1) * Math.Max(Math.Abs(BestLoss), SmallestLoss * unit);
    }

    /// <summary>The loss of the best picture means nothing at the next step, because the objective changes: any finite loss is good.</summary>
    public void ForgetLoss() => BestLosses = null;

    /// <summary>Goes back to the best picture.</summary>
    public void Return(float[] values)
    {
        Best.CopyTo(values, 0);
        HasClimbed = true;
        ReturnsInARow++;
    }

    /// <summary>True if a loss is so far above the best one that the best picture is to be preferred, whatever comes next.</summary>
    public static bool IsAstray(double loss, double best) => !(loss - best <= (Astray - 1) * Math.Abs(best));
}
