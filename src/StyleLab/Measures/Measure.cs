namespace StyleLab;

/// <summary>Numbers that say what a picture is like, or how far apart two are.</summary>
public static partial class Measure
{
    /// <summary>
    /// Peak signal-to-noise ratio in decibels: −10·log₁₀ of the mean squared difference, for values of 0..1. About 20 is a
    /// poor likeness, 30 a fair one, above 40 the eye hardly sees a difference; infinity for equal pictures.
    /// </summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Psnr(Picture first, Picture second) => first.Psnr(second);

    /// <summary>
    /// Sharpness: the variance of the Laplacian (left + right + up + down − 4·centre) of the luma, 0 for an even picture.
    /// Pictures lie around 0.005..0.1, white noise of variance v at 20·v. The rim of one pixel does not count.
    /// </summary>
    /// <param name="picture">At least 3×3 pixels.</param>
    /// <exception cref="ArgumentException">The picture is smaller.</exception>
    public static double Sharpness(Picture picture)
    {
        if (picture.Width < 3 || picture.Height < 3)
            throw new ArgumentException($"Sharpness needs a picture of at least 3×3 pixels, got {picture.Width}×{picture.Height}.");
        float[] luma = picture.Luma();
        int width = picture.Width;
        double sum = 0, squares = 0;
        for (int y = 1; y < picture.Height - 1; y++)
            for (int x = 1; x < width - 1; x++)
            {
                int at = y * width + x;
                double laplacian = (double)luma[at - 1] + luma[at + 1] + luma[at - width] + luma[at + width] - 4.0 * luma[at];
                sum += laplacian;
                squares += laplacian * laplacian;
            }
        double count = (picture.Height - 2.0) * (width - 2);
        return Math.Max(0, squares / count - sum / count * (sum / count));
    }

    /// <summary>
    /// Total variation: the mean squared difference of horizontal neighbours plus that of vertical ones, over all colours, as
    /// <see cref="Loss.TotalVariation"/> counts it. 0 for an even picture, at most 2 for values of 0..1.
    /// </summary>
    /// <param name="picture">At least 2×2 pixels.</param>
    /// <exception cref="ArgumentException">The picture is smaller.</exception>
    public static double TotalVariation(Picture picture)
    {
        int width = picture.Width, height = picture.Height;
        if (width < 2 || height < 2)
            throw new ArgumentException($"Total variation needs a picture of at least 2×2 pixels, got {width}×{height}.");
        double across = 0, down = 0;
        for (int channel = 0; channel < 3; channel++)
        {
            var plane = picture.Plane(channel);
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                {
                    float value = plane[y * width + x];
                    across += x > 0 ? Square(value - plane[y * width + x - 1]) : 0;
                    down += y > 0 ? Square(value - plane[(y - 1) * width + x]) : 0;
                }
        }
        return across / (3.0 * (width - 1) * height) + down / (3.0 * width * (height - 1));
    }

    private static double Square(double x) => x * x;
}
