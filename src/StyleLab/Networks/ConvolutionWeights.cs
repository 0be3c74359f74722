namespace StyleLab;

/// <summary>The numbers of one convolution.</summary>
/// <param name="Weight">[out, in, k, k], k×k being the size of a filter</param>
/// <param name="Bias">[out]</param>
public sealed record ConvolutionWeights(WeightArray Weight, WeightArray Bias);
