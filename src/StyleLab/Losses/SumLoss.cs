using StyleLab.Losses;

namespace StyleLab;

/// <summary>A sum of losses; made by +.</summary>
public sealed record SumLoss(IReadOnlyList<Loss> Terms) : Loss
{
    internal override IEnumerable<Picture> ContentPictures => Terms.SelectMany(t => t.ContentPictures);

    internal override IEnumerable<Picture> StylePictures => Terms.SelectMany(t => t.StylePictures);

    internal override IEnumerable<LossPicture> Pictures => Terms.SelectMany(t => t.Pictures);

    internal override IEnumerable<LayerPick> LayerPicks => Terms.SelectMany(t => t.LayerPicks);

    internal override bool IsCode => Terms.Any(t => t.IsCode);

    internal override LossTerm Build(LossContext context, double weight) =>
        LossTerm.SumOf("total", [.. Terms.Select(t => t.Build(context, weight))]);
}
