using StyleLab.Losses;

namespace StyleLab;

/// <summary>Mean of squared differences between neighbours; see <see cref="Loss.TotalVariation"/>.</summary>
public sealed record TotalVariationLoss : Loss
{
    internal override LossTerm Build(LossContext context, double weight)
    {
        var picture = context.Maps.Picture;
        int height = picture.Shape.Height, width = picture.Shape.Width;
        if (height < 2 || width < 2)
            throw new StyleLabException($"Total variation needs a picture of at least 2×2 pixels, got {width}×{height}.");
        var across = picture.Crop(0, 1, height, width - 1) - picture.Crop(0, 0, height, width - 1);
        var down = picture.Crop(1, 0, height - 1, width) - picture.Crop(0, 0, height - 1, width);
        return LossTerm.Leaf("total variation", (across.Square().Mean() + down.Square().Mean()) * (float)weight);
    }
}
