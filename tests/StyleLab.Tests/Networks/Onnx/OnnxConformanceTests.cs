using StyleLab.Networks;
using StyleLab.Networks.Onnx;
using StyleLab.Tensors;
using StyleLab.Weights;
using StyleLab.Weights.Onnx;

namespace StyleLab.Tests.Networks.Onnx;

/// <summary>
/// ONNX's own tests of single operations, each with inputs and what comes out: those whose operation is read give that, or are refused in a
/// sentence that says what is not read of it. Debian has them in the package libonnx-testdata; CI installs it.
/// </summary>
public sealed class OnnxConformanceTests
{
    private const string Folder = "/usr/share/libonnx-testdata/data/";

    private static readonly string[] s_operations =
    [
        "Conv", "BatchNormalization", "Relu", "LeakyRelu", "Add", "Sub", "Mul", "Div", "Sum", "Concat", "MaxPool", "AveragePool", "GlobalAveragePool", "Pad", "Identity", "Dropout", "Flatten",
    ];

    /// <summary>
    /// A padding that depends on the size of the picture is that of a multiple of the stride, and these are pictures of 5×5 with a stride of 2; an axis
    /// counted from behind is one of four; and one test has doubles that are 0 or infinite as floats.
    /// </summary>
    private static readonly string[] s_otherwise =
        ["test_maxpool_2d_precomputed_same_upper", "test_averagepool_2d_precomputed_same_upper", "test_concat_3d_axis_negative_3", "test_operator_add_size1_singleton_broadcast"];

    [Theory]
    [InlineData("node", 45)]
    [InlineData("pytorch-converted", 16)]
    [InlineData("pytorch-operator", 3)]
    public void Operations_that_are_read_give_what_onnx_says(string kind, int least)
    {
        Assert.SkipWhen(!Directory.Exists(Folder) && Environment.GetEnvironmentVariable("CI") != "true", "Debian's package libonnx-testdata is not installed.");
        var wrong = new List<string>();
        var (equal, refused) = (0, new List<string>());
        foreach (string folder in Directory.GetDirectories(Folder + kind).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(folder);
            using var stream = File.OpenRead(Path.Combine(folder, "model.onnx"));
            var graph = OnnxFile.Read(stream);
            if (graph.Nodes.Any(node => !s_operations.Contains(node.Operation)) || s_otherwise.Contains(name) || !HasTensors(folder))
                continue;
            try
            {
                if (Difference(graph, stream, name, folder) is { } difference)
                    wrong.Add($"{name}: {difference}");
                else
                    equal++;
            }
            catch (StyleLabException error)
            {
                refused.Add(error.Message);
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(equal >= least, $"{equal} are equal; refused are\n{string.Join('\n', refused)}");
        Assert.All(refused, sentence => Assert.Matches(@"cannot be used as a loss network: (its operation '.+' \(\w+\) \w+|it has \w+ inputs?).+\.$", sentence));
        TestContext.Current.SendDiagnosticMessage($"{kind}: {equal} equal, {refused.Count} refused");
    }

    /// <summary>What is wrong with the result; null if nothing is. A network that ends where a classifier begins has none.</summary>
    private static string? Difference(OnnxGraph graph, Stream stream, string name, string folder)
    {
        string data = Path.Combine(folder, "test_data_set_0");
        var given = new Dictionary<string, WeightArray>();
        var inputs = new Dictionary<string, OnnxMap>();
        var maps = new Dictionary<string, Tensor>();
        var stored = graph.Tensors.Select(tensor => tensor.Name).ToHashSet();
        foreach (var (i, input) in graph.Inputs.Where(input => !stored.Contains(input)).Index())
        {
            var numbers = Numbers(Path.Combine(data, $"input_{i}.pb"));
            // All inputs of these are maps; of the others the first.
            if (i > 0 && !graph.Nodes.Any(node => node.Operation is "Add" or "Sum" or "Concat" && node.Inputs.Contains(input)))
            {
                given[input] = numbers;
                continue;
            }
            string layer = i == 0 ? Architecture.InputLayer : $"input-{i}";
            var shape = ShapeOf(numbers.Shape);
            inputs[input] = new(layer, shape.Channels);
            maps[layer] = Tensor.Constant(numbers.Values, shape);
        }
        var network = OnnxNetwork.Of(graph, stream, name, given, inputs);
        if (network.Output is not { } output)
            return graph.Nodes.Any(node => node.Operation is "GlobalAveragePool" or "Flatten") ? null : "it has no result";
        var padding = graph.Nodes.Select(node => node.Attributes.GetValueOrDefault("mode")?.Text).Any(mode => mode == "reflect") ? Padding.Reflect
            : graph.Nodes.Select(node => node.Attributes.GetValueOrDefault("mode")?.Text).Any(mode => mode == "edge") ? Padding.Replicate : Padding.Zero;
        foreach (var (layer, sources) in Architecture.ConnectionsOf(network.Layers))
            maps[layer.Name] = LayerTensors.Of(layer, [.. sources.Select(source => maps[source])], Weights, Pooling.Max, padding);
        var expected = Numbers(Path.Combine(data, "output_0.pb"));
        var actual = maps[output].ToArray();
        if (maps[output].Shape != ShapeOf(expected.Shape))
            return $"its shape is {maps[output].Shape}, expected {expected}";
        double error = Golden.RelativeError(actual, expected.Values);
        return error <= 1e-5 ? null : $"its relative error is {error}";

        (Tensor, Tensor) Weights(string layer)
        {
            var (weight, bias) = network.Weights[layer];
            return (Tensor.Constant(weight.Values, ShapeOf(weight.Shape)), Tensor.Constant(bias.Values, new(1, bias.Values.Length, 1, 1)));
        }
    }

    /// <summary>Pictures and channels first; what a test has less of is 1.</summary>
    private static Shape ShapeOf(int[] shape)
    {
        int Size(int axis) => axis < shape.Length ? shape[axis] : 1;
        return new(Size(0), Size(1), Size(2), Size(3));
    }

    private static WeightArray Numbers(string file)
    {
        using var stream = File.OpenRead(file);
        var tensor = OnnxTensor.Read(new(stream, 0, stream.Length));
        return new(tensor.Shape, TensorReader.Read(stream, tensor));
    }

    /// <summary>Some tests are of sequences, which are no tensors, or of bodies, which are no pictures.</summary>
    private static bool HasTensors(string folder) => !Path.GetFileName(folder).Contains("sequence", StringComparison.Ordinal) && !Path.GetFileName(folder).Contains("_opt", StringComparison.Ordinal)
        && Directory.GetFiles(Path.Combine(folder, "test_data_set_0"), "input_*.pb") is { Length: > 0 } files && Array.TrueForAll(files, file => Numbers(file).Shape.Length <= 4);
}
