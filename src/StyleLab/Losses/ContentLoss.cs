using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>Distance of feature maps from those of a picture; see <see cref="Loss.Content"/>.</summary>
public sealed record ContentLoss(Picture Picture, LayerPick Layers, Convention Convention) : Loss
{
    /// <summary>White where the loss looks, black where it does not; everywhere if not given.</summary>
    public Picture? Guide { get; init; }

    protected internal override IEnumerable<Picture> ContentPictures => [Picture];

    internal override IEnumerable<LossPicture> Pictures => [new(Picture, PictureRole.Content), .. LossPicture.Guide(Guide)];

    protected internal override IEnumerable<LayerPick> LayerPicks => [Layers];

    public override LossTerm Build(LossContext context)
    {
        var layers = Layers.Resolve(context.Network.Architecture);
        var targetMaps = context.ContentMaps(Picture);
        var targets = context.Fix([.. layers.Select(layer => Guided(targetMaps[layer]))]);
        return LossTerm.SumOf("content", [.. layers.Zip(targets, (layer, target) =>
            LossTerm.Leaf(layer, Distance(Guided(context.Maps[layer]), target, context.Network.Architecture.ContentScale)))]);

        Tensor Guided(Tensor map) => context.GuideOf(Guide).Apply(context.Counted(map));
    }

    private Tensor Distance(Tensor f, Tensor target, double scale)
    {
        var squares = (f - target).Square();
        return Convention switch
        {
            Convention.Balanced => squares.Mean() / (float)(LossScale.MeanSquare(target) / scale),
            Convention.Gatys => squares.Sum() * 0.5f,
            _ => squares.Mean(),
        };
    }
}
