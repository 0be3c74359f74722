using System.Security.Cryptography;
using StyleLab.Networks.Onnx;
using StyleLab.Pictures;
using StyleLab.Weights.Onnx;

namespace StyleLab.Networks;

/// <summary>The contents of a weights file: an architecture that was recognised, and its convolutions' weights.</summary>
internal sealed record NetworkFile(
    string Name, Architecture Architecture, NetworkSource Source, IReadOnlyDictionary<string, ConvolutionWeights> Weights)
{
    /// <summary>What its strided convolutions do unless somebody chooses.</summary>
    public Striding Striding { get; init; }

    private static readonly string[] _extensions = [".safetensors", ".pth", ".pt", ".npz", ".onnx"];

    private const string Expected = "a .safetensors, .pth, .npz or .onnx file";

    /// <summary>Opens a file of the user's.</summary>
    public static NetworkFile Open(string path)
    {
        if (Directory.Exists(path))
            throw new StyleLabException($"{Quoted.Text(path)} is a folder; give the path of {Expected}.");
        if (!File.Exists(path))
            throw NotFound(path);
        try
        {
            using var stream = OrdinaryFile.Open(path, Expected);
            var what = Quoted.Text(Path.GetFileName(path));
            return Read(stream, Path.GetFileNameWithoutExtension(path), what, sha256 =>
                new(IsEmbedded: false, stream.Name, stream.Length, sha256, "Not stated in the file; ask where you got it."));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StyleLabException($"The network file {Quoted.Text(path)} cannot be read: {error.Message}", error);
        }
    }

    private static StyleLabException NotFound(string nameOrPath)
    {
        var isPath = _extensions.Any(extension => nameOrPath.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            || nameOrPath.IndexOfAny(['/', '\\']) >= 0;
        if (isPath && !nameOrPath.Contains('\0'))
            return new($"There is no network file {Quoted.Text(nameOrPath)}; looked for {Path.GetFullPath(nameOrPath)}.");
        var nearest = NearestNames.Find(nameOrPath, [.. LossNetwork.Names, .. RandomNetwork.Names], 1)[0];
        return new(
            $"There is no network {Quoted.Text(nameOrPath)}; did you mean '{nearest}'? Known are "
            + $"{string.Join(", ", LossNetwork.Names)} and random weights such as {RandomNetwork.Names[0]}, or give the path of {Expected} "
            + "with their weights, or of a .json description.");
    }

    /// <summary>Reads weights and recognises their architecture.</summary>
    /// <param name="stream">The file, from its beginning; it can seek.</param>
    /// <param name="name">The network's name.</param>
    /// <param name="what">The file as messages call it, at the beginning of a sentence.</param>
    /// <param name="source">Makes the source from the SHA-256.</param>
    public static NetworkFile Read(Stream stream, string name, string what, Func<string, NetworkSource> source)
    {
        var (architecture, weights) = OnnxFile.IsOne(stream) ? ReadOnnx(stream, name, what) : ReadWeights(stream, what);
        stream.Position = 0;
        return new(name, architecture, source(Convert.ToHexStringLower(SHA256.HashData(stream))), weights);
    }

    /// <summary>Reads a network that tells its layers itself.</summary>
    private static (Architecture, IReadOnlyDictionary<string, ConvolutionWeights>) ReadOnnx(Stream stream, string name, string what)
    {
        var (network, input) = OnnxNetwork.Open(stream, what);
        var architecture = new Architecture(name, network.Layers, input);
        architecture.RequireFittingSizes(what);
        return (architecture, network.Weights);
    }

    /// <summary>Reads weights and recognises their architecture, in a file of any format.</summary>
    public static (Architecture Architecture, IReadOnlyDictionary<string, ConvolutionWeights> Weights) ReadWeights(Stream stream, string what)
    {
        // Not disposed, which would close the stream.
        var file = WeightsFile.Open(stream, what);
        var tensors = TorchvisionTensors.Read(file, what);
        var (architecture, key) = Recognise(what, tensors);
        if (file.Metadata.TryGetValue("input", out var input))
            architecture = architecture with { Input = ParseInput(what, input) };
        if (file.Metadata.ContainsKey(Architecture.UntrainedMark))
            architecture = architecture.Untrained;
        return (architecture, architecture.Convolutions.ToDictionary(
            layer => layer.Name,
            layer => new ConvolutionWeights(
                Finite(what, tensors, key(architecture, layer) + ".weight"),
                Finite(what, tensors, key(architecture, layer) + ".bias"))));
    }

    /// <summary>The input convention in the metadata of a file.</summary>
    internal static Preprocessing ParseInput(string what, string text)
    {
        try
        {
            return Preprocessing.Parse(text);
        }
        catch (StyleLabException error)
        {
            throw new StyleLabException($"The metadata of {what} has a wrong input: {error.Message}", error);
        }
    }

    private delegate string TensorKey(Architecture architecture, ConvolutionLayer layer);

    private static string KeyByName(Architecture architecture, ConvolutionLayer layer) => layer.Name;

    private static string KeyByTorchvision(Architecture architecture, ConvolutionLayer layer) => architecture.TorchvisionNames[layer.Name];

    /// <summary>The architecture whose convolutions are exactly the file's; if there is none, says what is wrong with the likeliest.</summary>
    private static (Architecture Architecture, TensorKey Key) Recognise(
        string what, IReadOnlyDictionary<string, WeightArray> tensors)
    {
        if (tensors.Count == 0)
            throw new StyleLabException(
                $"{what} holds no convolutions; expected tensors named conv1_1.weight and conv1_1.bias, …, "
                + "or features.0.weight and features.0.bias, …; other names need a description in a .json file (docs/networks.md).");
        TensorKey key = tensors.Keys.Any(tensor => tensor.StartsWith("conv", StringComparison.Ordinal)) ? KeyByName : KeyByTorchvision;
        var nearest = Architecture.Known
            .Select(architecture => (Architecture: architecture, Differences: Compare(architecture, key, tensors)))
            .MinBy(candidate => candidate.Differences.Count);
        if (nearest.Differences is [var first, ..])
            throw new StyleLabException(
                $"{what} is none of the known networks ({string.Join(", ", Architecture.Known)}); "
                + $"it is nearest to {nearest.Architecture}, but {first}.");
        return (nearest.Architecture, key);
    }

    /// <summary>Everything in which the file's convolutions differ from the architecture's, each as half a sentence, in network order.</summary>
    private static List<string> Compare(
        Architecture architecture, TensorKey key, IReadOnlyDictionary<string, WeightArray> tensors)
    {
        var expected = new Dictionary<string, int[]>();
        foreach (var layer in architecture.Convolutions)
        {
            expected.Add(key(architecture, layer) + ".weight", layer.WeightShape);
            expected.Add(key(architecture, layer) + ".bias", [layer.Outputs]);
        }
        var differences = new List<string>();
        foreach (var (name, shape) in expected)
            if (!tensors.TryGetValue(name, out var tensor))
                differences.Add($"its tensor {name} of shape {ConvolutionWeights.TextOf(shape)} is missing");
            else if (!tensor.Shape.SequenceEqual(shape))
                differences.Add($"its tensor {name} has shape {tensor} where {ConvolutionWeights.TextOf(shape)} was expected");
        differences.AddRange(tensors.Where(tensor => !expected.ContainsKey(tensor.Key))
            .Select(tensor => $"it has a tensor {Quoted.Text(tensor.Key)} of shape {tensor.Value} too many"));
        return differences;
    }

    private static WeightArray Finite(string what, IReadOnlyDictionary<string, WeightArray> tensors, string name) =>
        Array.TrueForAll(tensors[name].Values, float.IsFinite)
            ? tensors[name]
            : throw new StyleLabException($"{what} is damaged: its tensor {name} holds values that are not numbers (NaN or infinity).");
}
