using StyleLab.Optimizers;

namespace StyleLab.Runs;

/// <summary>
/// Where a run stood when it ended: enough to go on as if it had never stopped. The vectors are those of the run, which is over;
/// a run that goes on from here works on copies.
/// </summary>
/// <param name="Recipe">Every setting of the run.</param>
/// <param name="Pass">Index of the pass it was in.</param>
/// <param name="StepsOfPass">Steps taken in that pass.</param>
/// <param name="Values">Values of the picture with its border, planar.</param>
/// <param name="Optimizer">What the optimizer knew.</param>
/// <param name="Best">The best picture of the pass, if one was kept.</param>
/// <param name="Course">How the pass has gone.</param>
/// <param name="History">The objective before each step.</param>
/// <param name="Evaluations">Evaluations so far.</param>
/// <param name="Elapsed">Time so far.</param>
/// <param name="Interrupted">True if steps were left.</param>
/// <param name="Warnings">Sentences about the start, and passes that ended early.</param>
internal sealed record Checkpoint(
    Recipe Recipe, int Pass, int StepsOfPass, float[] Values, OptimizerMemory Optimizer, float[] Best, Course Course,
    IReadOnlyList<LossValues> History, int Evaluations, TimeSpan Elapsed, bool Interrupted, IReadOnlyList<string> Warnings)
{
    /// <summary>Size of the picture without its border.</summary>
    public PictureSize Size => Recipe.Passes[Pass].Size;

    /// <summary>The picture that the run leaves, values not clamped, without its border.</summary>
    public Picture Picture => Picture.OfPlanes(
        Course.LeavesBest ? Best : Optimizer.Vectors.GetValueOrDefault(OptimizerMemory.Average) ?? Values, Size, Recipe.Border);

    /// <summary>The run with more steps at its final size.</summary>
    public Checkpoint Extended(int steps)
    {
        var last = Recipe.Passes[^1];
        return this with
        {
            Recipe = Recipe with
            {
                Optimizer = Recipe.Optimizer with { Steps = Recipe.Optimizer.Steps + steps },
                Passes = [.. Recipe.Passes.SkipLast(1), last with { Steps = last.Steps + steps }],
                StoppedAt = null,
                // More steps are added behind the end of what is annealed; they do not stretch it.
                AnnealingSteps = steps > 0 && (Recipe.Objective.MayChange || Recipe.Optimizer.MayChange)
                    ? Recipe.AnnealingSteps ?? Recipe.Passes.Sum(p => p.Steps)
                    : Recipe.AnnealingSteps,
            },
        };
    }

    /// <summary>What the run leaves.</summary>
    /// <param name="continuable">False to let this checkpoint go.</param>
    public SynthesisResult ToResult(bool continuable = true)
    {
        var picture = Picture;
        var content = Recipe.Objective.ContentPictures.FirstOrDefault();
        if (Recipe.KeepColors && content is not null && !Recipe.Grey)
            picture = picture.KeepColorsOf(content.ResizeIfNeeded(picture.Width, picture.Height));
        if (Recipe.ColorsOf is { } colors)
            picture = picture.MatchColors(colors);
        // The recipe in the picture makes this picture, that of the result the one it was to become.
        var made = Interrupted ? Recipe with { StoppedAt = new(Size, StepsOfPass) } : Recipe;
        picture = Recipe.WithAlpha(picture.Clamp()).WithText(Recipe.TextKeyword, made.ToJson());
        return new(picture, Recipe, History, Evaluations, Elapsed, Interrupted, [.. Warnings, .. Course.Warnings(History)])
        {
            LossesAtEnd = Course.AtEnd ?? History.LastOrDefault(losses => double.IsFinite(losses.Value)),
            Diverged = Course.IsNotFinite,
            Memory = continuable ? new RunMemory(this) : null,
        };
    }
}
