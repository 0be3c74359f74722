using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Networks;

/// <summary>Writes a network as a description that <see cref="DescriptionReader"/> reads.</summary>
internal static class DescriptionWriter
{
    private static readonly JsonSerializerOptions _options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON; tensors are called after their layers.</summary>
    /// <param name="network">The network, as it skips positions where it has strides.</param>
    /// <param name="weights">The file of its weights.</param>
    /// <param name="striding">What strided convolutions do when it is loaded.</param>
    public static string Write(LossNetwork network, string weights, Striding striding)
    {
        var architecture = network.Architecture;
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
        if (striding == Striding.Average)
            description[DescriptionReader.InsteadOfStride] = DescriptionReader.Average;
        if (network.Source.Training is { } training)
            description["training"] = training;
        description["layers"] = layers;
        return description.ToJsonString(_options) + "\n";
    }

    private static JsonObject Layer(NetworkLayer layer)
    {
        var json = Settings(layer);
        if (layer.From is { } from)
            json["from"] = from;
        return json;
    }

    private static JsonObject Settings(NetworkLayer layer) => layer switch
    {
        ConvolutionLayer c => new()
        {
            ["kind"] = "conv", ["name"] = c.Name, ["channels"] = c.Outputs, ["size"] = c.Size, ["stride"] = c.Stride, ["padding"] = c.Padding,
        },
        PoolLayer p => Pool(p),
        PadLayer p => new() { ["kind"] = "pad", ["name"] = p.Name, ["top"] = p.Top, ["bottom"] = p.Bottom, ["left"] = p.Left, ["right"] = p.Right },
        ReluLayer { Slope: not 0 } r => new() { ["kind"] = "relu", ["name"] = r.Name, ["slope"] = r.Slope },
        ReluLayer => new() { ["kind"] = "relu", ["name"] = layer.Name },
        JoiningLayer j => new() { ["kind"] = j is AdditionLayer ? "add" : "concat", ["name"] = j.Name, ["from"] = new JsonArray(j.First, j.Second) },
        _ => throw new NotSupportedException($"Layer {layer.Name} of kind {layer.GetType().Name} cannot be described."),
    };

    private static JsonObject Pool(PoolLayer pool)
    {
        var json = new JsonObject { ["kind"] = "pool", ["name"] = pool.Name, ["size"] = pool.Size, ["stride"] = pool.Stride, ["partial"] = pool.Partial };
        if (pool.Before > 0 || pool.After > 0)
            json["padding"] = pool.Before;
        if (pool.After != pool.Before)
            json["paddingAfter"] = pool.After;
        if (pool.Averages)
            json["average"] = true;
        return json;
    }
}
