using System.Collections.Concurrent;
using StyleLab.Tensors;

namespace StyleLab;

// What the rest of the library asks of a loss network: feature maps as tensors.
public sealed partial class LossNetwork
{
    private readonly ConcurrentDictionary<string, (Tensor Weight, Tensor Bias)> _tensors = new();

    /// <summary>
    /// What convolutions see beyond the edge of the picture: <see cref="Padding.Reflect"/> unless chosen otherwise.
    /// With the zeros of training a bright rim appears in synthesised pictures.
    /// </summary>
    public Padding Padding { get; private init; } = Padding.Reflect;

    /// <summary>The same network and weights with another padding.</summary>
    public LossNetwork WithPadding(Padding padding) =>
        padding == Padding ? this : new(Name, Architecture, Pooling, Source, _weights) { Padding = padding, Striding = Striding, _skipping = _skipping };

    /// <summary>The same network and weights with the content scale of a recipe.</summary>
    internal LossNetwork WithContentScale(double scale) => scale == Architecture.ContentScale
        ? this
        : new(Name, Architecture with { ContentScale = scale }, Pooling, Source, _weights) { Padding = Padding, Striding = Striding, _skipping = _skipping };

    /// <summary>The feature maps of a picture as tensors, for losses of your own and for looking at.</summary>
    public FeatureMaps Features(Picture picture) => new(this, picture.ToTensor(), picture);

    /// <summary>This network as a recipe names it, for a sweep over networks: <c>recipe with { Network = other.Recipe }</c>.</summary>
    public NetworkRecipe Recipe => new(Source.Reference, Source.Sha256, Pooling, Padding)
    {
        ContentScale = Architecture.ContentScale == 1 ? null : Architecture.ContentScale,
        Striding = Striding == Striding.Skip ? null : Striding,
    };

    /// <summary>
    /// The picture as the network expects it, scale · picture + offset per channel. Channels stay red, green, blue:
    /// a network trained on another order has the first filters' channels exchanged instead.
    /// </summary>
    internal Tensor InputOf(Tensor picture)
    {
        var input = Architecture.Input;
        var shape = new Shape(1, 3, 1, 1);
        int[] channels = [input.PictureChannel(0), input.PictureChannel(1), input.PictureChannel(2)];
        return picture * Tensor.Constant([.. channels.Select(input.Scale)], shape)
            + Tensor.Constant([.. channels.Select(input.Offset)], shape);
    }

    /// <summary>Weights K×C×k×k and bias 1×K×1×1 of a convolution as constants, made once.</summary>
    internal (Tensor Weight, Tensor Bias) WeightTensors(string layer)
    {
        var (weight, bias) = Weights(layer);
        return _tensors.GetOrAdd(layer, _ =>
        {
            int outputs = weight.Shape[0], inputs = weight.Shape[1];
            bool exchanged = Architecture.Input.Order == ChannelOrder.Bgr && _readsPicture.Contains(layer);
            return (Tensor.Constant(exchanged ? BlueAndRedExchanged(weight.Values, weight.Shape[2] * weight.Shape[3]) : weight.Values,
                new Shape(outputs, inputs, weight.Shape[2], weight.Shape[3])), Tensor.Constant(bias.Values, new Shape(1, outputs, 1, 1)));
        });
    }

    private static float[] BlueAndRedExchanged(float[] weights, int taps)
    {
        return [.. Enumerable.Range(0, weights.Length).Select(i =>
        {
            int filter = i / (3 * taps), channel = i / taps % 3, tap = i % taps;
            return weights[(filter * 3 + 2 - channel) * taps + tap];
        })];
    }
}
