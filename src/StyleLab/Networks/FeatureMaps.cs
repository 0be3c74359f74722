using StyleLab.Tensors;

namespace StyleLab;

/// <summary>
/// The feature maps of one picture: every layer of a loss network as a tensor of the graph, made when first asked for.
/// All losses of an objective share one instance, so each layer is computed once.
/// </summary>
public sealed class FeatureMaps
{
    private readonly LossNetwork _network;
    private readonly Dictionary<string, Tensor> _maps = [];
    private int _built;
    private Tensor _last;

    /// <summary>Feature maps of a picture tensor.</summary>
    /// <param name="network">The loss network.</param>
    /// <param name="picture">1×3×H×W, RGB 0..1.</param>
    public FeatureMaps(LossNetwork network, Tensor picture)
    {
        _network = network;
        Picture = picture;
        _last = _maps["input"] = network.Normalize(picture);
    }

    /// <summary>The picture itself, 1×3×H×W, RGB 0..1.</summary>
    public Tensor Picture { get; }

    /// <summary>The feature map of a layer, 1×C×H×W; "input" is the normalised picture.</summary>
    /// <exception cref="StyleLabException">The network has no layer of that name.</exception>
    public Tensor this[string layer]
    {
        get
        {
            while (!_maps.ContainsKey(layer) && _built < _network.Architecture.Layers.Count)
                BuildNext();
            return _maps.TryGetValue(layer, out var map)
                ? map
                : this[LayerPick.Parse(layer).Resolve(_network.Architecture)[0]];
        }
    }

    private void BuildNext()
    {
        var layer = _network.Architecture.Layers[_built++];
        _last = _maps[layer.Name] = layer switch
        {
            ConvolutionLayer => Convolve(layer.Name),
            ReluLayer => _last.Relu(),
            PoolLayer when _last.Shape is { Height: < 2 } or { Width: < 2 } => throw new StyleLabException(
                $"The picture of {Picture.Shape.Width}×{Picture.Shape.Height} pixels is too small for layer '{layer.Name}' of {_network.Name}; use a larger size."),
            PoolLayer => _network.Pooling == Pooling.Max ? _last.MaxPool() : _last.AveragePool(),
            _ => throw new NotSupportedException($"Layer {layer.Name} of kind {layer.GetType().Name} cannot be computed."),
        };
    }

    private Tensor Convolve(string name)
    {
        var (weight, bias) = _network.WeightTensors(name);
        return _last.Convolution(weight, bias, _network.Padding);
    }
}
