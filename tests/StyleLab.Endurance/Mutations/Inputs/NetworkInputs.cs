using StyleLab.Cli.Runs;
using System.Text;

namespace StyleLab.Endurance.Mutations.Inputs;

/// <summary>A network of one's own, and what the cache says of a published one.</summary>
internal static class NetworkInputs
{
    private const string Network = """
        {"weights": "net.safetensors", "input": "rgb, 0..1, mean 0.485 0.456 0.406, std 0.229 0.224 0.225", "content": "relu2", "style": "input,relu1",
         "contentScale": 2, "instead of stride": "average", "licence": "Mine.", "training": "None.", "layers": [
          {"kind": "conv", "name": "conv1", "channels": 4, "size": 3, "stride": 1, "padding": 1, "bias": false, "tensors": "a"},
          {"kind": "batchnorm", "name": "bn1", "tensors": "b", "epsilon": 1e-5},
          {"kind": "relu", "name": "relu1"},
          {"kind": "pool", "name": "pool1", "size": 2, "stride": 2, "partial": true},
          {"kind": "conv", "name": "conv2", "channels": 4},
          {"kind": "relu", "name": "relu2", "slope": 0.1},
          {"kind": "pool", "name": "pool2", "size": 3, "stride": 1, "padding": 1, "paddingAfter": 1, "average": true},
          {"kind": "add", "name": "sum", "from": ["relu2", "pool2"]},
          {"kind": "pad", "name": "border", "top": 1, "bottom": 0, "left": 1, "right": 0, "from": "relu2"},
          {"kind": "concat", "name": "both", "from": ["sum", "pool2"]}]}
        """;

    private static readonly string s_folder = Directory.CreateTempSubdirectory("stylelab-mutate-").FullName;

    /// <summary>Where the description has to be, beside its weights.</summary>
    public static string DescriptionFile { get; } = Path.Combine(s_folder, "net.json");

    /// <summary>Where a network lies that tells its layers itself.</summary>
    public static string OnnxFile { get; } = Path.Combine(s_folder, "net.onnx");

    public static byte[] Description()
    {
        var numbers = new Random(7);
        WeightArray Of(params int[] shape) => new(shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => numbers.NextSingle())]);
        using (var file = File.Create(Path.Combine(s_folder, "net.safetensors")))
        {
            Safetensors.Write(file, new Dictionary<string, WeightArray>
            {
                ["a.weight"] = Of(4, 3, 3, 3), ["b.weight"] = Of(4), ["b.bias"] = Of(4), ["b.running_mean"] = Of(4), ["b.running_var"] = Of(4),
                ["conv2.weight"] = Of(4, 4, 3, 3), ["conv2.bias"] = Of(4),
            });
        }
        return Encoding.UTF8.GetBytes(Network);
    }

    public static byte[] CacheRecord() => Encoding.UTF8.GetBytes(
        """{"Url": "https://example.org/net.pth", "PublishedSha256": "0123", "Bytes": 1234, "Sha256": "4567"}""");
}
