using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Networks;

/// <summary>Writes a network as a description that <see cref="DescriptionReader"/> reads.</summary>
internal static class DescriptionWriter
{
    private static readonly JsonSerializerOptions _options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON; tensors are called after their layers.</summary>
    /// <exception cref="StyleLabException">The layers are not a chain.</exception>
    public static string Write(LossNetwork network, string weights)
    {
        var architecture = network.Architecture;
        if (architecture.Layers.FirstOrDefault(layer => layer is ConcatenationLayer || layer.From is not null) is { } branch)
            throw new StyleLabException(
                $"{network.Name} cannot be described as a chain because of its layer {branch.Name}; save it as a .safetensors file.");
        var layers = new JsonArray();
        foreach (var layer in architecture.Layers)
            layers.Add(Layer(layer));
        var description = new JsonObject
        {
            ["weights"] = weights,
            ["input"] = architecture.Input.ToString(),
            ["content"] = architecture.ContentLayers,
            ["style"] = architecture.StyleLayers,
            ["licence"] = network.Source.Licence,
        };
        if (architecture.ContentScale != 1)
            description["contentScale"] = architecture.ContentScale;
        if (network.Source.Training is { } training)
            description["training"] = training;
        description["layers"] = layers;
        return description.ToJsonString(_options) + "\n";
    }

    private static JsonObject Layer(NetworkLayer layer) => layer switch
    {
        ConvolutionLayer c => new()
        {
            ["kind"] = "conv", ["name"] = c.Name, ["channels"] = c.Outputs, ["size"] = c.Size, ["stride"] = c.Stride, ["padding"] = c.Padding,
        },
        PoolLayer p => new() { ["kind"] = "pool", ["name"] = p.Name, ["size"] = p.Size, ["stride"] = p.Stride, ["partial"] = p.Partial },
        _ => new() { ["kind"] = "relu", ["name"] = layer.Name },
    };
}
