using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>Distance of Gram matrices from those of a picture; see <see cref="Loss.Style"/>.</summary>
public sealed record StyleLoss(Picture Picture, LayerPick Layers, IReadOnlyList<double>? LayerWeights, Convention Convention) : LayerLoss
{
    /// <summary>White where the result is painted like the picture, black where not; everywhere if not given.</summary>
    public Picture? Guide { get; init; }

    /// <summary>White where the style picture is looked at, black where not; everywhere if not given.</summary>
    public Picture? StyleGuide { get; init; }

    protected internal override IEnumerable<Picture> StylePictures => [Picture];

    internal override IEnumerable<LossPicture> Pictures =>
        [new(Picture, PictureRole.Style), .. LossPicture.Guide(Guide), .. LossPicture.Guide(StyleGuide, Picture)];

    protected internal override IEnumerable<LayerPick> LayerPicks => [Layers];

    public override LossTerm Build(LossContext context)
    {
        context = Seen(context);
        var layers = Layers.Resolve(context.Network.Architecture);
        if (LayerWeights is { } given && given.Count != layers.Count)
            throw new StyleLabException(
                $"The style has {layers.Count} layers ({string.Join(", ", layers)}) but {given.Count} layer weights; give one weight a layer.");
        var style = context.StyleOf(Picture, layers);
        var styleGuide = style.GuideOf(StyleGuide);
        var targets = context.Precompute(
        [
            .. layers.Select(layer => Statistics(styleGuide.Apply(style.Maps[layer]))),
            styleGuide.Mean(style.Maps["input"]),
        ]);
        var guide = context.GuideOf(Guide);

        return LossTerm.SumOf(NameOf("style"), [.. layers.Select((layer, i) =>
        {
            var map = context.WithoutWrappedMargin(context.Maps[layer]);
            var loss = Distance(Statistics(guide.Apply(map)), targets[i], map.Shape.Channels);
            if (layer == "input")
                loss += MeanDistance(guide.Mean(map), targets[^1], targets[i]) * OfBalanced(targets[i], map.Shape.Channels);
            return (LayerWeights?[i] ?? 1) * LossTerm.Leaf(layer, loss);
        })]);
    }

    /// <summary>The Gram matrix divided by N, or by C·N where the convention says so.</summary>
    private Tensor Statistics(Tensor map)
    {
        bool byChannels = Convention is Convention.Johnson or Convention.PyTorchTutorial;
        return map.Gram() / (map.Shape.Area * (byChannels ? (float)map.Shape.Channels : 1));
    }

    private Tensor Distance(Tensor gram, Tensor target, int channels)
    {
        var squares = (gram - target).Square();
        return Convention switch
        {
            Convention.Balanced => squares.Mean() / (float)LossScale.MeanSquare(target),
            Convention.Gatys => squares.Sum() / (4f * channels * channels),
            Convention.Johnson => squares.Sum(),
            _ => squares.Mean(),
        };
    }

    /// <summary>What <see cref="Distance"/> is as a multiple of the balanced one, so that the mean colour keeps its share in any convention.</summary>
    private float OfBalanced(Tensor target, int channels) => Convention switch
    {
        Convention.Balanced => 1,
        Convention.Gatys => (float)LossScale.MeanSquare(target) / 4,
        Convention.Johnson => (float)LossScale.MeanSquare(target) * channels * channels,
        _ => (float)LossScale.MeanSquare(target),
    };

    /// <summary>
    /// The mean colour beside the second moments, in units of their size: a Gram matrix alone confuses a dark even
    /// picture with a contrasting one.
    /// </summary>
    private static Tensor MeanDistance(Tensor mean, Tensor target, Tensor targetGram)
    {
        if (!targetGram.TryGetConstant(out var gram))
            throw new ArgumentException($"The target of a loss has fixed values, got {targetGram}.");
        int channels = mean.Shape.Channels;
        double secondMoment = 0;
        for (int c = 0; c < channels; c++)
            secondMoment += gram[c * channels + c];
        secondMoment /= channels;
        return (mean - target).Square().Mean() / (float)Math.Max(secondMoment, 1e-6);
    }
}
