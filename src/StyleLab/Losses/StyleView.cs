namespace StyleLab.Losses;

/// <summary>A style picture as the network sees it at the size of a pass.</summary>
/// <param name="Maps">Its feature maps.</param>
/// <param name="Size">Its size, to which its guides are brought.</param>
/// <param name="Mirrored">The size to which it was mirrored from there, because it is narrow; null if it was not.</param>
internal sealed record StyleView(FeatureMaps Maps, PictureSize Size, PictureSize? Mirrored)
{
    // A feature map needs neighbours for its filters to see anything but the edge.
    private const int FewestPositions = 2;

    /// <summary>
    /// Shrinks a style picture by one factor for both sides. Where that leaves too little for the layers, the picture is mirrored
    /// first, so that its patterns keep their shape.
    /// </summary>
    public static StyleView Of(LossNetwork network, Picture picture, double scale, IReadOnlyList<string> layers)
    {
        int least = network.Architecture.SmallestSide(layers, FewestPositions);
        var full = new PictureSize(Enough(picture.Width), Enough(picture.Height));
        var shrunk = new PictureSize(Scaled(full.Width), Scaled(full.Height));
        var seen = picture.MirroredTo(full.Width, full.Height).ResizeIfNeeded(shrunk.Width, shrunk.Height).Solid();
        var maps = new FeatureMaps(network, seen.ToTensor(), picture);
        return full == new PictureSize(picture.Width, picture.Height)
            ? new(maps, shrunk, null)
            : new(maps, new(picture.Width, picture.Height), full);

        int Enough(int pixels) => Scaled(pixels) < least ? Math.Max(pixels, (int)Math.Ceiling(least / scale)) : pixels;
        int Scaled(int pixels) => Math.Max(1, (int)Math.Round(pixels * scale));
    }

    /// <summary>A guide for the feature maps; see <see cref="Guide"/>.</summary>
    public Guide GuideOf(Picture? guide) => new(guide, Size, Margin: 0) { Mirrored = Mirrored };
}
