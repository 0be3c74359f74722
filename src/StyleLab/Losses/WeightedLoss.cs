using StyleLab.Losses;

namespace StyleLab;

/// <summary>A loss times a factor; made by *.</summary>
public sealed record WeightedLoss(double Weight, Loss Loss) : Loss
{
    /// <summary>The factor, a finite number.</summary>
    public double Weight { get; init; } = double.IsFinite(Weight)
        ? Weight
        : throw new ArgumentException($"A weight must be a finite number, got {Weight}.");

    protected internal override IEnumerable<Picture> ContentPictures => Loss.ContentPictures;

    protected internal override IEnumerable<Picture> StylePictures => Loss.StylePictures;

    internal override IEnumerable<LossPicture> Pictures => Loss.Pictures;

    protected internal override IEnumerable<LayerPick> LayerPicks => Loss.LayerPicks;

    internal override IEnumerable<NetworkPick> Picks => Loss.Picks;

    internal override Loss WithNetworks(Func<NetworkRecipe, NetworkRecipe> change) => this with { Loss = Loss.WithNetworks(change) };

    internal override bool IsCode => Loss.IsCode;

    internal override bool MayChange => Loss.MayChange;

    internal override Loss Written => this with { Loss = Loss.Written };

    public override LossTerm Build(LossContext context) => Weight * Loss.Term(context);
}
