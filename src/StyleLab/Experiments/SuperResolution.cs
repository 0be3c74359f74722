namespace StyleLab;

public static partial class Experiments
{
    /// <summary>Weight of agreeing with the smooth enlargement: what is known is not to be given up for what is invented.</summary>
    public const double EnlargementWeight = 1000;

    /// <summary>Weight of the invented detail: like the truth more than any resampling is, and not yet further from it.</summary>
    public const double DetailWeight = 0.5;

    /// <summary>Weight of the total variation where the picture of low resolution is smooth: no grain appears in a sky.</summary>
    public const double SmoothPlacesWeight = 300;

    /// <summary>Weight of the total variation that keeps edges, beside the detail: it is to sharpen edges, not to ripple beside them.</summary>
    public const double RippleWeight = 2;

    /// <summary>Shallow layers, because detail is small.</summary>
    public const string DetailLayers = "relu1_1..relu3_1";

    private const int SmallestMargin = 8;

    /// <summary>
    /// Makes a picture larger and invents its detail. Shrunk again the result must agree with the picture given, and its Gram matrices
    /// must differ from those of the enlarged picture as those of <paramref name="sharp"/> differ from those of the same picture
    /// shrunk and enlarged. What looks like detail is the sharp picture's.
    /// </summary>
    /// <param name="network">The loss network.</param>
    /// <param name="lowResolution">The picture to enlarge: each pixel the mean over its area, as in a camera.</param>
    /// <param name="sharp">A sharp picture of something similar, at the scale of the result.</param>
    /// <param name="factor">How much larger the result is: 2, 3, 4….</param>
    /// <param name="styleLayers">Layers of the Gram matrices; <see cref="DetailLayers"/> if not given.</param>
    /// <param name="optimizer">L-BFGS with 300 steps if not given.</param>
    /// <param name="styleWeight">More invents more; 0 invents nothing.</param>
    /// <param name="totalVariation">More is smoother where the picture given is smooth, so that no grain appears in a sky.</param>
    /// <exception cref="ArgumentException">The factor is below 2.</exception>
    public static Synthesis SuperResolution(LossNetwork network, Picture lowResolution, Picture sharp, int factor = 2,
        LayerPick? styleLayers = null, Optimizer? optimizer = null, double styleWeight = DetailWeight, double totalVariation = SmoothPlacesWeight)
    {
        if (factor < 2)
            throw new ArgumentException($"Super-resolution enlarges by a whole factor of at least 2, got {factor}.");
        var size = new PictureSize(lowResolution.Width * factor, lowResolution.Height * factor);
        var enlarged = lowResolution.Resize(size.Width, size.Height);
        var objective = EnlargementWeight * Loss.Enlargement(lowResolution)
            + totalVariation * Loss.TotalVariation(lowResolution.Smoothness()) + RangeWeight * Loss.Range();
        if (styleWeight != 0)
            objective += styleWeight * Loss.StyleAnalogy(enlarged, Unsharp(sharp, factor), sharp, styleLayers ?? DetailLayers)
                + styleWeight * RippleWeight * Loss.TotalVariation(keepEdges: true);
        // A margin of whole pixels of low resolution, so that it is mirrored between them.
        int margin = (SmallestMargin + factor - 1) / factor * factor;
        return network.Synthesize(objective, Start.From(lowResolution.Enlarge(size.Width, size.Height)), optimizer, size, sizes: Sizes(size.LongSide, factor), margin: margin);
    }

    /// <summary>By way of the halves that are larger than the picture given: ×2, ×4, ×8.</summary>
    private static List<int> Sizes(int longSide, int factor)
    {
        var sizes = new List<int> { longSide };
        for (; factor % 4 == 0; factor /= 2)
            sizes.Insert(0, sizes[0] / 2);
        return sizes;
    }

    /// <summary>What is left of a picture when it is shrunk and enlarged again.</summary>
    private static Picture Unsharp(Picture sharp, int factor) => sharp
        .Resize(Math.Max(1, sharp.Width / factor), Math.Max(1, sharp.Height / factor), Resampling.Area)
        .Resize(sharp.Width, sharp.Height);
}
