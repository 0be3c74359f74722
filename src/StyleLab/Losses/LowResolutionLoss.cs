using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>Distance of the shrunken result from a picture of low resolution; see <see cref="Loss.LowResolution"/>.</summary>
public sealed record LowResolutionLoss(Picture Picture) : Loss
{
    internal override IEnumerable<LossPicture> Pictures => [new(Picture, PictureRole.Content)];

    public override LossTerm Build(LossContext context)
    {
        var size = context.Size;
        context.RequireNotLarger(Picture, "The picture of low resolution");
        int margin = MarginOf(size, context.Margin);
        int beyond = context.Margin - margin * (size.Width / Picture.Width);
        var shape = context.Maps.Picture.Shape;
        var result = context.Maps.Picture.Crop(beyond, beyond, shape.Height - 2 * beyond, shape.Width - 2 * beyond);
        var target = Picture.Solid().WithMargin(margin).ToTensor();
        var squares = (Shrunk(result, target.Shape) - target).Square().Mean();
        return LossTerm.Leaf("low resolution", squares / (float)LossScale.MeanSquare(target));
    }

    /// <summary>
    /// What a camera of low resolution would see: the mean of the pixels that fall into each of its own. Where these are no whole
    /// number of pixels, the mean is weighted, a triangle.
    /// </summary>
    private static Tensor Shrunk(Tensor picture, Shape shape)
    {
        int factor = picture.Shape.Width / shape.Width;
        bool isWhole = picture.Shape.Width == factor * shape.Width && picture.Shape.Height == factor * shape.Height;
        return isWhole ? picture.AveragePool(new PoolWindow(factor, factor)) : picture.Resize(shape.Height, shape.Width);
    }

    /// <summary>
    /// The margin in pixels of low resolution, over which the picture is mirrored; 0 if it is not a whole number of them. Left to itself
    /// the margin takes on another brightness, and the pixels beside it follow.
    /// </summary>
    private int MarginOf(PictureSize size, int margin)
    {
        int factor = size.Width / Picture.Width;
        bool isWhole = size.Width == factor * Picture.Width && size.Height == factor * Picture.Height && margin % factor == 0;
        return isWhole ? margin / factor : 0;
    }
}
