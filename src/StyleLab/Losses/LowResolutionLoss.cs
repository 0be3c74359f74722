using StyleLab.Losses;

namespace StyleLab;

/// <summary>Distance of the shrunken result from a picture of low resolution; see <see cref="Loss.LowResolution"/>.</summary>
public sealed record LowResolutionLoss(Picture Picture) : Loss
{
    internal override LossTerm Build(LossContext context, double weight)
    {
        var size = context.Size;
        if (Picture.Width > size.Width || Picture.Height > size.Height)
            throw new StyleLabException(
                $"The picture of low resolution is {Picture.Width}×{Picture.Height}, larger than the result of {size}; "
                + "make the result larger, and in one pass: sizes: [long side].");
        var result = context.Maps.Picture.Crop(context.Margin, context.Margin, size.Height, size.Width);
        var target = Picture.ToTensor();
        var squares = (result.Resize(Picture.Height, Picture.Width) - target).Square().Mean();
        return LossTerm.Leaf("low resolution", squares / (float)LossScale.MeanSquare(target) * (float)weight);
    }
}
