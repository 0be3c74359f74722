using System.Text.Json.Serialization;
using StyleLab.Figures;
using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>
/// An objective, or a part of one: losses are added and scaled with + and *, as in
/// <c>0.2 * Loss.Content(photo) + Loss.Style(painting) + 0.5 * Loss.TotalVariation()</c>. Immutable.
/// </summary>
/// <remarks>
/// A loss of your own is a record that derives from this one and overrides <see cref="Build"/>; <see cref="Custom(LayerPick, Func{Tensor, Tensor}, string, LossNetwork)"/>
/// makes one of a function. Gradients come by themselves.
/// </remarks>
/// <example><code>
/// public record EvenLoss(string Layer = "relu2_1") : Loss
/// {
///     protected override IEnumerable&lt;LayerPick&gt; LayerPicks => [Layer];
///
///     public override LossTerm Build(LossContext context)
///     {
///         var map = context.WithoutWrappedMargin(context.Maps[Layer]);
///         return (map - map.ChannelMean()).Square().Mean();
///     }
/// }
/// </code></example>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ContentLoss), "content")]
[JsonDerivedType(typeof(StyleLoss), "style")]
[JsonDerivedType(typeof(StyleAnalogyLoss), "styleAnalogy")]
[JsonDerivedType(typeof(LowResolutionLoss), "lowResolution")]
[JsonDerivedType(typeof(EnlargementLoss), "enlargement")]
[JsonDerivedType(typeof(TotalVariationLoss), "totalVariation")]
[JsonDerivedType(typeof(RangeLoss), "range")]
[JsonDerivedType(typeof(CodeLoss), "custom")]
[JsonDerivedType(typeof(WeightedLoss), "weighted")]
[JsonDerivedType(typeof(AnnealedLoss), "annealed")]
[JsonDerivedType(typeof(SumLoss), "sum")]
public abstract partial record Loss
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
    /// <param name="picture">Says what is shown; also gives the size of the result, and its alpha: where it is transparent, the result is.</param>
    /// <param name="layers">A layer pick such as "relu4_2" or "conv#4"; the convention's own if not given, <see cref="DefaultContentLayers"/> if balanced.</param>
    /// <param name="convention">How the term is scaled: weights from a paper need the paper's.</param>
    /// <param name="guide">
    /// White where the content is to be kept, black or transparent where anything may be; brought to the size of the result. Everywhere if not given.
    /// </param>
    /// <param name="on">The network whose layers they are; that of the run if not given.</param>
    public static Loss Content(Picture picture, LayerPick? layers = null, Convention convention = Convention.Balanced, Picture? guide = null, LossNetwork? on = null) =>
        new ContentLoss(picture, layers ?? PublishedSettings.Of(convention).ContentLayers, convention) { Guide = guide, Network = on };

    /// <summary>How far the Gram matrices of the activations are from those of <paramref name="picture"/>.</summary>
    /// <param name="picture">Says how it is painted; any size, its strokes keep theirs.</param>
    /// <param name="layers">
    /// A layer pick; the layer "input" stands for the colours of the picture itself. The convention's own if not given,
    /// <see cref="DefaultStyleLayers"/> if balanced.
    /// </param>
    /// <param name="layerWeights">One weight for each layer in network order, such as <see cref="LayerWeights.Fine"/>; 1 each if not given.</param>
    /// <param name="convention">How the term is scaled: weights from a paper need the paper's.</param>
    /// <param name="guide">
    /// White where the result is to be painted like this, black or transparent where not; brought to the size of the result. Everywhere if not
    /// given. Grey values blend (Gatys et al. 2017).
    /// </param>
    /// <param name="styleGuide">
    /// White where the style picture is looked at, black or transparent where not. If not given, everywhere where the style picture is not
    /// transparent itself.
    /// </param>
    /// <param name="on">The network whose layers they are; that of the run if not given.</param>
    /// <example><code>Loss.Style(night, guide: sky) + Loss.Style(mosaic, guide: ground)</code></example>
    /// <example><code>Loss.Style(night) + Loss.Style(night, "res2_2,res3_2", on: LossNetwork.Load("resnet18"))</code></example>
    public static Loss Style(Picture picture, LayerPick? layers = null, IReadOnlyList<double>? layerWeights = null,
        Convention convention = Convention.Balanced, Picture? guide = null, Picture? styleGuide = null, LossNetwork? on = null) =>
        new StyleLoss(picture, layers ?? PublishedSettings.Of(convention).StyleLayers, layerWeights, convention)
        {
            Guide = guide, StyleGuide = styleGuide ?? AlphaOf(picture), Network = on,
        };

    /// <summary>
    /// How far the Gram matrices are from those of <paramref name="of"/>, changed by what leads from those of <paramref name="from"/> to
    /// those of <paramref name="to"/>: G(of) + G(to) − G(from), an image analogy (Hertzmann et al. 2001) of statistics. What the example
    /// shows otherwise, its colours for instance, is in both of its pictures and drops out.
    /// </summary>
    /// <param name="of">The picture to be changed; any size.</param>
    /// <param name="from">The example before, such as a blurred picture.</param>
    /// <param name="to">The example after, such as the same picture sharp.</param>
    /// <param name="layers">A layer pick.</param>
    /// <param name="guide">White where the loss looks, in the result and in <paramref name="of"/>; where that is not transparent if not given.</param>
    /// <param name="exampleGuide">White where the example is looked at; where <paramref name="to"/> is not transparent if not given.</param>
    /// <param name="on">The network whose layers they are; that of the run if not given.</param>
    public static Loss StyleAnalogy(
        Picture of, Picture from, Picture to, LayerPick? layers = null, Picture? guide = null, Picture? exampleGuide = null, LossNetwork? on = null) =>
        new StyleAnalogyLoss(of, from, to, layers ?? DefaultStyleLayers) { Guide = guide ?? AlphaOf(of), ExampleGuide = exampleGuide ?? AlphaOf(to), Network = on };

    /// <summary>How far the result, shrunk, is from a picture of low resolution: what a larger picture must agree with. A pixel of low
    /// resolution is the mean of the pixels that fall into it.</summary>
    /// <param name="picture">The picture of low resolution.</param>
    public static Loss LowResolution(Picture picture) => new LowResolutionLoss(picture);

    /// <summary>
    /// How far the result is from the smooth enlargement <see cref="Picture.Enlarge"/> of a picture, both blurred by about half a pixel of it.
    /// What is finer is free, the same at every place, but neither what alternates from pixel to pixel nor what is
    /// added where the picture is smooth (<see cref="Picture.Smoothness"/>). <see cref="LowResolution"/> leaves free what happens at the borders of pixels, where
    /// detail gathers in a lattice (<see cref="Measure.Lattice"/>).
    /// </summary>
    /// <param name="picture">The picture of low resolution.</param>
    public static Loss Enlargement(Picture picture) => new EnlargementLoss(picture);

    /// <summary>
    /// Mean of squared horizontal differences plus mean of squared vertical differences: keeps the picture smooth. With
    /// <paramref name="keepEdges"/> the mean length of the steps instead, the total variation of L. Rudin, S. Osher, E. Fatemi (1992): an
    /// edge costs as much steep as soft, and only ripples and grain cost more.
    /// </summary>
    /// <param name="guide">White where the picture is to be smooth, black where anything may be; such as <see cref="Picture.Smoothness"/>. Everywhere if not given.</param>
    /// <param name="keepEdges">True to let edges be as steep as they like.</param>
    public static Loss TotalVariation(Picture? guide = null, bool keepEdges = false) =>
        new TotalVariationLoss { Guide = guide, KeepsEdges = keepEdges };

    /// <summary>Mean of the squared overshoot beyond 0..1: keeps the picture printable without clamping it.</summary>
    public static Loss Range() => new RangeLoss();

    /// <summary>
    /// A loss of your own over one feature map; gradients come by themselves, and what does not depend on the map is computed once.
    /// </summary>
    /// <param name="layers">The layers whose feature maps are passed, one after the other, or "input"; the loss is the sum over them.</param>
    /// <param name="loss">
    /// From the feature map, 1×C×H×W with the margin of the run, to a single value. Called once for each size of a run.
    /// </param>
    /// <param name="name">Its name in the tree of losses.</param>
    /// <param name="on">The network whose layers they are; that of the run if not given.</param>
    /// <example><code>Loss.Custom("relu3_1", f => (f.Gram() / f.Shape.Area - target).Square().Mean())</code></example>
    public static Loss Custom(LayerPick layers, Func<Tensor, Tensor> loss, string name = "custom", LossNetwork? on = null) =>
        CustomLoss.OfEachMap(layers, name, (_, map) => loss(map), on);

    /// <summary>A loss of your own over a feature map and the progress of the run, for what changes from step to step.</summary>
    /// <param name="layers">The layers whose feature maps are passed, one after the other; the loss is the sum over them.</param>
    /// <param name="loss">From the feature map and the progress, a scalar from 0 at the first step towards 1 at the last, to a single value.</param>
    /// <param name="name">Its name in the tree of losses.</param>
    /// <param name="on">The network whose layers they are; that of the run if not given.</param>
    /// <example><code>Loss.Custom("relu3_1", (f, progress) => ((1 - progress) * first + progress * second - f).Square().Mean())</code></example>
    public static Loss Custom(LayerPick layers, Func<Tensor, Tensor, Tensor> loss, string name = "custom", LossNetwork? on = null) =>
        CustomLoss.OfEachMap(layers, name, (context, map) => loss(map, context.Progress), on);

    /// <summary>A loss of your own over several feature maps at once.</summary>
    /// <param name="layers">The layers whose feature maps are passed.</param>
    /// <param name="loss">From the feature maps by name, in network order, to a single value.</param>
    /// <param name="name">Its name in the tree of losses.</param>
    /// <param name="on">The network whose layers they are; that of the run if not given.</param>
    /// <example><code>Loss.Custom("relu1_1,relu2_1", maps => (maps["relu1_1"].AveragePool().Mean() - maps["relu2_1"].Mean()).Square())</code></example>
    public static Loss Custom(LayerPick layers, Func<IReadOnlyDictionary<string, Tensor>, Tensor> loss, string name = "custom", LossNetwork? on = null) =>
        CustomLoss.OfAllMaps(layers, name, loss, on);

    /// <summary>
    /// A loss of your own that compares feature maps with those of a picture, at every size of the run and with its margin.
    /// </summary>
    /// <param name="layers">The layers whose feature maps are passed, one after the other; the loss is the sum over them.</param>
    /// <param name="picture">The picture to compare with. Like a content picture it is brought to the size of the run.</param>
    /// <param name="loss">From the feature map and that of the picture, to a single value.</param>
    /// <param name="name">Its name in the tree of losses.</param>
    /// <param name="asStyle">
    /// True for a picture that keeps its own size, as that of <see cref="Style"/> does: its maps then have other positions, so that only
    /// what has none is compared, such as Gram matrices, means and largest values.
    /// </param>
    /// <param name="on">The network whose layers they are; that of the run if not given.</param>
    /// <example><code>Loss.Custom("relu2_1", photo, (f, target) => (f - target).Abs().Mean())</code></example>
    public static Loss Custom(
        LayerPick layers, Picture picture, Func<Tensor, Tensor, Tensor> loss, string name = "custom", bool asStyle = false, LossNetwork? on = null) =>
        CustomLoss.OfTargets(layers, picture, name, asStyle, loss, on);

    public static Loss operator +(Loss a, Loss b) => new SumLoss([.. Terms(a), .. Terms(b)]);

    public static Loss operator *(double weight, Loss loss) => loss is WeightedLoss w
        ? new WeightedLoss(weight * w.Weight, w.Loss)
        : new WeightedLoss(weight, loss);

    public static Loss operator *(Loss loss, double weight) => weight * loss;

    /// <summary>The terms of the sum with their weights, sums within sums resolved.</summary>
    internal IEnumerable<WeightedLoss> WeightedTerms() => this switch
    {
        SumLoss sum => sum.Terms.SelectMany(term => term.WeightedTerms()),
        WeightedLoss weighted => weighted.Loss.WeightedTerms().Select(term => new WeightedLoss(weighted.Weight * term.Weight, term.Loss)),
        _ => [new(1, this)],
    };

    /// <summary>The pictures whose activations this loss reproduces, content first.</summary>
    protected internal virtual IEnumerable<Picture> ContentPictures => [];

    /// <summary>The pictures whose Gram matrices this loss reproduces.</summary>
    protected internal virtual IEnumerable<Picture> StylePictures => [];

    /// <summary>All pictures this loss is made of, guides included.</summary>
    internal virtual IEnumerable<LossPicture> Pictures =>
        [.. ContentPictures.Select(picture => new LossPicture(picture, PictureRole.Content)), .. StylePictures.Select(picture => new LossPicture(picture, PictureRole.Style))];

    /// <summary>The layers this loss looks at; that they exist is known before a run begins.</summary>
    protected internal virtual IEnumerable<LayerPick> LayerPicks => [];

    /// <summary>The same, each with the network whose layers they are.</summary>
    internal virtual IEnumerable<NetworkPick> Picks => LayerPicks.Select(pick => new NetworkPick(null, null, pick));

    /// <summary>The same loss with other networks in place of those that it names beside the run's.</summary>
    internal virtual Loss WithNetworks(Func<NetworkRecipe, NetworkRecipe> change) => this;

    /// <summary>True for a term that keeps a picture tidy and is small by nature.</summary>
    internal virtual bool IsTidying => false;

    /// <summary>True if part of it is code, which a recipe cannot name.</summary>
    internal virtual bool IsCode => GetType().Assembly != typeof(Loss).Assembly;

    /// <summary>True if it may change in the course of a run.</summary>
    internal virtual bool MayChange => IsCode;

    /// <summary>What code is called where it has no name of its own.</summary>
    internal virtual string CodeName => GetType().Name;

    /// <summary>The loss as a recipe writes it: code is only named.</summary>
    internal virtual Loss Written => IsCode ? new CodeLoss(CodeName, ToString()) : this;

    /// <summary>The loss as nodes of the graph; called once for each size of a run. A tensor of a single value will do.</summary>
    /// <param name="context">The feature maps of the picture being made, and whatever else a loss needs.</param>
    public abstract LossTerm Build(LossContext context);

    /// <summary>The loss as nodes of the graph, with a name, and with mistakes in code explained.</summary>
    /// <exception cref="StyleLabException">The sizes of the tensors do not fit, or it is not a single value.</exception>
    internal LossTerm Term(LossContext context)
    {
        try
        {
            return Build(context).Named(CodeName);
        }
        catch (ArgumentException error) when (IsCode)
        {
            throw new StyleLabException(
                $"The loss '{CodeName}' cannot be built for the size {context.Size}: {error.Message.TrimEnd('.')}. Feature maps change their size "
                + $"from pass to pass, coarse to fine, and have a margin of {context.Margin} pixels of the picture on each side; for targets that fit "
                + "give the picture, Loss.Custom(layers, picture, (f, target) => …), or in a loss of your own context.ContentMaps(picture).", error);
        }
    }

    private static Picture? AlphaOf(Picture picture) => picture.Alpha is null ? null : picture.AlphaMask();

    private static IEnumerable<Loss> Terms(Loss loss) => loss is SumLoss sum ? sum.Terms : [loss];
}
