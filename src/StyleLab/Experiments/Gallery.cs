namespace StyleLab;

public static partial class Experiments
{
    /// <summary>Every content in every style, contents from top to bottom, styles from left to right: a sweep, to be run with <see cref="Sweep.Run"/>.</summary>
    /// <param name="network">The loss network.</param>
    /// <param name="contents">Say what is shown.</param>
    /// <param name="styles">Say how it is painted.</param>
    /// <param name="optimizer">L-BFGS with 300 steps if not given.</param>
    /// <param name="contentWeight">More keeps more of what is shown; the convention's own if not given, <see cref="ContentWeight"/> if balanced.</param>
    /// <param name="styleWeight">More paints more like the styles; the convention's own if not given, <see cref="StyleWeight"/> if balanced.</param>
    /// <param name="convention">How content and style are scaled: weights from a paper need the paper's.</param>
    /// <exception cref="ArgumentException">There are no contents or no styles.</exception>
    public static Sweep Gallery(LossNetwork network, IReadOnlyList<Picture> contents, IReadOnlyList<Picture> styles,
        Optimizer? optimizer = null, double? contentWeight = null, double? styleWeight = null, Convention convention = Convention.Balanced)
    {
        if (contents.Count == 0 || styles.Count == 0)
            throw new ArgumentException("A gallery needs at least one content and one style picture.");
        optimizer ??= Optimizer.Lbfgs();
        Synthesis Transfer(Picture content, Picture style) =>
            StyleTransfer(network, content, [style], optimizer: optimizer, contentWeight: contentWeight, styleWeight: styleWeight, convention: convention);
        // The content is found again in the recipe that the first axis made.
        return Sweep.Of(Transfer(contents[0], styles[0]))
            .Over("content", contents, (_, content) => Transfer(content, styles[0]).Recipe)
            .Over("style", styles, (recipe, style) => Transfer(recipe.Objective.ContentPictures.First(), style).Recipe);
    }
}
