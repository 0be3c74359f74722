using StyleLab.Figures;
using StyleLab.Networks;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>
/// The feature maps of one picture: every layer of a loss network as a tensor of the graph, made when first asked for.
/// All losses of an objective share one instance, so each layer is computed once.
/// </summary>
public sealed partial class FeatureMaps
{
    private readonly LossNetwork _network;
    private readonly Picture? _source;
    private readonly Dictionary<string, Tensor> _maps = [];
    private readonly IEnumerator<(NetworkLayer Layer, IReadOnlyList<string> Sources)> _connections;

    /// <summary>Feature maps of a picture tensor.</summary>
    /// <param name="network">The loss network.</param>
    /// <param name="picture">1×3×H×W, RGB 0..1.</param>
    public FeatureMaps(LossNetwork network, Tensor picture)
    {
        _network = network;
        Picture = picture;
        _maps[Architecture.InputLayer] = network.InputOf(picture);
        _connections = network.Architecture.Connections().GetEnumerator();
    }

    /// <summary>Feature maps of a picture tensor that was made from <paramref name="source"/>, whose name stands in errors.</summary>
    internal FeatureMaps(LossNetwork network, Tensor picture, Picture? source) : this(network, picture) => _source = source;

    /// <summary>The picture itself, 1×3×H×W, RGB 0..1.</summary>
    public Tensor Picture { get; }

    /// <summary>The feature map of a layer, 1×C×H×W; "input" is the normalised picture.</summary>
    /// <exception cref="StyleLabException">The network has no layer of that name.</exception>
    public Tensor this[string layer]
    {
        get
        {
            while (!_maps.ContainsKey(layer) && _connections.MoveNext())
                Build(_connections.Current.Layer, _connections.Current.Sources);
            return _maps.TryGetValue(layer, out var map)
                ? map
                : this[LayerPick.Parse(layer).Resolve(_network.Architecture)[0]];
        }
    }

    internal string NetworkName => _network.Name;

    /// <summary>Feature maps of another network of the same picture.</summary>
    internal FeatureMaps On(LossNetwork network) => new(network, Picture, _source);

    /// <summary>The sizes of all layers that the picture is large enough for, from the input on.</summary>
    internal IReadOnlyList<(string Layer, Shape Shape)> Sizes()
    {
        var sizes = new List<(string, Shape)> { (Architecture.InputLayer, this[Architecture.InputLayer].Shape) };
        try
        {
            foreach (var (layer, _) in _network.Architecture.Connections())
                sizes.Add((layer.Name, this[layer.Name].Shape));
        }
        catch (StyleLabException)
        {
            // The picture ends here.
        }
        return sizes;
    }

    private void Build(NetworkLayer layer, IReadOnlyList<string> sources)
    {
        if (sources is [var first, var second] && _maps[first].Shape with { Channels = 1 } != _maps[second].Shape with { Channels = 1 })
            throw new StyleLabException(
                $"Layer '{layer.Name}' of {_network.Name} puts together maps of {SizeOf(first)} and {SizeOf(second)}, as {ThePicture} is of a size "
                + "that the network does not halve evenly; use sides that are multiples of its largest stride, and an even margin.");
        try
        {
            _maps[layer.Name] = LayerTensors.Of(layer, [.. sources.Select(source => _maps[source])], _network.WeightTensors, _network.Pooling, _network.Padding);
        }
        catch (ArgumentException error)
        {
            // The network's own sizes agree, so only the picture can be the reason.
            throw new StyleLabException($"{ThePicture} is too small for layer '{layer.Name}' of {_network.Name}; use a larger size.", error);
        }
    }

    private string ThePicture => $"{_source?.Called("The picture") ?? "The picture"} of {Picture.Shape.Width}×{Picture.Shape.Height} pixels";

    private string SizeOf(string layer) => $"{_maps[layer].Shape.Width}×{_maps[layer].Shape.Height}";
}
