namespace StyleLab.Networks;

/// <summary>
/// A trained batch normalisation: (x − mean) / √(variance + ε) · scale + offset for each channel (Ioffe and Szegedy 2015).
/// It becomes part of the convolution before it, which then computes the same alone.
/// </summary>
/// <param name="Scale">PyTorch's <c>weight</c>, one number a channel, as all others.</param>
/// <param name="Offset">PyTorch's <c>bias</c>.</param>
/// <param name="Mean">PyTorch's <c>running_mean</c>.</param>
/// <param name="Variance">PyTorch's <c>running_var</c>.</param>
/// <param name="Epsilon">Added to the variance.</param>
internal sealed record BatchNormalization(float[] Scale, float[] Offset, float[] Mean, float[] Variance, double Epsilon = BatchNormalization.UsualEpsilon)
{
    /// <summary>PyTorch's, if nothing else is said.</summary>
    public const double UsualEpsilon = 1e-5;

    /// <summary>What its tensors are called after its own name, in the order of the constructor.</summary>
    public static IReadOnlyList<string> TensorNames { get; } = [".weight", ".bias", ".running_mean", ".running_var"];

    /// <summary>Reads its four tensors.</summary>
    /// <param name="file">The file as messages call it, at the beginning of a sentence.</param>
    /// <param name="name">What the tensors are called before <c>.weight</c> and the others.</param>
    /// <param name="read">Gives the numbers of a tensor, one a channel, or throws.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="StyleLabException">A variance is negative.</exception>
    public static BatchNormalization Read(string file, string name, Func<string, float[]> read, double epsilon = UsualEpsilon)
    {
        float[][] tensors = [.. TensorNames.Select(suffix => read(name + suffix))];
        int negative = Array.FindIndex(tensors[3], variance => variance < 0);
        return negative < 0
            ? new(tensors[0], tensors[1], tensors[2], tensors[3], epsilon)
            : throw new StyleLabException($"{file} is damaged: its tensor {name}{TensorNames[3]} has a negative variance for channel {negative}.");
    }

    /// <summary>The convolution with this normalisation inside.</summary>
    /// <param name="convolution">Filters of [channels, in, size, size] and one bias a channel.</param>
    public ConvolutionWeights FoldInto(ConvolutionWeights convolution)
    {
        var (weight, bias) = convolution;
        int channels = Scale.Length;
        var values = (float[])weight.Values.Clone();
        var offsets = new float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double factor = Scale[channel] / Math.Sqrt(Variance[channel] + Epsilon);
            foreach (ref float value in values.AsSpan(values.Length / channels * channel, values.Length / channels))
                value = (float)(value * factor);
            offsets[channel] = (float)((bias.Values[channel] - (double)Mean[channel]) * factor + Offset[channel]);
        }
        return new(new(weight.Shape, values), new([channels], offsets));
    }
}
