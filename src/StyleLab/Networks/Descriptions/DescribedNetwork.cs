using System.Security.Cryptography;
using StyleLab.Pictures;

namespace StyleLab.Networks;

/// <summary>Makes a network from a description and its tensors; batch normalisations become part of the convolution before them.</summary>
internal sealed class DescribedNetwork
{
    private static readonly string[] _extensions = [".safetensors", ".pth", ".pt", ".npz"];

    private const int MostBytes = 10_000_000;

    private readonly string _weightsFile;
    private readonly IReadOnlyList<string> _tensorNames;
    private readonly IReadOnlyDictionary<string, WeightArray> _tensors;
    private readonly List<NetworkLayer> _layers = [];
    private readonly Dictionary<string, ConvolutionWeights> _weights = [];
    private int _channels = 3;

    private DescribedNetwork(NetworkDescription description, string weightsName, WeightsFile weights)
    {
        _weightsFile = weightsName;
        _tensorNames = [.. weights.Tensors.Select(tensor => tensor.Name)];
        _tensors = TensorsOf(description, weights);
        foreach (var layer in description.Layers)
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
            var weightsName = Quoted.Text(Path.GetFileName(weightsPath));
            // Not disposed, which would close the stream.
            var network = new DescribedNetwork(description, weightsName, WeightsFile.Open(stream, weightsName));
            stream.Position = 0;
            return new(Path.GetFileNameWithoutExtension(full), network.ArchitectureOf(description, full, what), new(
                IsEmbedded: false, full, json.Length + stream.Length, Hash(json, stream),
                description.Licence ?? "Not stated in the description.", description.Training), network._weights);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StyleLabException($"The network {Quoted.Text(path)} cannot be read: {error.Message}", error);
        }
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
    private static Dictionary<string, WeightArray> TensorsOf(NetworkDescription description, WeightsFile file)
    {
        var wanted = description.Layers.SelectMany(NamesOf).ToHashSet();
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

    private Architecture ArchitectureOf(NetworkDescription description, string path, string what)
    {
        var architecture = new Architecture(Path.GetFileNameWithoutExtension(path), _layers, description.Input);
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
        switch (layer)
        {
            case DescribedConvolution convolution:
                var added = new ConvolutionLayer(
                    layer.Name, _channels, convolution.Channels, convolution.Size, convolution.Stride, convolution.Padding);
                _layers.Add(added);
                _weights[layer.Name] = new(
                    Tensor(layer, convolution.Tensors + ".weight", added.WeightShape),
                    convolution.HasBias
                        ? Tensor(layer, convolution.Tensors + ".bias", added.Outputs)
                        : new([added.Outputs], new float[added.Outputs]));
                _channels = convolution.Channels;
                break;
            case DescribedBatchNorm norm:
                Fold(norm);
                break;
            case DescribedPool pool:
                _layers.Add(new PoolLayer(pool.Name, pool.Size, pool.Stride, pool.Partial));
                break;
            default:
                _layers.Add(new ReluLayer(layer.Name));
                break;
        }
    }

    private void Fold(DescribedBatchNorm norm)
    {
        var name = _layers[^1].Name;
        _weights[name] = BatchNormalization.Read(_weightsFile, norm.Tensors, tensor => Tensor(norm, tensor, _channels).Values, norm.Epsilon)
            .FoldInto(_weights[name]);
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
