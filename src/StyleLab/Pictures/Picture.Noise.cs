using System.Globalization;
using StyleLab.Pictures;

namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>
    /// White Gaussian noise around a colour. A seed gives the same values on every machine; they are not clamped.
    /// </summary>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="height">Pixels down, at least 1.</param>
    /// <param name="seed">Any number; another seed gives other noise.</param>
    /// <param name="mean">The colour around which values scatter, 0..1 each.</param>
    /// <param name="sigma">The standard deviation of each value, 0 or more.</param>
    /// <exception cref="ArgumentException">The size is not positive or more than 100 megapixels, or sigma is negative.</exception>
    public static Picture Noise(int width, int height, long seed, (float Red, float Green, float Blue) mean, double sigma)
    {
        if (!(sigma >= 0 && double.IsFinite(sigma)))
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Noise needs a sigma of 0 or more, got {sigma}."));
        var noise = new NoiseGenerator(seed);
        var picture = new Picture(width, height);
        float[] center = [mean.Red, mean.Green, mean.Blue];
        for (var channel = 0; channel < 3; channel++)
            foreach (ref var value in picture.Plane(channel))
                value = (float)(center[channel] + sigma * noise.NextGaussian());
        return picture;
    }
}
