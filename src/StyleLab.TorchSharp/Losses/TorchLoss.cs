using StyleLab.Losses;
using StyleLab.Tensors;
using TorchSharp;

namespace StyleLab;

/// <summary>A loss written in torch; see <c>Loss.Torch</c>. A recipe with one can be read only with the objective given again.</summary>
public sealed record TorchLoss : Loss
{
    private readonly Func<TorchLoss, LossContext, IReadOnlyList<string>, LossTerm> _build;

    private TorchLoss(LayerPick layers, string name, Func<TorchLoss, LossContext, IReadOnlyList<string>, LossTerm> build)
    {
        (Layers, Name) = (layers, name);
        _build = build;
    }

    /// <summary>The layers it looks at.</summary>
    public LayerPick Layers { get; }

    /// <summary>Its name in the tree of losses.</summary>
    public string Name { get; }

    /// <summary>The picture whose feature maps are the targets; null if there is none.</summary>
    public Picture? Picture { get; private init; }

    /// <summary>True if the picture keeps its own size, as that of a style does.</summary>
    public bool AsStyle { get; private init; }

    /// <inheritdoc/>
    protected override IEnumerable<Picture> ContentPictures => Picture is not null && !AsStyle ? [Picture] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Picture> StylePictures => Picture is not null && AsStyle ? [Picture] : [];

    /// <inheritdoc/>
    protected override IEnumerable<LayerPick> LayerPicks => [Layers];

    /// <inheritdoc/>
    public override LossTerm Build(LossContext context)
    {
        LibTorch.Libtorch.Require();
        return _build(this, context, Layers.Resolve(context.Network.Architecture));
    }

    /// <summary>One term a layer.</summary>
    internal static TorchLoss OfEachMap(LayerPick layers, string name, Func<torch.Tensor, torch.Tensor> loss) =>
        new(layers, name, (own, context, names) => own.SumOf(names, layer =>
            Tensor.Foreign(new TorchFunction(name, targets: 0, _ => maps => loss(maps[0])), MapOf(context, layer))));

    /// <summary>One term for all layers together.</summary>
    internal static TorchLoss OfAllMaps(LayerPick layers, string name, Func<IReadOnlyDictionary<string, torch.Tensor>, torch.Tensor> loss) =>
        new(layers, name, (_, context, names) => LossTerm.Leaf(name, Tensor.Foreign(
            new TorchFunction(name, targets: 0, _ => maps => loss(names.Zip(maps).ToDictionary(pair => pair.First, pair => pair.Second))),
            [.. names.Select(layer => MapOf(context, layer))])));

    /// <summary>One term a layer, with the feature map of a picture as its target.</summary>
    internal static TorchLoss OfTargets(
        LayerPick layers, Picture picture, string name, bool asStyle, Func<torch.Tensor, Func<torch.Tensor, torch.Tensor>> loss) =>
        new(layers, name, (own, context, names) =>
        {
            var targets = asStyle ? context.StyleMaps(picture, layers) : context.ContentMaps(picture);
            return own.SumOf(names, layer => Tensor.Foreign(
                new TorchFunction(name, targets: 1, fixedMaps =>
                {
                    var prepared = loss(fixedMaps[0]);
                    return maps => prepared(maps[0]);
                }),
                MapOf(context, layer), asStyle ? targets[layer] : context.WithoutWrappedMargin(targets[layer])));
        })
        { Picture = picture, AsStyle = asStyle };

    private static Tensor MapOf(LossContext context, string layer) => context.WithoutWrappedMargin(context.Maps[layer]);

    private LossTerm SumOf(IReadOnlyList<string> layers, Func<string, Tensor> value) => layers is [var only]
        ? LossTerm.Leaf(Name, value(only))
        : LossTerm.SumOf(Name, [.. layers.Select(layer => LossTerm.Leaf(layer, value(layer)))]);
}
