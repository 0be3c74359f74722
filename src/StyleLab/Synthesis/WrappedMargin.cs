using StyleLab.Tensors;

namespace StyleLab.Syntheses;

/// <summary>A margin taken from the opposite edge, for pictures that can be laid side by side.</summary>
internal static class WrappedMargin
{
    /// <summary>The picture with what lies beyond each edge when copies of it are laid side by side.</summary>
    /// <param name="picture">N×C×H×W.</param>
    /// <param name="margin">Positions on each side, at most the smaller of H and W.</param>
    public static Tensor WithWrappedMargin(this Tensor picture, int margin)
    {
        if (margin == 0)
            return picture;
        int height = picture.Shape.Height, width = picture.Shape.Width;
        var tall = picture.Pad(Padding.Zero, margin, margin, 0, 0)
            + picture.Crop(height - margin, 0, margin, width).Pad(Padding.Zero, 0, height + margin, 0, 0)
            + picture.Crop(0, 0, margin, width).Pad(Padding.Zero, height + margin, 0, 0, 0);
        int rows = tall.Shape.Height;
        return tall.Pad(Padding.Zero, 0, 0, margin, margin)
            + tall.Crop(0, width - margin, rows, margin).Pad(Padding.Zero, 0, 0, 0, width + margin)
            + tall.Crop(0, 0, rows, margin).Pad(Padding.Zero, 0, 0, width + margin, 0);
    }
}
