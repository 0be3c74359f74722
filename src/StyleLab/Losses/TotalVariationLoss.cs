using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>Mean of squared differences between neighbours; see <see cref="Loss.TotalVariation"/>.</summary>
public sealed record TotalVariationLoss : Loss
{
    /// <summary>White where the picture is to be smooth, black where anything may be; everywhere if not given.</summary>
    public Picture? Guide { get; init; }

    internal override IEnumerable<LossPicture> Pictures => LossPicture.Guide(Guide);

    internal override bool IsTidying => true;

    public override LossTerm Build(LossContext context)
    {
        var picture = context.Maps.Picture;
        int height = picture.Shape.Height, width = picture.Shape.Width;
        if (height < 2 || width < 2)
            throw new StyleLabException($"Total variation needs a picture of at least 2×2 pixels, got {width}×{height}.");
        var across = picture.Crop(0, 1, height, width - 1) - picture.Crop(0, 0, height, width - 1);
        var down = picture.Crop(1, 0, height - 1, width) - picture.Crop(0, 0, height - 1, width);
        return LossTerm.Leaf("total variation", Mean(across) + Mean(down));

        Tensor Mean(Tensor differences) => (Guide is null
            ? differences.Square()
            : differences.Square() * WeightsOf(Guide, context, differences.Shape)).Mean();
    }

    private static Tensor WeightsOf(Picture guide, LossContext context, Shape shape)
    {
        var size = context.Size;
        var mask = guide.AsMask().Resize(size.Width, size.Height, Resampling.Bilinear).WithMargin(context.Margin).Luminance();
        return mask.ToTensor().Crop(0, 0, shape.Height, shape.Width);
    }
}
