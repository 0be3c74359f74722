using StyleLab.Tensors;

namespace StyleLab.Runs;

/// <summary>A margin taken from the opposite edge, for pictures that can be laid side by side.</summary>
internal static class WrappedMargin
{
    /// <summary>The picture with what lies beyond each edge when copies of it are laid side by side.</summary>
    /// <param name="picture">N×C×H×W.</param>
    /// <param name="margin">Positions on each side; more than H or W takes in several copies.</param>
    public static Tensor WithWrappedMargin(this Tensor picture, int margin) => picture.WithRows(margin).WithColumns(margin);

    private static Tensor WithRows(this Tensor picture, int margin)
    {
        int period = picture.Shape.Height, width = picture.Shape.Width;
        // All steps but the last add whole copies, so the edges always meet.
        for (int step; margin > 0; margin -= step)
        {
            step = Math.Min(margin, period);
            int height = picture.Shape.Height;
            picture = picture.Pad(Padding.Zero, step, step, 0, 0)
                + picture.Crop(height - step, 0, step, width).Pad(Padding.Zero, 0, height + step, 0, 0)
                + picture.Crop(0, 0, step, width).Pad(Padding.Zero, height + step, 0, 0, 0);
        }
        return picture;
    }

    private static Tensor WithColumns(this Tensor picture, int margin)
    {
        int period = picture.Shape.Width, height = picture.Shape.Height;
        for (int step; margin > 0; margin -= step)
        {
            step = Math.Min(margin, period);
            int width = picture.Shape.Width;
            picture = picture.Pad(Padding.Zero, 0, 0, step, step)
                + picture.Crop(0, width - step, height, step).Pad(Padding.Zero, 0, 0, 0, width + step)
                + picture.Crop(0, 0, height, step).Pad(Padding.Zero, 0, 0, width + step, 0);
        }
        return picture;
    }
}
