using StyleLab.Losses;

namespace StyleLab;

/// <summary>A sum of losses; made by +.</summary>
public sealed record SumLoss(IReadOnlyList<Loss> Terms) : Loss
{
    protected internal override IEnumerable<Picture> ContentPictures => Terms.SelectMany(t => t.ContentPictures);

    protected internal override IEnumerable<Picture> StylePictures => Terms.SelectMany(t => t.StylePictures);

    internal override IEnumerable<LossPicture> Pictures => Terms.SelectMany(t => t.Pictures);

    protected internal override IEnumerable<LayerPick> LayerPicks => Terms.SelectMany(t => t.LayerPicks);

    internal override IEnumerable<NetworkPick> Picks => Terms.SelectMany(t => t.Picks);

    internal override Loss WithNetworks(Func<NetworkRecipe, NetworkRecipe> change) => new SumLoss([.. Terms.Select(t => t.WithNetworks(change))]);

    internal override bool IsCode => Terms.Any(t => t.IsCode);

    internal override bool MayChange => Terms.Any(t => t.MayChange);

    internal override Loss Written => new SumLoss([.. Terms.Select(t => t.Written)]);

    public override LossTerm Build(LossContext context) => LossTerm.SumOf("total", [.. Terms.Select(t => t.Term(context))]);
}
