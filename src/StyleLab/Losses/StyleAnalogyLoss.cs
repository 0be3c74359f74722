using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>Gram matrices that change as those of an example do; see <see cref="Loss.StyleAnalogy"/>.</summary>
public sealed record StyleAnalogyLoss(Picture Of, Picture From, Picture To, LayerPick Layers) : LayerLoss
{
    /// <summary>White where the loss looks, in the result and in <see cref="Of"/>; everywhere if not given.</summary>
    public Picture? Guide { get; init; }

    /// <summary>White where the example is looked at; everywhere if not given.</summary>
    public Picture? ExampleGuide { get; init; }

    protected internal override IEnumerable<Picture> StylePictures => [To];

    internal override IEnumerable<LossPicture> Pictures =>
    [
        new(Of, PictureRole.Content), new(From, PictureRole.Style), new(To, PictureRole.Style),
        .. LossPicture.Guide(Guide), .. LossPicture.Guide(Guide, Of), .. LossPicture.Guide(ExampleGuide, From), .. LossPicture.Guide(ExampleGuide, To),
    ];

    protected internal override IEnumerable<LayerPick> LayerPicks => [Layers];

    public override LossTerm Build(LossContext context)
    {
        context = Seen(context);
        var layers = Layers.Resolve(context.Network.Architecture);
        var of = Grams(Of, Guide);
        var from = Grams(From, ExampleGuide);
        var to = Grams(To, ExampleGuide);
        var targets = context.Precompute([.. layers.Select((_, i) => of[i] + to[i] - from[i])]);
        var guide = context.GuideOf(Guide);
        return LossTerm.SumOf(NameOf("style"), [.. layers.Zip(targets, (layer, target) =>
        {
            var squares = (Gram(guide.Apply(context.WithoutWrappedMargin(context.Maps[layer]))) - target).Square();
            return LossTerm.Leaf(layer, squares.Mean() / (float)LossScale.MeanSquare(target));
        })]);

        List<Tensor> Grams(Picture picture, Picture? guide)
        {
            var style = context.StyleOf(picture, layers);
            var shown = style.GuideOf(guide);
            return [.. layers.Select(layer => Gram(shown.Apply(style.Maps[layer])))];
        }
    }

    private static Tensor Gram(Tensor map) => map.Gram() / map.Shape.Area;
}
