using StyleLab.Tensors;

namespace StyleLab.Losses;

/// <summary>
/// A mask that says where in a picture a loss looks (Gatys et al. 2017, "Controlling Perceptual Factors in Neural Style Transfer",
/// §4): feature maps are multiplied by it, brought to their size and scaled so that its mean square is 1. A Gram matrix of guided
/// maps is then the mean over the region only.
/// </summary>
/// <param name="Picture">White where the loss looks, black or transparent where it does not; null looks everywhere.</param>
/// <param name="Size">Size of the picture that the guide lies over.</param>
/// <param name="Margin">Pixels around that picture on each side, into which the guide is mirrored.</param>
internal sealed record Guide(Picture? Picture, PictureSize Size, int Margin)
{
    private const double Smallest = 1e-4;

    /// <summary>The size to which the picture below the guide was mirrored, and the guide with it; null if it was not.</summary>
    public PictureSize? Mirrored { get; init; }

    /// <summary>The map, 1×C×H×W, as the guide lets it be seen; the map itself without a guide.</summary>
    /// <exception cref="StyleLabException">The guide is black.</exception>
    public Tensor Apply(Tensor map) => Picture is null ? map : map * At(map.Shape, Picture);

    /// <summary>The mean of each channel over the region; over everything without a guide.</summary>
    /// <exception cref="StyleLabException">The guide is black.</exception>
    public Tensor Mean(Tensor map) => Picture is null ? map.ChannelMean() : (map * At(map.Shape, Picture).Square()).ChannelMean();

    private Tensor At(Shape shape, Picture guide)
    {
        var fitted = guide.AsMask().Resize(Size.Width, Size.Height, Resampling.Area).WithMargin(Margin);
        if (Mirrored is { } mirrored)
            fitted = fitted.MirroredTo(mirrored.Width, mirrored.Height);
        var scaled = fitted.Resize(shape.Width, shape.Height, Resampling.Area);
        var plane = new float[shape.Area];
        double squares = 0;
        for (int i = 0; i < plane.Length; i++)
        {
            plane[i] = (scaled.Values[i] + scaled.Values[plane.Length + i] + scaled.Values[2 * plane.Length + i]) / 3;
            squares += plane[i] * plane[i];
        }
        double size = Math.Sqrt(squares / plane.Length);
        if (!(size > Smallest))
            throw new StyleLabException($"{guide.Called("The guide")} is black everywhere or transparent, so its loss would look at nothing; make it white or opaque where the loss is to look.");
        var values = new float[shape.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(plane[i % plane.Length] / size);
        return Tensor.Constant(values, shape);
    }
}
