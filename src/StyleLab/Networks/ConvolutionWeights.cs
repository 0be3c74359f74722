namespace StyleLab;

/// <summary>The numbers of one convolution.</summary>
/// <param name="Weight">[out, in, k, k], k×k being the size of a filter</param>
/// <param name="Bias">[out]</param>
public sealed record ConvolutionWeights(WeightArray Weight, WeightArray Bias)
{
    /// <summary>A shape in messages, such as <c>[64, 3, 3, 3]</c>.</summary>
    internal static string TextOf(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";
}
