using System.Globalization;
using StyleLab.Pictures;

namespace StyleLab;

public sealed partial class Picture
{
    private const int MaxBlurSigma = 1000;

    /// <summary>A Gaussian blur; outside the picture its edge pixels go on.</summary>
    /// <param name="sigma">Standard deviation in pixels, 0 (no blur) to 1000. The kernel ends at four sigma.</param>
    /// <exception cref="ArgumentException">Sigma is negative, not a number or above 1000.</exception>
    public Picture Blur(double sigma)
    {
        if (!(sigma >= 0 && sigma <= MaxBlurSigma))
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Blur takes a sigma of 0 to {MaxBlurSigma} pixels, got {sigma}."));
        var kernel = GaussianKernel(sigma);
        return OfPlanes(Width, Height, (plane, blurred) => BlurColumns(BlurRows(plane, kernel), kernel, blurred)).MadeFrom(this, string.Create(CultureInfo.InvariantCulture, $"blur {sigma}"));
    }

    private static float[] GaussianKernel(double sigma)
    {
        var radius = (int)Math.Ceiling(4 * sigma);
        var kernel = new double[2 * radius + 1];
        for (var i = 0; i < kernel.Length; i++)
            kernel[i] = sigma == 0 ? 1 : Math.Exp(-(i - radius) * (double)(i - radius) / (2 * sigma * sigma));
        var sum = kernel.Sum();
        return Array.ConvertAll(kernel, weight => (float)(weight / sum));
    }

    private float[] BlurRows(ReadOnlySpan<float> plane, float[] kernel)
    {
        var blurred = new float[plane.Length];
        var radius = kernel.Length / 2;
        var padded = new float[Width + 2 * radius];
        for (var y = 0; y < Height; y++)
        {
            var row = plane.Slice(y * Width, Width);
            padded.AsSpan(0, radius).Fill(row[0]);
            row.CopyTo(padded.AsSpan(radius));
            padded.AsSpan(radius + Width).Fill(row[^1]);
            for (var i = 0; i < kernel.Length; i++)
                PlaneFilter.AddScaled(padded.AsSpan(i, Width), kernel[i], blurred.AsSpan(y * Width, Width));
        }
        return blurred;
    }

    private void BlurColumns(ReadOnlySpan<float> plane, float[] kernel, Span<float> blurred)
    {
        var radius = kernel.Length / 2;
        for (var y = 0; y < Height; y++)
            for (var i = 0; i < kernel.Length; i++)
            {
                var source = Math.Clamp(y + i - radius, 0, Height - 1);
                PlaneFilter.AddScaled(plane.Slice(source * Width, Width), kernel[i], blurred.Slice(y * Width, Width));
            }
    }
}
