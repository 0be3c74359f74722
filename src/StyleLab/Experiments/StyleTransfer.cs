namespace StyleLab;

/// <summary>The published experiments, each a short composition of losses, starts and runs.</summary>
public static partial class Experiments
{
    /// <summary>Default weight of the content term of a style transfer.</summary>
    public const double ContentWeight = 0.1;

    /// <summary>Default weight of the style term of a style transfer, shared by all its style pictures.</summary>
    public const double StyleWeight = 1;

    /// <summary>Default weight of the total variation of a style transfer.</summary>
    public const double TotalVariationWeight = 1;

    /// <summary>Weight of the penalty for values outside 0..1: large enough that clamping the result changes nothing to see.</summary>
    public const double RangeWeight = 10;

    /// <summary>What a style transfer minimises (Gatys et al. 2016), with the balanced weights that suit most pictures.</summary>
    /// <param name="content">Says what is shown, and how large the result is.</param>
    /// <param name="styles">Say how it is painted; each gets the same share of the style weight.</param>
    /// <param name="contentWeight">Weight of the content term.</param>
    /// <param name="styleWeight">Weight of all style terms together.</param>
    /// <param name="totalVariation">Weight of the total variation: more is smoother.</param>
    /// <param name="contentLayers">Layers of the content term; <see cref="Loss.DefaultContentLayers"/> if not given.</param>
    /// <param name="styleLayers">Layers of the style terms; <see cref="Loss.DefaultStyleLayers"/> if not given.</param>
    /// <exception cref="ArgumentException">There is no style picture, or a weight is not a finite number.</exception>
    public static Loss StyleTransferObjective(Picture content, IReadOnlyList<Picture> styles, double contentWeight = ContentWeight,
        double styleWeight = StyleWeight, double totalVariation = TotalVariationWeight,
        LayerPick? contentLayers = null, LayerPick? styleLayers = null)
    {
        if (styles.Count == 0)
            throw new ArgumentException("A style transfer needs at least one style picture.");
        return styles.Aggregate(contentWeight * Loss.Content(content, contentLayers),
                (sum, style) => sum + styleWeight / styles.Count * Loss.Style(style, styleLayers))
            + totalVariation * Loss.TotalVariation() + RangeWeight * Loss.Range();
    }

    /// <summary>Paints <paramref name="content"/> like <paramref name="styles"/>: a run with the weights that suit most pictures.</summary>
    /// <param name="network">The loss network.</param>
    /// <param name="content">Says what is shown, and how large the result is.</param>
    /// <param name="styles">Say how it is painted; each gets the same share. Best of about the size of the content.</param>
    /// <param name="start">The content picture if not given: its outlines come out clearest.</param>
    /// <param name="optimizer">L-BFGS with 300 steps if not given.</param>
    /// <param name="contentWeight">More keeps more of what is shown.</param>
    public static Synthesis StyleTransfer(LossNetwork network, Picture content, IReadOnlyList<Picture> styles,
        Start? start = null, Optimizer? optimizer = null, double contentWeight = ContentWeight) =>
        network.Synthesize(StyleTransferObjective(content, styles, contentWeight), start ?? Start.Content(), optimizer);
}
