using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>Distance of feature maps from those of a picture; see <see cref="Loss.Content"/>.</summary>
public sealed record ContentLoss(Picture Picture, LayerPick Layers, Convention Convention) : LayerLoss
{
    /// <summary>White where the loss looks, black where it does not; everywhere if not given.</summary>
    public Picture? Guide { get; init; }

    protected internal override IEnumerable<Picture> ContentPictures => [Picture];

    internal override IEnumerable<LossPicture> Pictures => [new(Picture, PictureRole.Content), .. LossPicture.Guide(Guide)];

    protected internal override IEnumerable<LayerPick> LayerPicks => [Layers];

    public override LossTerm Build(LossContext context)
    {
        context = Seen(context);
        var layers = Layers.Resolve(context.Network.Architecture);
        var targetMaps = context.ContentMaps(Picture);
        var targets = context.Precompute([.. layers.Select(layer => Guided(targetMaps[layer]))]);
        return LossTerm.SumOf(NameOf("content"), [.. layers.Zip(targets, (layer, target) =>
            LossTerm.Leaf(layer, Distance(Guided(context.Maps[layer]), target, context)))]);

        Tensor Guided(Tensor map) => context.GuideOf(Guide).Apply(context.WithoutWrappedMargin(map));
    }

    private Tensor Distance(Tensor f, Tensor target, LossContext context)
    {
        var squares = (f - target).Square();
        return Convention switch
        {
            Convention.Balanced => squares.Mean() / (float)(LossScale.MeanSquare(target) / context.Network.Architecture.ContentScale),
            // A sum over positions, which grow with the size: scaled to the final one, so that coarse passes weigh content as the last does.
            Convention.Gatys => squares.Sum() * (float)(0.5 / (context.Scale * context.Scale)),
            _ => squares.Mean(),
        };
    }
}
