namespace StyleLab;

/// <summary>What one layer of a network is made of, sees and costs.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Channels">Channels of its feature map.</param>
/// <param name="Parameters">Its weights and biases.</param>
/// <param name="ReceptiveField">Width and height, in pixels of the picture, of the square that one of its values depends on.</param>
/// <param name="Stride">Pixels of the picture between two neighbouring values.</param>
/// <param name="MacsPerPixel">Multiply-adds of this layer for each pixel of the picture (× 10⁶ = per megapixel).</param>
public sealed record LayerCost(
    NetworkLayer Layer, int Channels, long Parameters, int ReceptiveField, int Stride, double MacsPerPixel)
{
    /// <summary>The layer's name.</summary>
    public string Name => Layer.Name;

    /// <summary>The costs of all layers of an architecture, in order.</summary>
    public static IReadOnlyList<LayerCost> Of(Architecture architecture)
    {
        var costs = new List<LayerCost>();
        var (channels, field, stride) = (3, 1, 1);
        foreach (var layer in architecture.Layers)
        {
            long parameters = 0;
            var macs = 0.0;
            switch (layer)
            {
                case ConvolutionLayer convolution:
                    channels = convolution.Outputs;
                    field += 2 * stride;
                    var weights = 9L * convolution.Inputs * convolution.Outputs;
                    parameters = weights + convolution.Outputs;
                    macs = (double)weights / ((long)stride * stride);
                    break;
                case PoolLayer:
                    field += stride;
                    stride *= 2;
                    break;
            }
            costs.Add(new(layer, channels, parameters, field, stride, macs));
        }
        return costs;
    }
}
