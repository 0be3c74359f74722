using System.Globalization;

namespace StyleLab.Runs;

/// <summary>How a run has gone beside its numbers: what a result tells of it, and what a run that goes on has to know.</summary>
internal sealed record Course
{
    /// <summary>The sentence about <see cref="IsNotFinite"/>.</summary>
    public const string NotFinite =
        "The objective or its gradient ended as NaN or infinity: the result is the best picture before; check the learning rate and the weights of its terms.";

    /// <summary>
    /// What the objective was divided by for the optimizer (<see cref="ObjectiveUnit"/>); null before the first evaluation. Runs that were
    /// kept before there was a unit had 1.
    /// </summary>
    public double? Unit { get; init; }

    /// <summary>True if a finished pass has left another picture than its start.</summary>
    public bool HasMoved { get; init; } = true;

    /// <summary>The objective at the best picture of the pass.</summary>
    public LossValues? Best { get; init; }

    /// <summary>See <see cref="Safeguard.HasClimbed"/>.</summary>
    public bool HasClimbed { get; init; }

    /// <summary>See <see cref="Safeguard.ReturnsInARow"/>.</summary>
    public int ReturnsInARow { get; init; }

    /// <summary>How often the picture was taken back to the best one, over all passes.</summary>
    public int Returns { get; init; }

    /// <summary>True if the best picture of the pass is what is left, not the last one.</summary>
    public bool LeavesBest { get; init; }

    /// <summary>True if the last loss or gradient was NaN or infinite.</summary>
    public bool IsNotFinite { get; init; }

    /// <summary>The objective at the picture that is left, where that is known to differ from the last in the history.</summary>
    public LossValues? AtEnd { get; init; }

    /// <summary>Sentences about a run that did not simply come down.</summary>
    public IEnumerable<string> Warnings(IReadOnlyList<LossValues> history)
    {
        if (Returns > 0)
            yield return $"The run was taken back to its best picture {Times(Returns)}, because the objective became far larger or no number; a smaller learning rate helps.";
        if (IsNotFinite)
            yield return NotFinite;
        else if (LeavesBest && Best is { } best && history.Count > 0 && history[^1].Value is var last && Safeguard.IsAstray(last, best.Value))
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The result is the best picture that was seen, of loss {best.Value:G3}; the run ended at {last:G3}. A smaller learning rate helps.");
    }

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";
}
