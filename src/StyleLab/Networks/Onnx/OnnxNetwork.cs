using StyleLab.Weights;
using StyleLab.Weights.Onnx;

namespace StyleLab.Networks.Onnx;

/// <summary>
/// Makes layers of the operations of an ONNX graph, in its order, up to where its feature maps end: what a classifier does with them is left
/// out. Batch normalisations and other factors and offsets of channels become part of the convolution before them.
/// </summary>
internal sealed partial class OnnxNetwork
{
    /// <summary>The largest filter, window, stride and padding.</summary>
    public const int LargestSize = 64;

    private const int MostLayers = 1000, LongestName = 100;

    private static readonly string[] s_reserved = [Architecture.InputLayer, LayerPick.ContentLayers, LayerPick.StyleLayers];

    // Classifiers begin with one of these.
    private static readonly string[] s_ends =
        ["GlobalAveragePool", "GlobalMaxPool", "Flatten", "Reshape", "Gemm", "MatMul", "Softmax", "LogSoftmax", "ReduceMean", "Squeeze", "Shape"];

    private static readonly string[] s_known =
        ["Conv", "BatchNormalization", "Relu", "LeakyRelu", "Add", "Sub", "Mul", "Div", "Sum", "Concat", "MaxPool", "AveragePool", "Pad", "Identity", "Dropout", "Cast"];

    private readonly string _what;
    private readonly OnnxGraph _graph;
    private readonly OnnxNumbers _numbers;
    private readonly Dictionary<string, OnnxValue> _values = [];
    private readonly Dictionary<string, int> _readers;
    private readonly HashSet<string> _names = new(s_reserved, StringComparer.OrdinalIgnoreCase);
    private readonly List<NetworkLayer> _layers = [];
    private readonly Dictionary<string, ConvolutionWeights> _weights = [];

    private OnnxNetwork(OnnxGraph graph, OnnxNumbers numbers, string what, IReadOnlyDictionary<string, OnnxMap>? inputs)
    {
        (_graph, _numbers, _what) = (graph, numbers, what);
        _readers = graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs).GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());
        foreach (var (name, map) in inputs ?? new Dictionary<string, OnnxMap> { [Picture(graph, numbers, what)] = new(Architecture.InputLayer, 3) })
            _values[name] = map;
        var needed = NeededNumbers();
        foreach (var node in graph.Nodes.Where(node => node.Outputs.Count > 0))
            Add(new(node, what), needed);
    }

    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<NetworkLayer> Layers => _layers;

    /// <summary>The weights of every convolution.</summary>
    public IReadOnlyDictionary<string, ConvolutionWeights> Weights => _weights;

    /// <summary>The layer whose map the graph's first output is; null where a classifier makes it.</summary>
    public string? Output => _graph.Outputs.Count > 0 && _values.GetValueOrDefault(_graph.Outputs[0]) is OnnxMap map ? map.Layer : null;

    /// <summary>Reads a network.</summary>
    /// <param name="stream">The file, from its beginning.</param>
    /// <param name="what">The file as messages call it, at the beginning of a sentence.</param>
    /// <exception cref="StyleLabException">The file is damaged, or the network has operations that are not read.</exception>
    public static (OnnxNetwork Network, IReadOnlyDictionary<string, string> Metadata) Read(Stream stream, string what)
    {
        var graph = OnnxNumbers.Explained(what, () => OnnxFile.Read(stream));
        var network = Of(graph, stream, what);
        return network._weights.Count > 0 ? (network, graph.Metadata)
            : throw new StyleLabException($"{what} cannot be used as a loss network: it has no convolution.");
    }

    /// <summary>Reads a network, and what it expects of a picture: torchvision's, unless its metadata have an <c>input</c>.</summary>
    /// <inheritdoc cref="Read"/>
    public static (OnnxNetwork Network, Preprocessing Input) Open(Stream stream, string what)
    {
        var (network, metadata) = Read(stream, what);
        return (network, metadata.TryGetValue("input", out var input) ? NetworkFile.ParseInput(what, input) : Preprocessing.Torchvision);
    }

    /// <summary>The network of a graph whose numbers are in a file.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stream">The file.</param>
    /// <param name="what">The file as messages call it, at the beginning of a sentence.</param>
    /// <param name="given">Tensors that do not come with the graph, by name.</param>
    /// <param name="inputs">What goes in, by name; a picture of three channels if not given.</param>
    internal static OnnxNetwork Of(OnnxGraph graph, Stream stream, string what,
        IReadOnlyDictionary<string, WeightArray>? given = null, IReadOnlyDictionary<string, OnnxMap>? inputs = null) =>
        new(graph, new OnnxNumbers(graph, stream, what, given), what, inputs);

    private static string Picture(OnnxGraph graph, OnnxNumbers numbers, string what)
    {
        var inputs = graph.Inputs.Where(name => !numbers.Names.Contains(name)).ToList();
        return inputs is [var input] ? input
            : throw new StyleLabException($"{what} cannot be used as a loss network: it has {inputs.Count} inputs, expected one, the picture.");
    }

    /// <summary>
    /// The results that feature maps are made from without depending on the picture. What a classifier needs is not among them: it may be large, or of
    /// operations that are not read.
    /// </summary>
    private HashSet<string> NeededNumbers()
    {
        var maps = _values.Keys.ToHashSet();
        var beyond = new HashSet<string>();
        foreach (var node in _graph.Nodes)
            if (node.Inputs.Any(beyond.Contains) || (node.Inputs.Any(maps.Contains) && s_ends.Contains(node.Operation)))
                beyond.UnionWith(node.Outputs);
            else if (node.Inputs.Any(maps.Contains))
                maps.UnionWith(node.Outputs);
        var needed = new HashSet<string>();
        foreach (var node in _graph.Nodes.Reverse())
            if (node.Outputs.Any(maps.Contains) || node.Outputs.Any(needed.Contains))
                needed.UnionWith(node.Inputs.Where(name => !maps.Contains(name)));
        return needed;
    }

    private void Add(OnnxOperation operation, HashSet<string> needed)
    {
        var known = operation.Inputs.Select(name => _values.GetValueOrDefault(name)).ToList();
        bool isMap = known.Exists(value => value is OnnxMap);
        if (known.Exists(value => value is OnnxBeyond) || (isMap && s_ends.Contains(operation.Kind)))
        {
            foreach (string output in operation.Outputs)
                _values[output] = new OnnxBeyond();
            return;
        }
        if (!isMap && !operation.Outputs.Any(needed.Contains))
            return;
        var inputs = operation.Inputs.Select(ValueOf).ToList();
        _values[operation.Outputs[0]] = isMap ? MapOf(operation, inputs)
            : new OnnxConstant(_numbers.Folded(operation, [.. inputs.Select(value => (value as OnnxConstant)?.Numbers)]));

        OnnxValue? ValueOf(string name) =>
            name.Length == 0 ? null
            : _values.TryGetValue(name, out var value) ? value
            : _numbers.Names.Contains(name) ? new OnnxConstant(_numbers.Read(name))
            : throw operation.Refused($"reads {Quoted.Text(name)}, which nothing before it makes");
    }

    private OnnxValue MapOf(OnnxOperation operation, IReadOnlyList<OnnxValue?> inputs)
    {
        if (operation.Outputs.Skip(1).FirstOrDefault(_readers.ContainsKey) is { } second)
            throw operation.Refused($"has a second output {Quoted.Text(second)} that is read, and only the first is made");
        if (operation.Kind == "Dropout" && (inputs.ElementAtOrDefault(2) as OnnxConstant)?.Numbers.Values is [not 0])
            throw operation.Refused("is in training mode; export the network for inference");
        if (operation.Kind is "Identity" or "Dropout" or "Cast")
            return inputs[0] as OnnxMap ?? throw operation.Refused("takes feature maps where numbers of the file are expected");
        if (inputs.All(value => value is OnnxMap))
        {
            List<OnnxMap> maps = [.. inputs.Cast<OnnxMap>()];
            if (operation.Kind is "Add" or "Sum")
                return Joined(operation, maps, isSum: true);
            if (operation.Kind == "Concat")
                return operation.Number("axis", 1) is 1 or -3 ? Joined(operation, maps, isSum: false)
                    : throw operation.Refused("puts together rows, columns or pictures; read is only the putting together of channels");
        }
        if (operation.Kind is "Add" or "Sub" or "Mul" or "Div" && inputs.Count == 2)
            return Affine(operation, inputs);
        if (inputs[0] is not OnnxMap map || inputs.Skip(1).Any(value => value is OnnxMap))
            throw operation.Refused("takes feature maps where numbers of the file are expected, or an operation that takes several is not read");
        var constants = inputs.Skip(1).Select(value => (value as OnnxConstant)?.Numbers).ToList();
        return operation.Kind switch
        {
            "Conv" => Convolution(operation, map, constants),
            "BatchNormalization" => Normalised(operation, map, constants),
            "Relu" => With(operation, map, name => new ReluLayer(name)),
            "LeakyRelu" => LeakyRelu(operation, map),
            "MaxPool" or "AveragePool" => Pool(operation, map),
            "Pad" => Pad(operation, map, constants),
            _ => throw operation.Refused($"is not one that is read: {string.Join(", ", s_known)}"),
        };
    }

    /// <summary>Adds a layer that takes one map.</summary>
    private OnnxMap With(OnnxOperation operation, OnnxMap map, Func<string, NetworkLayer> make, int? channels = null, string suffix = "")
    {
        string before = _layers.Count == 0 ? Architecture.InputLayer : _layers[^1].Name;
        var layer = make(NewName(operation.Name + suffix));
        return With(operation, map.Layer == before ? layer : layer with { From = map.Layer }, channels ?? map.Channels);
    }

    private OnnxMap With(OnnxOperation operation, NetworkLayer layer, int channels)
    {
        if (_layers.Count == MostLayers)
            throw operation.Refused($"would be layer {MostLayers + 1}; up to {MostLayers} are read");
        _layers.Add(layer);
        return new(layer.Name, channels);
    }

    private OnnxMap Joined(OnnxOperation operation, IReadOnlyList<OnnxMap> maps, bool isSum)
    {
        var sum = maps[0];
        foreach (var (i, map) in maps.Index().Skip(1))
        {
            if (isSum && map.Channels != sum.Channels)
                throw operation.Refused($"adds maps of {sum.Channels} and {map.Channels} channels, which must be the same number");
            string name = NewName(i == maps.Count - 1 ? operation.Name : $"{operation.Name}/{i}");
            sum = isSum ? With(operation, new AdditionLayer(name, sum.Layer, map.Layer), sum.Channels)
                : With(operation, new ConcatenationLayer(name, sum.Layer, map.Layer), sum.Channels + map.Channels);
        }
        return sum;
    }

    /// <summary>A name that a layer pick can hold and no other layer has.</summary>
    private string NewName(string given)
    {
        string name = new([.. given.Trim('/').Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '/' or '.' ? c : '_').Take(LongestName)]);
        while (name.Contains("..", StringComparison.Ordinal))
            name = name.Replace("..", ".", StringComparison.Ordinal);
        name = name.Length == 0 ? "layer" : name;
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
            unique = $"{name}-{i}";
        return unique;
    }
}
