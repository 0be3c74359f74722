using System.Globalization;

namespace StyleLab;

public sealed partial class Picture
{
    // One pixel to each side, about.
    private const double NeighbourhoodSigma = 1;

    /// <summary>
    /// Where the picture is smooth, as a mask: white where the luma does not vary around a pixel, grey where it does, ε²/(ε² + v) with
    /// the variance v in a Gaussian window of one pixel and ε = <paramref name="contrast"/>.
    /// </summary>
    /// <param name="contrast">The standard deviation at which the mask is half grey, above 0, on the scale 0..1.</param>
    /// <exception cref="ArgumentException">The contrast is not above 0.</exception>
    public Picture Smoothness(double contrast = 0.02)
    {
        if (!(contrast > 0 && double.IsFinite(contrast)))
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Smoothness needs a contrast above 0, got {contrast}."));
        var luma = Luminance();
        float[] mean = luma.Blur(NeighbourhoodSigma).Values;
        float[] meanSquare = new Picture(Width, Height, Array.ConvertAll(luma.Values, v => v * v)).Blur(NeighbourhoodSigma).Values;
        double half = contrast * contrast;
        var mask = mean.Zip(meanSquare, (m, square) => (float)(half / (half + Math.Max(0, square - m * m))));
        return new Picture(Width, Height, [.. mask])
            .MadeFrom(this, string.Create(CultureInfo.InvariantCulture, $"smoothness {contrast}"));
    }
}
