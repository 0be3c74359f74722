namespace StyleLab.Cli.Tests;

/// <summary>What a recipe minimises, taken apart.</summary>
internal static class RecipeTerms
{
    public static IReadOnlyList<StyleLoss> Styles(this Loss objective) =>
        [.. ((SumLoss)objective).Terms.Cast<WeightedLoss>().Select(term => term.Loss).OfType<StyleLoss>()];
}
