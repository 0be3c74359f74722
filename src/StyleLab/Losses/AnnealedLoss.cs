using StyleLab.Losses;

namespace StyleLab;

/// <summary>A loss whose weight changes with the progress of the run; made by <c>Annealing.Linear(1, 0) * loss</c>.</summary>
public sealed record AnnealedLoss(Annealing Annealing, Loss Loss) : Loss
{
    protected internal override IEnumerable<Picture> ContentPictures => Loss.ContentPictures;

    protected internal override IEnumerable<Picture> StylePictures => Loss.StylePictures;

    internal override IEnumerable<LossPicture> Pictures => Loss.Pictures;

    protected internal override IEnumerable<LayerPick> LayerPicks => Loss.LayerPicks;

    internal override IEnumerable<NetworkPick> Picks => Loss.Picks;

    internal override Loss WithNetworks(Func<NetworkRecipe, NetworkRecipe> change) => this with { Loss = Loss.WithNetworks(change) };

    internal override bool IsCode => Loss.IsCode;

    internal override bool MayChange => true;

    internal override Loss Written => this with { Loss = Loss.Written };

    public override LossTerm Build(LossContext context) => Loss.Term(context).Times(context.Schedule(Annealing.At));
}
