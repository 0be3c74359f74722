using StyleLab.Losses;
using StyleLab.Tensors;
using StyleLab.Tensors.Operations;

namespace StyleLab;

/// <summary>Distance from a smooth enlargement, both blurred; see <see cref="Loss.Enlargement"/>.</summary>
public sealed record EnlargementLoss(Picture Picture) : Loss
{
    // Three boxes in a row are a round blur, the same at every place. A box answers nothing at a period of its own side (2 pixels at ×4):
    // ripples that fine are held by the total variation only, and can be seen along thin, dark lines.
    private const int Boxes = 3;

    internal override IEnumerable<LossPicture> Pictures => [new(Picture, PictureRole.Content)];

    public override LossTerm Build(LossContext context)
    {
        var size = context.Size;
        if (Picture.Width > size.Width || Picture.Height > size.Height)
            throw new StyleLabException(
                $"The picture to be enlarged is {Picture.Width}×{Picture.Height}, larger than the result of {size}; "
                + "make the result larger, and in one pass: sizes: [long side].");
        var smooth = Picture.Solid().Enlarge(size.Width, size.Height).WithMargin(context.Margin).ToTensor();
        var added = context.Counted(context.Maps.Picture - smooth);
        int side = Math.Max(2, size.Width / Picture.Width / 2);
        for (int box = 0; box < Boxes && Math.Min(added.Shape.Height, added.Shape.Width) > side; box++)
            added = added.AveragePool(new PoolWindow(side, 1));
        return LossTerm.Leaf("enlargement", added.Square().Mean() / (float)LossScale.MeanSquare(smooth));
    }
}
