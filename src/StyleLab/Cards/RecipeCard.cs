using StyleLab.Figures;

namespace StyleLab.Cards;

/// <summary>Every setting of a run, to be read.</summary>
internal static class RecipeCard
{
    public static string ToHtml(Recipe recipe) => CardHtml.Card("Recipe", $"{recipe.Passes[^1].Size}, {recipe.Network.Name}", Body(recipe));

    /// <summary>The card without its title.</summary>
    public static string Body(Recipe recipe) =>
        LossOutline.Of(recipe.Objective).ToHtml() + CardHtml.Facts(Settings(recipe).Select(s => (s.Name, CardHtml.Text(s.Value))));

    public static string ToText(Recipe recipe) =>
        $"Recipe of a picture of {recipe.Passes[^1].Size}\n{LossOutline.Of(recipe.Objective).ToText()}\n"
        + CardText.Table([], 2, [.. Settings(recipe).Select(s => (IReadOnlyList<string>)[s.Name, s.Value])]);

    private static IEnumerable<(string Name, string Value)> Settings(Recipe recipe)
    {
        yield return ("start", SettingText.Of(recipe.Start));
        yield return ("optimizer", SettingText.Of(recipe.Optimizer));
        yield return (recipe.Passes.Count > 1 ? "sizes" : "size", SettingText.Of(recipe.Passes));
        yield return ("network", SettingText.Of(recipe.Network));
        if (recipe.Tileable)
            yield return ("tileable", "yes");
        else if (recipe.Margin > 0)
            yield return ("margin", $"{CardText.Count(recipe.Margin, "pixel")} on each side, cut off");
        if (recipe.KeepColors)
            yield return ("colours", "those of the content picture");
        yield return ("computed by", $"StyleLab {recipe.StyleLab}, {recipe.Engine}");
    }
}
