using StyleLab.Pictures;

namespace StyleLab.Runs;

/// <summary>What a recipe from a file may ask for, so that a damaged or malicious one is refused before anything is opened or computed.</summary>
internal static class RecipeBounds
{
    private const int MostSteps = 1_000_000, MostPasses = 100, MostTerms = 1000, MostMargin = 4096, MostPairs = 1000;

    /// <exception cref="StyleLabException">It asks for more, or for less than nothing.</exception>
    public static void Require(Recipe recipe, string what)
    {
        if (recipe.Passes.Count is 0 or > MostPasses)
            throw Wrong($"it has {recipe.Passes.Count} passes, expected 1 to {MostPasses}");
        if (recipe.Margin is < 0 or > MostMargin)
            throw Wrong($"its margin is {recipe.Margin}, expected 0 to {MostMargin} pixels");
        foreach (var pass in recipe.Passes)
            RequirePass(pass, "a pass");
        long steps = recipe.Passes.Sum(pass => (long)pass.Steps);
        if (steps > MostSteps || recipe.Optimizer.Steps > MostSteps || recipe.AnnealingSteps is < 0 or > MostSteps)
            throw Wrong($"it has {Math.Max(Math.Max(steps, recipe.Optimizer.Steps), recipe.AnnealingSteps ?? 0)} steps, expected 0 to {MostSteps}");
        if (recipe.StoppedAt is { } stopped)
            RequirePass(stopped, "the place where it stopped");
        if (recipe.Optimizer is LbfgsOptimizer { History: > MostPairs } lbfgs)
            throw Wrong($"its optimizer keeps {lbfgs.History} pairs, expected 1 to {MostPairs}");
        if (recipe.Objective.CountTerms(MostTerms) > MostTerms)
            throw Wrong($"its objective has more than {MostTerms} terms");

        void RequirePass(Pass pass, string noun)
        {
            if (pass.Size.Width < 1 || pass.Size.Height < 1)
                throw Wrong($"{noun} has the size {pass.Size}, expected at least 1×1");
            if (pass.Steps < 0)
                throw Wrong($"{noun} has {pass.Steps} steps, expected 0 or more");
            // The margin is made as well, or seen.
            long width = pass.Size.Width + 2L * recipe.Margin, height = pass.Size.Height + 2L * recipe.Margin;
            if (width * height > PictureLimits.MaxPixels)
                throw Wrong($"{noun} makes a picture of {width}×{height} with its margin, expected at most {PictureLimits.MaxPixels / 1_000_000} megapixels");
        }

        StyleLabException Wrong(string problem) => new($"{what} cannot be followed: {problem}.");
    }

    private static int CountTerms(this Loss loss, int most) => loss switch
    {
        SumLoss sum when sum.Terms.Count > most => sum.Terms.Count,
        SumLoss sum => sum.Terms.Sum(term => term.CountTerms(most)),
        WeightedLoss weighted => weighted.Loss.CountTerms(most),
        AnnealedLoss annealed => annealed.Loss.CountTerms(most),
        _ => 1,
    };
}
