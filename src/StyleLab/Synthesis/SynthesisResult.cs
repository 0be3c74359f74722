namespace StyleLab;

/// <summary>What a synthesis leaves: the picture, and how it came about.</summary>
/// <param name="Picture">The picture, values 0..1, with its recipe in the text <see cref="Recipe.TextKeyword"/>.</param>
/// <param name="Recipe">Every setting of the run.</param>
/// <param name="History">The objective and its parts before each step, in order.</param>
/// <param name="Evaluations">Evaluations of the objective and its gradient.</param>
/// <param name="Elapsed">Time from the first to the last step.</param>
/// <param name="Interrupted">True if the run was cancelled; the picture is that of the last finished step.</param>
/// <param name="Warnings">Sentences about terms that cannot do their work.</param>
public sealed record SynthesisResult(
    Picture Picture, Recipe Recipe, IReadOnlyList<LossValues> History, int Evaluations, TimeSpan Elapsed,
    bool Interrupted, IReadOnlyList<string> Warnings)
{
    /// <summary>The curves of the objective and its terms over the steps; it jumps where a larger size begins.</summary>
    public LossPlot LossPlot() => new(LossSeries.Of(History));

    /// <summary>The objective and its parts at the start.</summary>
    public LossValues? AtStart => History.FirstOrDefault();

    /// <summary>The objective and its parts before the last step.</summary>
    public LossValues? AtEnd => History.LastOrDefault();
}
