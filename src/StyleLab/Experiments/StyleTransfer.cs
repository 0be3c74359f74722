using StyleLab.Losses;

namespace StyleLab;

/// <summary>The published experiments, each a short composition of losses, starts and runs.</summary>
public static partial class Experiments
{
    /// <summary>Default weight of the content term of a style transfer.</summary>
    public const double ContentWeight = PublishedSettings.BalancedContentWeight;

    /// <summary>Default weight of the style term of a style transfer, shared by all its style pictures.</summary>
    public const double StyleWeight = PublishedSettings.BalancedStyleWeight;

    /// <summary>Default weight of the total variation of a style transfer.</summary>
    public const double TotalVariationWeight = 1;

    /// <summary>
    /// Weight of the penalty for values outside 0..1, beside terms of the default weights: large enough that clamping the result changes
    /// nothing to see. It grows with them, as only the ratios of weights matter.
    /// </summary>
    public const double RangeWeight = 10;

    /// <summary>What a style transfer minimises (Gatys et al. 2016), with the balanced weights that suit most pictures.</summary>
    /// <param name="content">Says what is shown, and how large the result is.</param>
    /// <param name="styles">Say how it is painted; each gets the same share of the style weight.</param>
    /// <param name="contentWeight">Weight of the content term; the convention's own if not given, <see cref="ContentWeight"/> if balanced.</param>
    /// <param name="styleWeight">Weight of all style terms together; the convention's own if not given, <see cref="StyleWeight"/> if balanced.</param>
    /// <param name="totalVariation">Weight of the total variation: more is smoother. It means the same in every convention.</param>
    /// <param name="contentLayers">Layers of the content term; the convention's own if not given, <see cref="Loss.DefaultContentLayers"/> if balanced.</param>
    /// <param name="styleLayers">Layers of the style terms; the convention's own if not given, <see cref="Loss.DefaultStyleLayers"/> if balanced.</param>
    /// <param name="styleWeights">Shares of the style pictures in the style weight, in their order; the same for each if not given.</param>
    /// <param name="styleScale">
    /// Long side of the style pictures as a multiple of the content's, as <c>style_scale</c> of other programs: 1 makes them as large as the
    /// content, more paints with larger strokes. If not given they keep the size they have, so that strokes keep theirs.
    /// </param>
    /// <param name="convention">How content and style are scaled: weights from a paper need the paper's.</param>
    /// <param name="look">What the style terms know of a painting; broad ones have balanced weights.</param>
    /// <exception cref="ArgumentException">There is no style picture, a weight is out of range, or a broad look has the weights of a paper.</exception>
    public static Loss StyleTransferObjective(Picture content, IReadOnlyList<Picture> styles, double? contentWeight = null,
        double? styleWeight = null, double totalVariation = TotalVariationWeight,
        LayerPick? contentLayers = null, LayerPick? styleLayers = null,
        IReadOnlyList<double>? styleWeights = null, double? styleScale = null, Convention convention = Convention.Balanced, Look look = Look.Fine)
    {
        if (look != Look.Fine && convention != Convention.Balanced)
            throw new ArgumentException($"The look {look.ToString().ToLowerInvariant()} is of several networks, which only balanced weights compare; got the convention {convention}.");
        if (styles.Count == 0)
            throw new ArgumentException("A style transfer needs at least one style picture.");
        if (styleScale is { } scale)
            styles = [.. styles.Select(style => style.Fit(StyleLongSide(content, scale)))];
        var published = PublishedSettings.Of(convention);
        double contentTotal = contentWeight ?? published.ContentWeight, styleTotal = styleWeight ?? published.StyleWeight;
        double ofPublished = Math.Max(contentTotal, styleTotal) / Math.Max(published.ContentWeight, published.StyleWeight);
        return styles.Zip(Shares(styles.Count, styleWeights)).Aggregate(
                contentTotal * Loss.Content(content, contentLayers, convention),
                (sum, style) => StyleTerms(style.First, styleTotal * style.Second, styleLayers, convention, look).Aggregate(sum, (all, term) => all + term))
            + totalVariation * Loss.TotalVariation() + RangeBeside(ofPublished, totalVariation);
    }

    // The network of large forms, and the layers that have them. It shares the weight of a style with the run's, so that the content keeps its part:
    // with the whole weight each, houses dissolve.
    private const string FormLayers = "res2_2,res3_2,res4_2";

    private static readonly Lazy<LossNetwork> s_forms = new(() => LossNetwork.Load("resnet18"));

    private static IEnumerable<Loss> StyleTerms(Picture style, double weight, LayerPick? layers, Convention convention, Look look)
    {
        bool isBroad = look == Look.Broad;
        yield return (isBroad ? weight / 2 : weight) * Loss.Style(style, layers, convention: convention);
        if (isBroad)
            yield return weight / 2 * Loss.Style(style, FormLayers, on: s_forms.Value);
    }

    /// <summary>Paints <paramref name="content"/> like <paramref name="styles"/>: a run with the weights that suit most pictures.</summary>
    /// <param name="network">The loss network.</param>
    /// <param name="content">Says what is shown, and how large the result is.</param>
    /// <param name="styles">Say how it is painted; each gets the same share. Best of about the size of the content.</param>
    /// <param name="start">The content picture if not given: its outlines come out clearest.</param>
    /// <param name="optimizer">L-BFGS with 300 steps if not given.</param>
    /// <param name="contentWeight">More keeps more of what is shown; the convention's own if not given, <see cref="ContentWeight"/> if balanced.</param>
    /// <param name="styleWeight">More paints more like the styles; the convention's own if not given, <see cref="StyleWeight"/> if balanced.</param>
    /// <param name="convention">How content and style are scaled: weights from a paper need the paper's, which brings its layers, too.</param>
    /// <param name="look">What the style terms know of a painting; broad ones have balanced weights.</param>
    public static Synthesis StyleTransfer(LossNetwork network, Picture content, IReadOnlyList<Picture> styles, Start? start = null,
        Optimizer? optimizer = null, double? contentWeight = null, double? styleWeight = null, Convention convention = Convention.Balanced, Look look = Look.Fine) =>
        network.Synthesize(StyleTransferObjective(content, styles, contentWeight, styleWeight, convention: convention, look: look), start ?? Start.Content(), optimizer);

    /// <summary>The penalty for values outside 0..1 beside terms of such weights.</summary>
    private static Loss RangeBeside(double weight, double totalVariation) =>
        RangeWeight * (weight > 0 ? weight : totalVariation > 0 ? totalVariation : 1) * Loss.Range();

    private static IEnumerable<double> Shares(int styles, IReadOnlyList<double>? weights)
    {
        if (weights is null)
            return Enumerable.Repeat(1.0 / styles, styles);
        if (weights.Count != styles)
            throw new ArgumentException($"There are {styles} style pictures but {weights.Count} style weights; give one weight a picture.");
        double sum = weights.Sum();
        return weights.All(w => w >= 0) && sum > 0 && double.IsFinite(sum)
            ? weights.Select(w => w / sum)
            : throw new ArgumentException($"Style weights are 0 or more and not all 0, got [{string.Join(", ", weights)}].");
    }

    /// <summary>Long side of a style picture that is so many times as large as the content.</summary>
    internal static int StyleLongSide(Picture content, double scale) => scale > 0 && double.IsFinite(scale)
        ? Math.Max(1, (int)Math.Round(Math.Max(content.Width, content.Height) * scale))
        : throw new ArgumentException($"The style scale must be above 0, got {scale}.");
}
