namespace StyleLab.Cli.Verbs;

/// <summary>Changes of one term in the objective of a recipe.</summary>
internal static class RecipeTerms
{
    /// <summary>The recipe of a style transfer with one of its terms changed.</summary>
    public static Recipe Change<TLoss>(this Recipe recipe, Func<WeightedLoss, WeightedLoss> change) where TLoss : Loss => recipe with
    {
        Objective = new SumLoss([.. ((SumLoss)recipe.Objective).Terms.Select(term =>
            term is WeightedLoss { Loss: TLoss } weighted ? change(weighted) : term)]),
    };
}
