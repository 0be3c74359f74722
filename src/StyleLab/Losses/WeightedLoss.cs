using StyleLab.Losses;

namespace StyleLab;

/// <summary>A loss times a factor; made by *.</summary>
public sealed record WeightedLoss(double Weight, Loss Loss) : Loss
{
    /// <summary>The factor, a finite number.</summary>
    public double Weight { get; init; } = double.IsFinite(Weight)
        ? Weight
        : throw new ArgumentException($"A weight must be a finite number, got {Weight}.");

    internal override IEnumerable<Picture> ContentPictures => Loss.ContentPictures;

    internal override IEnumerable<Picture> StylePictures => Loss.StylePictures;

    internal override IEnumerable<LossPicture> Pictures => Loss.Pictures;

    internal override IEnumerable<LayerPick> LayerPicks => Loss.LayerPicks;

    internal override bool IsCode => Loss.IsCode;

    internal override LossTerm Build(LossContext context, double weight) => Loss.Build(context, weight * Weight);
}
