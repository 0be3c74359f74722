using System.Security.Cryptography;
using StyleLab.Networks.Onnx;
using StyleLab.Pictures;

namespace StyleLab.Networks;

/// <summary>Makes a network from a description and its tensors; batch normalisations become part of the convolution before them.</summary>
internal sealed class DescribedNetwork
{
    private static readonly string[] _extensions = [".safetensors", ".pth", ".pt", ".npz", ".onnx"];

    private const int MostBytes = 10_000_000;

    private readonly string _weightsFile;
    private readonly IReadOnlyList<string> _tensorNames;
    private readonly IReadOnlyDictionary<string, WeightArray> _tensors;
    private readonly List<NetworkLayer> _layers = [];
    private readonly Dictionary<string, ConvolutionWeights> _weights = [];
    private readonly Dictionary<string, int> _channels = new() { [Architecture.InputLayer] = 3 };

    private DescribedNetwork(IReadOnlyList<DescribedLayer> layers, string weightsName, WeightsFile weights)
    {
        _weightsFile = weightsName;
        _tensorNames = [.. weights.Tensors.Select(tensor => tensor.Name)];
        _tensors = TensorsOf(layers, weights);
        foreach (var layer in layers)
            Add(layer);
    }

    /// <summary>True for a path that ends as descriptions do.</summary>
    public static bool IsPath(string nameOrPath) =>
        nameOrPath.EndsWith(NetworkDescription.Extension, StringComparison.OrdinalIgnoreCase) && !nameOrPath.Contains('\0');

    /// <summary>Opens a description and the weights beside it.</summary>
    /// <exception cref="StyleLabException">A file is missing, or the description or the weights are wrong.</exception>
    public static NetworkFile Open(string path)
    {
        if (!File.Exists(path))
            throw new StyleLabException($"There is no network description {Quoted.Text(path)}; looked for {Path.GetFullPath(path)}.");
        try
        {
            var full = Path.GetFullPath(path);
            var json = ReadDescription(full);
            var what = Quoted.Text(Path.GetFileName(full));
            var description = DescriptionReader.Read(json, what, WeightsBeside(full));
            if (description.Weights.Contains('\0'))
                throw new StyleLabException($"{what} needs the name of a file for 'weights', got {Quoted.Text(description.Weights)}.");
            var weightsPath = Path.GetFullPath(description.Weights, Path.GetDirectoryName(full)!);
            if (!File.Exists(weightsPath))
                throw new StyleLabException(
                    $"The weights {Quoted.Text(description.Weights)} of {what} are missing; looked for {weightsPath}. "
                    + $"Put the file there ({string.Join(", ", _extensions)}), or name it with 'weights'.");
            using var stream = OrdinaryFile.Open(weightsPath, $"the weights of {what}");
            return Read(description, json, Path.GetFileNameWithoutExtension(full), what, stream, Quoted.Text(Path.GetFileName(weightsPath)),
                (bytes, sha256) => new(IsEmbedded: false, full, bytes, sha256, description.Licence ?? "Not stated in the description.", description.Training));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StyleLabException($"The network {Quoted.Text(path)} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The network of a description and its weights.</summary>
    /// <param name="description">The description.</param>
    /// <param name="json">Its text.</param>
    /// <param name="name">The network's name.</param>
    /// <param name="what">The description as messages call it.</param>
    /// <param name="weights">The file of weights, from its beginning.</param>
    /// <param name="weightsName">That file as messages call it.</param>
    /// <param name="source">Makes the source from the length of both and their hash.</param>
    public static NetworkFile Read(NetworkDescription description, byte[] json, string name, string what, Stream weights, string weightsName, Func<long, string, NetworkSource> source)
    {
        var (layers, numbers, input) = LayersOf(description, weights, weightsName);
        var architecture = ArchitectureOf(description, layers, input, name, what);
        weights.Position = 0;
        return new(name, architecture, source(json.Length + weights.Length, Hash(json, weights)), numbers) { Striding = description.Striding };
    }

    private static (IReadOnlyList<NetworkLayer> Layers, IReadOnlyDictionary<string, ConvolutionWeights> Weights, Preprocessing Input) LayersOf(
        NetworkDescription description, Stream weights, string weightsName)
    {
        if (description.Layers is null)
        {
            var (onnx, input) = OnnxNetwork.Open(weights, weightsName);
            return (onnx.Layers, onnx.Weights, description.Input ?? input);
        }
        // Not disposed, which would close the stream.
        var network = new DescribedNetwork(description.Layers, weightsName, WeightsFile.Open(weights, weightsName));
        return (network._layers, network._weights, description.Input ?? Preprocessing.Torchvision);
    }

    private static byte[] ReadDescription(string path)
    {
        using var file = OrdinaryFile.Open(path, "a description of a network");
        if (file.Length > MostBytes)
            throw new StyleLabException($"{Quoted.Text(Path.GetFileName(path))} is no description of a network: it has more than {MostBytes / 1_000_000} MB.");
        var json = new byte[file.Length];
        file.ReadExactly(json);
        return json;
    }

    /// <summary>The file of weights with the description's name, whatever its format; the first that is there.</summary>
    private static string WeightsBeside(string description) =>
        Path.GetFileName(_extensions.Select(extension => Path.ChangeExtension(description, extension)).FirstOrDefault(File.Exists)
            ?? Path.ChangeExtension(description, _extensions[0]));

    /// <summary>The tensors that the description names. A checkpoint's containers need not be named.</summary>
    private static Dictionary<string, WeightArray> TensorsOf(IReadOnlyList<DescribedLayer> layers, WeightsFile file)
    {
        var wanted = layers.SelectMany(NamesOf).ToHashSet();
        var given = file.Tensors.Select(tensor => tensor.Name).ToList();
        var places = given.Where(wanted.Contains).ToDictionary(name => name);
        foreach (var group in given.GroupBy(TrainingContainers.Without).Where(group => wanted.Contains(group.Key) && group.Count() == 1))
            places.TryAdd(group.Key, group.Single());
        var numbers = file.Read(places.Values.ToHashSet().Contains);
        return places.ToDictionary(place => place.Key, place => numbers[place.Value]);
    }

    private static IEnumerable<string> NamesOf(DescribedLayer layer) => layer switch
    {
        DescribedConvolution { HasBias: true } c => [c.Tensors + ".weight", c.Tensors + ".bias"],
        DescribedConvolution c => [c.Tensors + ".weight"],
        DescribedBatchNorm norm => BatchNormalization.TensorNames.Select(suffix => norm.Tensors + suffix),
        _ => [],
    };

    private static Architecture ArchitectureOf(NetworkDescription description, IReadOnlyList<NetworkLayer> layers, Preprocessing input, string name, string what)
    {
        var architecture = new Architecture(name, layers, input);
        architecture.RequireFittingSizes(what);
        architecture = architecture with
        {
            ContentLayers = description.Content ?? architecture.ContentLayers,
            StyleLayers = description.Style ?? architecture.StyleLayers,
            ContentScale = description.ContentScale,
        };
        Check("content", architecture.ContentLayers);
        Check("style", architecture.StyleLayers);
        return architecture;

        void Check(string property, string pick)
        {
            try
            {
                LayerPick.Parse(pick).Resolve(architecture);
            }
            catch (StyleLabException error)
            {
                throw new StyleLabException($"{what} has a wrong '{property}': {error.Message}", error);
            }
        }
    }

    private void Add(DescribedLayer layer)
    {
        string before = _layers.Count == 0 ? Architecture.InputLayer : _layers[^1].Name;
        int channels = _channels[layer.From ?? before];
        switch (layer)
        {
            case DescribedConvolution convolution:
                var added = new ConvolutionLayer(layer.Name, channels, convolution.Channels, convolution.Size, convolution.Stride, convolution.Padding);
                _weights[layer.Name] = new(
                    Tensor(layer, convolution.Tensors + ".weight", added.WeightShape),
                    convolution.HasBias
                        ? Tensor(layer, convolution.Tensors + ".bias", added.Outputs)
                        : new([added.Outputs], new float[added.Outputs]));
                Add(added, convolution.Channels);
                break;
            case DescribedBatchNorm norm:
                _weights[before] = BatchNormalization.Read(_weightsFile, norm.Tensors, tensor => Tensor(norm, tensor, _channels[before]).Values, norm.Epsilon)
                    .FoldInto(_weights[before]);
                break;
            case DescribedPlain { Layer: AdditionLayer sum }:
                var (first, second) = (_channels[sum.First], _channels[sum.Second]);
                Add(sum, first == second ? first : throw new StyleLabException(
                    $"Layer '{sum.Name}' adds '{sum.First}' of {first} and '{sum.Second}' of {second} channels; they must have the same number."));
                break;
            case DescribedPlain { Layer: ConcatenationLayer both }:
                Add(both, _channels[both.First] + _channels[both.Second]);
                break;
            case DescribedPlain plain:
                Add(plain.Layer, channels);
                break;
        }

        void Add(NetworkLayer made, int channels)
        {
            _layers.Add(layer.From is null || layer.From == before ? made : made with { From = layer.From });
            _channels[layer.Name] = channels;
        }
    }

    private WeightArray Tensor(DescribedLayer layer, string name, params int[] shape)
    {
        if (!_tensors.TryGetValue(name, out var tensor))
            throw new StyleLabException(
                $"Layer '{layer.Name}' needs a tensor {Quoted.Text(name)} of shape {ConvolutionWeights.TextOf(shape)}, which {_weightsFile} does not have"
                + (_tensorNames.Count > 0 ? $"; did you mean {Quoted.Text(NearestNames.Find(name, _tensorNames, 1)[0])}?" : "."));
        if (!tensor.Shape.SequenceEqual(shape))
            throw new StyleLabException(
                $"Layer '{layer.Name}' needs a tensor {Quoted.Text(name)} of shape {ConvolutionWeights.TextOf(shape)}; in {_weightsFile} it has shape {tensor}.");
        return Array.TrueForAll(tensor.Values, float.IsFinite) ? tensor : throw new StyleLabException(
            $"{_weightsFile} is damaged: its tensor {Quoted.Text(name)} holds values that are not numbers (NaN or infinity).");
    }

    private static string Hash(byte[] json, Stream weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(json);
        hash.AppendData(SHA256.HashData(weights));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
