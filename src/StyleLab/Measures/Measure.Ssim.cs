namespace StyleLab;

public static partial class Measure
{
    private const int WindowSide = 11;

    private static readonly double[] Window = GaussianWindow(sigma: 1.5);

    /// <summary>
    /// Structural similarity (Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility to structural
    /// similarity", 2004) of the luma: the mean over all Gaussian windows of 11×11 pixels, σ = 1.5, that lie inside; K₁ = 0.01,
    /// K₂ = 0.03, values of 0..1. 1 for equal pictures, about 0 for unrelated ones, −1 at worst.
    /// </summary>
    /// <param name="first">At least 11×11 pixels.</param>
    /// <param name="second">A picture of the same size; exchanging the two changes nothing.</param>
    /// <exception cref="ArgumentException">The sizes differ, or are too small.</exception>
    public static double Ssim(Picture first, Picture second)
    {
        first.RequireSameSize(second, nameof(Ssim));
        int width = first.Width, height = first.Height;
        if (width < WindowSide || height < WindowSide)
            throw new ArgumentException($"Ssim needs pictures of at least 11×11 pixels, got {width}×{height}.");
        const double c1 = 0.01 * 0.01, c2 = 0.03 * 0.03;
        double[] a = Array.ConvertAll(first.Luma(), v => (double)v), b = Array.ConvertAll(second.Luma(), v => (double)v);
        double[] meanA = Windowed(a), meanB = Windowed(b);
        double[] squareA = Windowed(Product(a, a)), squareB = Windowed(Product(b, b)), both = Windowed(Product(a, b));
        double sum = 0;
        for (int i = 0; i < meanA.Length; i++)
        {
            double means = meanA[i] * meanB[i], covariance = both[i] - means;
            double meanSquares = meanA[i] * meanA[i] + meanB[i] * meanB[i];
            double variances = squareA[i] + squareB[i] - meanSquares;
            sum += (2 * means + c1) * (2 * covariance + c2) / ((meanSquares + c1) * (variances + c2));
        }
        return sum / meanA.Length;

        double[] Windowed(double[] plane)
        {
            int across = width - WindowSide + 1, down = height - WindowSide + 1;
            var rows = new double[across * height];
            for (int y = 0; y < height; y++)
                for (int i = 0; i < WindowSide; i++)
                    for (int x = 0; x < across; x++)
                        rows[y * across + x] += Window[i] * plane[y * width + x + i];
            var windowed = new double[across * down];
            for (int y = 0; y < down; y++)
                for (int i = 0; i < WindowSide; i++)
                    for (int x = 0; x < across; x++)
                        windowed[y * across + x] += Window[i] * rows[(y + i) * across + x];
            return windowed;
        }
    }

    private static double[] Product(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x * y)];

    private static double[] GaussianWindow(double sigma)
    {
        double[] window = [.. Enumerable.Range(-WindowSide / 2, WindowSide).Select(i => Math.Exp(-i * i / (2 * sigma * sigma)))];
        double sum = window.Sum();
        return Array.ConvertAll(window, weight => weight / sum);
    }
}
