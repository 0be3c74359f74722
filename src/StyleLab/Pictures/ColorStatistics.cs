using StyleLab.Pictures;

namespace StyleLab;

/// <summary>Mean and covariance of the colours of a picture.</summary>
public sealed class ColorStatistics
{
    private ColorStatistics(double[] mean, double[,] covariance)
    {
        MeanArray = mean;
        Covariance = covariance;
    }

    /// <summary>The mean of red, green and blue, 0..1 each for a finished picture.</summary>
    public (double Red, double Green, double Blue) Mean => (MeanArray[0], MeanArray[1], MeanArray[2]);

    /// <summary>
    /// The covariance of red, green and blue, 3×3 and symmetric; the diagonal holds the variances, at most 0.25 each for values of 0..1.
    /// </summary>
    public double[,] Covariance { get; }

    internal double[] MeanArray { get; }

    /// <summary>The statistics of a picture's pixels, but for those that are transparent.</summary>
    public static ColorStatistics Of(Picture picture)
    {
        picture = picture.SeenPixels();
        int count = picture.Width * picture.Height;
        var mean = new double[3];
        for (int channel = 0; channel < 3; channel++)
            foreach (float value in picture.Plane(channel))
                mean[channel] += value / (double)count;
        var covariance = new double[3, 3];
        for (int row = 0; row < 3; row++)
            for (int column = 0; column <= row; column++)
            {
                ReadOnlySpan<float> first = picture.Plane(row), second = picture.Plane(column);
                double sum = 0;
                for (int i = 0; i < count; i++)
                    sum += (first[i] - mean[row]) * (second[i] - mean[column]);
                covariance[row, column] = covariance[column, row] = sum / count;
            }
        return new(mean, covariance);
    }

    /// <summary>
    /// How far the colours of two pictures are apart: the Fréchet distance of normal distributions with their means and
    /// covariances, √(|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2(Σ₁^½ Σ₂ Σ₁^½)^½)) (Dowson and Landau 1982). 0 for the same
    /// statistics; 0.1 is plain to see; black and white are √3 apart.
    /// </summary>
    public double DistanceTo(ColorStatistics other)
    {
        double[,] root = Matrix3.Power(Covariance, 0.5, 0);
        double[,] cross = Matrix3.Power(Matrix3.Multiply(Matrix3.Multiply(root, other.Covariance), root), 0.5, 0);
        double squared = 0;
        for (int i = 0; i < 3; i++)
        {
            double shift = MeanArray[i] - other.MeanArray[i];
            squared += shift * shift + Covariance[i, i] + other.Covariance[i, i] - 2 * cross[i, i];
        }
        return Math.Sqrt(Math.Max(0, squared));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"mean ({Mean.Red:0.###}, {Mean.Green:0.###}, {Mean.Blue:0.###}), standard deviation ({Deviation(0):0.###}, {Deviation(1):0.###}, {Deviation(2):0.###})");

    private double Deviation(int channel) => Math.Sqrt(Covariance[channel, channel]);
}
