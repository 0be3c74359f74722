namespace StyleLab.Tensors.Operations;

// Windows of any size and stride. The 3×3 convolution that keeps the size and the 2×2 pooling have operations of their own.

/// <summary>
/// (x, weights K×C×k×k, bias 1×K×1×1) → one value a filter wherever it lies wholly inside x, every <paramref name="Stride"/>
/// positions. <paramref name="WithRelu"/> is set by the plan when a ReLU follows.
/// </summary>
internal sealed record StridedConvolution(int Stride, bool WithRelu = false) : Operation;

/// <summary>
/// (g, weights) → the gradient at the convolution's input, of shape <paramref name="Input"/>. The plan adds a third input, the
/// <see cref="PositiveMask"/> of the ReLU after the convolution, when g is to count only where that is set.
/// </summary>
internal sealed record StridedConvolutionInputGradient(int Stride, Shape Input) : Operation;

/// <summary>The largest value of each window.</summary>
internal sealed record WindowMaxPool(PoolWindow Window) : Operation;

/// <summary>(x, g) → the sum of g over the windows whose first largest value lies there.</summary>
internal sealed record WindowMaxPoolGradient(PoolWindow Window) : Operation;

/// <summary>The mean of each window, over what of it lies inside.</summary>
internal sealed record WindowAveragePool(PoolWindow Window) : Operation;

/// <summary>g → the sum of each window's share; <paramref name="Input"/> is the shape before pooling.</summary>
internal sealed record WindowAveragePoolGradient(PoolWindow Window, Shape Input) : Operation;
