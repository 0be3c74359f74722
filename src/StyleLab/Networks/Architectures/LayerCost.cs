using StyleLab.Tensors;

namespace StyleLab;

/// <summary>What one layer of a network is made of, sees and costs.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Channels">Channels of its feature map.</param>
/// <param name="Size">Height and width of its feature map for a picture of <see cref="PictureSize"/> pixels; 0 when that is too small.</param>
/// <param name="Parameters">Its weights and biases.</param>
/// <param name="ReceptiveField">Width and height, in pixels of the picture, of the square that one of its values depends on.</param>
/// <param name="Stride">Pixels of the picture between two neighbouring values.</param>
/// <param name="MacsPerPixel">Multiply-adds of this layer for each pixel of the picture (× 10⁶ = per megapixel).</param>
internal sealed record LayerCost(
    NetworkLayer Layer, int Channels, int Size, long Parameters, int ReceptiveField, int Stride, double MacsPerPixel)
{
    /// <summary>Height and width of the picture that <see cref="Size"/> refers to.</summary>
    public const int PictureSize = 256;

    /// <summary>The layer's name.</summary>
    public string Name => Layer.Name;

    /// <summary>The costs of all layers of an architecture, in order.</summary>
    public static IReadOnlyList<LayerCost> Of(Architecture architecture)
    {
        var costs = new List<LayerCost>();
        var reached = new Dictionary<string, Reach> { [Architecture.InputLayer] = new(3, PictureSize, 1, 1) };
        foreach (var (layer, sources) in architecture.Connections())
        {
            var (channels, size, field, stride) = reached[sources[0]];
            long weights = 0, biases = 0;
            size = layer.Positions(size);
            switch (layer)
            {
                case ConvolutionLayer convolution:
                    channels = convolution.Outputs;
                    field += (convolution.Size - 1) * stride;
                    stride *= convolution.Stride;
                    (weights, biases) = ((long)convolution.Size * convolution.Size * convolution.Inputs * channels, channels);
                    break;
                case PoolLayer pool:
                    field += (pool.Size - 1) * stride;
                    stride *= pool.Stride;
                    break;
                case JoiningLayer:
                    var other = reached[sources[1]];
                    channels += layer is ConcatenationLayer ? other.Channels : 0;
                    field = Math.Max(field, other.Field);
                    break;
            }
            reached[layer.Name] = new(channels, size, field, stride);
            costs.Add(new(layer, channels, size, weights + biases, field, stride, (double)weights / ((long)stride * stride)));
        }
        return costs;
    }

    /// <summary>What is known of a feature map on the way.</summary>
    private readonly record struct Reach(int Channels, int Size, int Field, int Stride);
}
