using StyleLab.Losses;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>Distance from a smooth enlargement, both blurred; see <see cref="Loss.Enlargement"/>.</summary>
public sealed record EnlargementLoss(Picture Picture) : Loss
{
    // Three boxes in a row are a round blur, the same at every place.
    private const int Boxes = 3;

    // A box of 2 pixels answers nothing where light and dark alternate from pixel to pixel, which would be rungs along every thin line.
    // The second difference answers most there, and hardly to what is coarser.
    private const float AlternationWeight = 0.1f;

    // Where the picture is smooth nothing is free: detail that has no form to follow is a weave.
    private const float FlatWeight = 0.5f;

    internal override IEnumerable<LossPicture> Pictures => [new(Picture, PictureRole.Content)];

    public override LossTerm Build(LossContext context)
    {
        var size = context.Size;
        context.RequireNotLarger(Picture, "The picture to be enlarged");
        var smooth = Picture.Solid().Enlarge(size.Width, size.Height).WithMargin(context.Margin).ToTensor();
        var added = context.WithoutWrappedMargin(context.Maps.Picture - smooth);
        var agreement = Blurred(added, side: Math.Max(2, size.Width / Picture.Width / 2)).Square().Mean() + AlternationWeight * Alternation(added)
            + FlatWeight * (added.Square() * context.WithoutWrappedMargin(context.MaskOf(Picture.Smoothness()))).Mean();
        return LossTerm.Leaf("enlargement", agreement / (float)LossScale.MeanSquare(smooth));
    }

    private static Tensor Blurred(Tensor picture, int side)
    {
        for (int box = 0; box < Boxes && Math.Min(picture.Shape.Height, picture.Shape.Width) > side; box++)
            picture = picture.AveragePool(new PoolWindow(side, 1));
        return picture;
    }

    /// <summary>The mean of (x₋ − 2x + x₊)²/16 across and down: 1 a direction for ±1 in turns, 1/4 at a period of 4 pixels.</summary>
    private static Tensor Alternation(Tensor picture)
    {
        int height = picture.Shape.Height, width = picture.Shape.Width;
        if (Math.Min(height, width) < 3)
            return picture.Square().Mean();
        var across = picture.Crop(0, 0, height, width - 2) - 2 * picture.Crop(0, 1, height, width - 2) + picture.Crop(0, 2, height, width - 2);
        var down = picture.Crop(0, 0, height - 2, width) - 2 * picture.Crop(1, 0, height - 2, width) + picture.Crop(2, 0, height - 2, width);
        return (across.Square().Mean() + down.Square().Mean()) / 16;
    }
}
