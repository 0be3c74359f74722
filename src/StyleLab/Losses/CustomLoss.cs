using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>A user's own loss as a function; see <c>Loss.Custom</c>. A recipe with one can be read only with the objective given again.</summary>
public sealed record CustomLoss : LayerLoss
{
    private readonly Func<LossContext, IReadOnlyList<string>, LossTerm> _build;

    private CustomLoss(LayerPick layers, string name, Func<LossContext, IReadOnlyList<string>, LossTerm> build)
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

    protected internal override IEnumerable<Picture> ContentPictures => Picture is not null && !AsStyle ? [Picture] : [];

    protected internal override IEnumerable<Picture> StylePictures => Picture is not null && AsStyle ? [Picture] : [];

    protected internal override IEnumerable<LayerPick> LayerPicks => [Layers];

    internal override bool IsCode => true;

    internal override string CodeName => Name;

    internal override Loss Written => new CodeLoss(Name, $"layers {Layers}{(On is null ? "" : $" of {On.Name}")}");

    public override LossTerm Build(LossContext context)
    {
        context = Seen(context);
        return _build(context, Layers.Resolve(context.Network.Architecture));
    }

    /// <summary>One term a layer.</summary>
    internal static CustomLoss OfEachMap(LayerPick layers, string name, Func<LossContext, Tensor, Tensor> loss, LossNetwork? on) =>
        new(layers, name, (context, names) => SumOf(name, names, layer => loss(context, context.WithoutWrappedMargin(context.Maps[layer])))) { Network = on };

    /// <summary>One term for all layers together.</summary>
    internal static CustomLoss OfAllMaps(LayerPick layers, string name, Func<IReadOnlyDictionary<string, Tensor>, Tensor> loss, LossNetwork? on) =>
        new(layers, name, (context, names) => LossTerm.Leaf(name,
            loss(new NamedMaps(names.ToDictionary(layer => layer, layer => context.WithoutWrappedMargin(context.Maps[layer])))))) { Network = on };

    /// <summary>One term a layer, with the feature map of a picture as its target.</summary>
    internal static CustomLoss OfTargets(LayerPick layers, Picture picture, string name, bool asStyle, Func<Tensor, Tensor, Tensor> loss, LossNetwork? on) =>
        new(layers, name, (context, names) =>
        {
            var targets = asStyle ? context.StyleOf(picture, names).Maps : context.ContentMaps(picture);
            return SumOf(name, names, layer => loss(context.WithoutWrappedMargin(context.Maps[layer]),
                asStyle ? targets[layer] : context.WithoutWrappedMargin(targets[layer])));
        })
        { Picture = picture, AsStyle = asStyle, Network = on };

    private static LossTerm SumOf(string name, IReadOnlyList<string> layers, Func<string, Tensor> value) => layers is [var only]
        ? LossTerm.Leaf(name, value(only))
        : LossTerm.SumOf(name, [.. layers.Select(layer => LossTerm.Leaf(layer, value(layer)))]);
}
