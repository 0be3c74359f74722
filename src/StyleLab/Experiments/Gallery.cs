namespace StyleLab;

public static partial class Experiments
{
    /// <summary>Every content in every style, contents from top to bottom, styles from left to right: a sweep, to be run with <see cref="Sweep.Run"/>.</summary>
    /// <param name="network">The loss network.</param>
    /// <param name="contents">Say what is shown.</param>
    /// <param name="styles">Say how it is painted.</param>
    /// <param name="optimizer">L-BFGS with 300 steps if not given.</param>
    /// <param name="contentWeight">More keeps more of what is shown.</param>
    /// <exception cref="ArgumentException">There are no contents or no styles.</exception>
    public static Sweep Gallery(LossNetwork network, IReadOnlyList<Picture> contents, IReadOnlyList<Picture> styles,
        Optimizer? optimizer = null, double contentWeight = ContentWeight)
    {
        if (contents.Count == 0 || styles.Count == 0)
            throw new ArgumentException("A gallery needs at least one content and one style picture.");
        optimizer ??= Optimizer.Lbfgs();
        Recipe Of(Picture content, Picture style) => StyleTransfer(network, content, [style], optimizer: optimizer, contentWeight: contentWeight).Recipe;
        // The content is found again in the recipe that the first axis made.
        return Sweep.Of(StyleTransfer(network, contents[0], [styles[0]], optimizer: optimizer, contentWeight: contentWeight))
            .Over("content", contents, (_, content) => Of(content, styles[0]))
            .Over("style", styles, (recipe, style) => Of(recipe.Objective.ContentPictures.First(), style));
    }
}
