using System.Text.Json.Serialization;
using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>
/// An objective, or a part of one: losses are added and scaled with + and *, as in
/// <c>0.2 * Loss.Content(photo) + Loss.Style(painting) + 0.5 * Loss.TotalVariation()</c>. Immutable.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ContentLoss), "content")]
[JsonDerivedType(typeof(StyleLoss), "style")]
[JsonDerivedType(typeof(StyleAnalogyLoss), "styleAnalogy")]
[JsonDerivedType(typeof(LowResolutionLoss), "lowResolution")]
[JsonDerivedType(typeof(TotalVariationLoss), "totalVariation")]
[JsonDerivedType(typeof(RangeLoss), "range")]
[JsonDerivedType(typeof(CustomLoss), "custom")]
[JsonDerivedType(typeof(WeightedLoss), "weighted")]
[JsonDerivedType(typeof(SumLoss), "sum")]
public abstract record Loss
{
    /// <summary>
    /// The layers whose activations say what is in a picture, each network's own (<see cref="Architecture.ContentLayers"/>):
    /// relu3_1 and relu4_2 of a VGG.
    /// </summary>
    public const string DefaultContentLayers = LayerPick.ContentLayers;

    /// <summary>
    /// The layers whose Gram matrices say how a picture is painted, each network's own (<see cref="Architecture.StyleLayers"/>):
    /// relu1_1..relu5_1 of a VGG, and the colours of the picture itself.
    /// </summary>
    public const string DefaultStyleLayers = LayerPick.StyleLayers;

    /// <summary>How far the activations are from those of <paramref name="picture"/>.</summary>
    /// <param name="picture">Says what is shown; also gives the size of the result.</param>
    /// <param name="layers">A layer pick such as "relu4_2" or "conv#4".</param>
    /// <param name="convention">How the term is scaled.</param>
    /// <param name="guide">
    /// White where the content is to be kept, black where anything may be; brought to the size of the result. Everywhere if not given.
    /// </param>
    public static Loss Content(Picture picture, LayerPick? layers = null, Convention convention = Convention.Balanced, Picture? guide = null) =>
        new ContentLoss(picture, layers ?? DefaultContentLayers, convention) { Guide = guide };

    /// <summary>How far the Gram matrices of the activations are from those of <paramref name="picture"/>.</summary>
    /// <param name="picture">Says how it is painted; any size, its strokes keep theirs.</param>
    /// <param name="layers">A layer pick; the layer "input" stands for the colours of the picture itself.</param>
    /// <param name="layerWeights">One weight for each layer in network order, such as <see cref="LayerWeights.Fine"/>; 1 each if not given.</param>
    /// <param name="convention">How the term is scaled.</param>
    /// <param name="guide">
    /// White where the result is to be painted like this, black where not; brought to the size of the result. Everywhere if not
    /// given. Grey values blend (Gatys et al. 2017).
    /// </param>
    /// <param name="styleGuide">White where the style picture is looked at, black where not. Everywhere if not given.</param>
    /// <example><code>Loss.Style(night, guide: sky) + Loss.Style(mosaic, guide: ground)</code></example>
    public static Loss Style(Picture picture, LayerPick? layers = null, IReadOnlyList<double>? layerWeights = null,
        Convention convention = Convention.Balanced, Picture? guide = null, Picture? styleGuide = null) =>
        new StyleLoss(picture, layers ?? DefaultStyleLayers, layerWeights, convention) { Guide = guide, StyleGuide = styleGuide };

    /// <summary>
    /// How far the Gram matrices are from those of <paramref name="of"/>, changed by what leads from those of <paramref name="from"/> to
    /// those of <paramref name="to"/>: G(of) + G(to) − G(from), an image analogy (Hertzmann et al. 2001) of statistics. What the example
    /// shows otherwise, its colours for instance, is in both of its pictures and drops out.
    /// </summary>
    /// <param name="of">The picture to be changed; any size.</param>
    /// <param name="from">The example before, such as a blurred picture.</param>
    /// <param name="to">The example after, such as the same picture sharp.</param>
    /// <param name="layers">A layer pick.</param>
    /// <param name="guide">White where the loss looks, in the result and in <paramref name="of"/>. Everywhere if not given.</param>
    /// <param name="exampleGuide">White where the example is looked at. Everywhere if not given.</param>
    public static Loss StyleAnalogy(Picture of, Picture from, Picture to, LayerPick? layers = null, Picture? guide = null, Picture? exampleGuide = null) =>
        new StyleAnalogyLoss(of, from, to, layers ?? DefaultStyleLayers) { Guide = guide, ExampleGuide = exampleGuide };

    /// <summary>How far the result, shrunk, is from a picture of low resolution: what a larger picture must agree with. A pixel of low
    /// resolution is the mean of the pixels that fall into it.</summary>
    /// <param name="picture">The picture of low resolution.</param>
    public static Loss LowResolution(Picture picture) => new LowResolutionLoss(picture);

    /// <summary>Mean of squared horizontal differences plus mean of squared vertical differences: keeps the picture smooth.</summary>
    /// <param name="guide">White where the picture is to be smooth, black where anything may be; such as <see cref="Picture.Smoothness"/>. Everywhere if not given.</param>
    public static Loss TotalVariation(Picture? guide = null) => new TotalVariationLoss { Guide = guide };

    /// <summary>Mean of the squared overshoot beyond 0..1: keeps the picture printable without clamping it.</summary>
    public static Loss Range() => new RangeLoss();

    /// <summary>A loss of your own over one feature map; gradients come by themselves.</summary>
    /// <param name="layer">The layer whose feature map is passed, or "input".</param>
    /// <param name="loss">From the feature map, 1×C×H×W, to a single value.</param>
    /// <param name="name">Its name in the tree of losses.</param>
    /// <example><code>Loss.Custom("relu3_1", f => (f.Gram() - target).Square().Mean())</code></example>
    public static Loss Custom(string layer, Func<Tensor, Tensor> loss, string name = "custom") => new CustomLoss(layer, loss, name);

    public static Loss operator +(Loss a, Loss b) => new SumLoss([.. Terms(a), .. Terms(b)]);

    public static Loss operator *(double weight, Loss loss) => loss is WeightedLoss w
        ? new WeightedLoss(weight * w.Weight, w.Loss)
        : new WeightedLoss(weight, loss);

    public static Loss operator *(Loss loss, double weight) => weight * loss;

    /// <summary>The pictures whose activations this loss reproduces, content first.</summary>
    internal virtual IEnumerable<Picture> ContentPictures => [];

    /// <summary>The pictures whose Gram matrices this loss reproduces.</summary>
    internal virtual IEnumerable<Picture> StylePictures => [];

    /// <summary>All pictures this loss is made of, guides included.</summary>
    internal virtual IEnumerable<LossPicture> Pictures => [];

    /// <summary>The layers this loss looks at.</summary>
    internal virtual IEnumerable<LayerPick> LayerPicks => [];

    /// <summary>True if part of it is code, which a recipe cannot name.</summary>
    internal virtual bool IsCode => false;

    /// <summary>The loss as nodes of the graph.</summary>
    internal abstract LossTerm Build(LossContext context, double weight);

    private static IEnumerable<Loss> Terms(Loss loss) => loss is SumLoss sum ? sum.Terms : [loss];
}
