namespace StyleLab;

public static partial class Experiments
{
    /// <summary>Default weight of agreeing with the picture of low resolution.</summary>
    public const double LowResolutionWeight = 100;

    private const int SmallestMargin = 8;

    /// <summary>
    /// Makes a picture larger and invents its detail: shrunk again it must agree with the one given, and its Gram matrices with
    /// those of a sharp picture of something similar. What looks like detail is the sharp picture's.
    /// </summary>
    /// <param name="network">The loss network.</param>
    /// <param name="lowResolution">The picture to enlarge.</param>
    /// <param name="sharp">A sharp picture of something similar, at the scale of the result.</param>
    /// <param name="factor">How much larger the result is: 2, 3, 4….</param>
    /// <param name="styleLayers">Layers of the Gram matrices; shallow ones, because detail is small.</param>
    /// <param name="optimizer">L-BFGS with 300 steps if not given.</param>
    /// <param name="lowResolutionWeight">More invents less.</param>
    /// <param name="totalVariation">More is smoother.</param>
    /// <exception cref="ArgumentException">The factor is below 2.</exception>
    public static Synthesis SuperResolution(LossNetwork network, Picture lowResolution, Picture sharp, int factor = 2,
        LayerPick? styleLayers = null, Optimizer? optimizer = null, double lowResolutionWeight = LowResolutionWeight, double totalVariation = 10)
    {
        if (factor < 2)
            throw new ArgumentException($"Super-resolution enlarges by a whole factor of at least 2, got {factor}.");
        var size = new PictureSize(lowResolution.Width * factor, lowResolution.Height * factor);
        var objective = lowResolutionWeight * Loss.LowResolution(lowResolution)
            + Loss.Style(sharp, styleLayers ?? "relu1_1..relu3_1") + totalVariation * Loss.TotalVariation() + RangeWeight * Loss.Range();
        // A margin of whole pixels of low resolution, so that it has to agree as well.
        int margin = (SmallestMargin + factor - 1) / factor * factor;
        return network.Synthesize(objective, Start.From(lowResolution), optimizer, size, sizes: [size.LongSide], margin: margin);
    }
}
