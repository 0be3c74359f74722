namespace StyleLab;

/// <summary>The numbers of one convolution.</summary>
/// <param name="Weight">[out, in, 3, 3]</param>
/// <param name="Bias">[out]</param>
public sealed record ConvolutionWeights(WeightArray Weight, WeightArray Bias);
