namespace StyleLab;

public sealed partial class Picture
{
    /// <summary>The mean of the squared differences over all pixels and colours; 0 for equal pictures.</summary>
    /// <param name="other">A picture of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public double MeanSquaredDifference(Picture other)
    {
        RequireSameSize(other, nameof(MeanSquaredDifference));
        var sum = 0.0;
        for (var i = 0; i < Values.Length; i++)
        {
            var difference = (double)Values[i] - other.Values[i];
            sum += difference * difference;
        }
        return sum / Values.Length;
    }

    /// <summary>
    /// Peak signal-to-noise ratio in decibels against a peak of 1: above 40 the eye hardly sees a difference,
    /// infinity means equal.
    /// </summary>
    /// <param name="other">A picture of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public double Psnr(Picture other)
    {
        RequireSameSize(other, nameof(Psnr));
        return -10 * Math.Log10(MeanSquaredDifference(other));
    }
}
