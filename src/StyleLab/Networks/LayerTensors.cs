using StyleLab.Tensors;

namespace StyleLab.Networks;

/// <summary>One layer of a network as nodes of the graph.</summary>
internal static class LayerTensors
{
    /// <param name="layer">The layer.</param>
    /// <param name="maps">What it takes in: two for an addition or a concatenation, one for all others.</param>
    /// <param name="weights">Weight and bias of a convolution, by its name.</param>
    /// <param name="pooling">What poolings keep that leave it open.</param>
    /// <param name="padding">What stands beyond the edge.</param>
    /// <exception cref="ArgumentException">A map is too small, or two do not fit together.</exception>
    public static Tensor Of(NetworkLayer layer, IReadOnlyList<Tensor> maps, Func<string, (Tensor Weight, Tensor Bias)> weights, Pooling pooling, Padding padding) => layer switch
    {
        ConvolutionLayer convolution => Convolve(maps[0], convolution, weights(layer.Name), padding),
        ReluLayer { Slope: 0 } => maps[0].Relu(),
        ReluLayer relu => maps[0].Max(maps[0] * relu.Slope),
        PoolLayer pool => pooling == Pooling.Max && !pool.Averages ? maps[0].MaxPool(pool.Window) : maps[0].AveragePool(pool.Window),
        PadLayer pad => maps[0].Pad(padding, pad.Top, pad.Bottom, pad.Left, pad.Right),
        ConcatenationLayer => maps[0].Concatenate(maps[1]),
        AdditionLayer => maps[0] + maps[1],
        _ => throw new NotSupportedException($"Layer {layer.Name} of kind {layer.GetType().Name} cannot be computed."),
    };

    private static Tensor Convolve(Tensor map, ConvolutionLayer layer, (Tensor Weight, Tensor Bias) weights, Padding padding)
    {
        if (layer.KeepsSize)
            return map.Convolution(weights.Weight, weights.Bias, padding);
        if (layer.Padding > 0)
            map = map.Pad(padding, layer.Padding, layer.Padding, layer.Padding, layer.Padding);
        return map.Convolution(weights.Weight, weights.Bias, layer.Stride);
    }
}
