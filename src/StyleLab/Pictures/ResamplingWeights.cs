namespace StyleLab.Pictures;

/// <summary>
/// For each pixel of a resized line, which source pixels it is made of and how much each counts. The weights of a pixel sum to 1.
/// </summary>
internal sealed class ResamplingWeights
{
    private readonly int[] _first;
    private readonly float[][] _weights;

    /// <summary>Weights from a line of <paramref name="sourceLength"/> pixels to one of <paramref name="length"/>.</summary>
    public ResamplingWeights(int sourceLength, int length, Resampling filter)
    {
        _first = new int[length];
        _weights = new float[length][];
        var scale = (double)sourceLength / length;
        // Shrinking widens the kernel to the size of the new pixel: that is what keeps fine patterns from aliasing.
        var kernelScale = Math.Max(scale, 1);
        var support = Support(filter) * kernelScale;
        for (var i = 0; i < length; i++)
        {
            var center = (i + 0.5) * scale;
            if (filter == Resampling.Nearest)
            {
                (_first[i], _weights[i]) = ((int)center, [1]);
                continue;
            }
            if (filter == Resampling.Area)
            {
                (_first[i], _weights[i]) = Coverage(i * scale, (i + 1) * scale, sourceLength);
                continue;
            }
            var first = Math.Max(0, (int)(center - support + 0.5));
            var end = Math.Min(sourceLength, (int)(center + support + 0.5));
            var weights = new double[end - first];
            for (var j = 0; j < weights.Length; j++)
                weights[j] = Kernel(filter, (first + j + 0.5 - center) / kernelScale);
            (_first[i], _weights[i]) = (first, Normalized(weights));
        }
    }

    public int Length => _first.Length;

    /// <summary>The first source pixel that counts for this one.</summary>
    public int First(int i) => _first[i];

    /// <summary>The weights of the source pixels from <see cref="First"/> on.</summary>
    public ReadOnlySpan<float> Of(int i) => _weights[i];

    private static (int First, float[] Weights) Coverage(double from, double to, int sourceLength)
    {
        var first = (int)from;
        var end = Math.Min(sourceLength, (int)Math.Ceiling(to));
        var weights = new double[end - first];
        for (var j = 0; j < weights.Length; j++)
            weights[j] = Math.Min(to, first + j + 1) - Math.Max(from, first + j);
        return (first, Normalized(weights));
    }

    private static float[] Normalized(double[] weights)
    {
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => (float)(weight / sum));
    }

    private static double Support(Resampling filter) => filter switch
    {
        Resampling.Bilinear => 1,
        Resampling.Bicubic => 2,
        Resampling.Lanczos => 3,
        _ => 0.5,
    };

    private static double Kernel(Resampling filter, double x)
    {
        x = Math.Abs(x);
        return filter switch
        {
            Resampling.Bilinear => Math.Max(0, 1 - x),
            Resampling.Bicubic => Cubic(x),
            _ => x < 3 ? Sinc(x) * Sinc(x / 3) : 0,
        };
    }

    // R. G. Keys, "Cubic convolution interpolation for digital image processing", 1981, with a = −1/2.
    private static double Cubic(double x) =>
        x < 1 ? (1.5 * x - 2.5) * x * x + 1 :
        x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 :
        0;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
