using System.Text.Json.Nodes;

namespace StyleLab.Tools.ResNet18;

/// <summary>The layers of a ResNet (He, Zhang, Ren and Sun 2016) under names that say where they stand, whatever an exporter called them.</summary>
internal static class ResidualNames
{
    /// <summary>The layers up to one, renamed: <c>conv1</c>, <c>relu1</c>, <c>pool1</c>, and <c>res3_2</c> for the second block of the third stage.</summary>
    /// <param name="layers">The layers as a description has them.</param>
    /// <param name="last">The last one, by its new name.</param>
    /// <param name="names">The new names by the old ones.</param>
    public static IReadOnlyList<JsonObject> Renamed(IReadOnlyList<JsonObject> layers, string last, out Dictionary<string, string> names)
    {
        var known = new Dictionary<string, string> { ["input"] = "input" };
        names = known;
        int stage = 2, block = 1, convolution = 0;
        var result = new List<JsonObject>();
        foreach (var layer in layers)
        {
            string old = (string)layer["name"]!, kind = (string)layer["kind"]!;
            string here = $"res{stage}_{block}";
            // Before the first block there is one of each kind.
            string name = kind switch
            {
                "conv" when result.Count == 0 => "conv1",
                "relu" when result.Count == 1 => "relu1",
                "pool" => "pool1",
                // The way past a block that halves is a convolution of 1×1.
                "conv" when (int)layer["size"]! == 1 => $"{here}/shortcut",
                "conv" => $"{here}/conv{++convolution}",
                "add" => $"{here}/sum",
                _ when result.Count > 0 && (string)result[^1]["kind"]! == "add" => here,
                _ => $"{here}/relu1",
            };
            known[old] = name;
            layer["name"] = name;
            layer["from"] = layer["from"] switch
            {
                JsonArray both => new JsonArray([.. both.Select(from => (JsonNode)known[(string)from!])]),
                JsonValue one => known[(string)one!],
                _ => null,
            };
            if (layer["from"] is null)
                layer.Remove("from");
            result.Add(layer);
            if (name == last)
                return result;
            if (name == here)
                (stage, block, convolution) = NextHalves(layers, layer) ? (stage + 1, 1, 0) : (stage, block + 1, 0);
        }
        throw new InvalidDataException($"The network has no layer {last}.");
    }

    /// <summary>Whether the block behind a layer has a stride.</summary>
    private static bool NextHalves(IReadOnlyList<JsonObject> layers, JsonObject layer) =>
        layers.SkipWhile(other => other != layer).Skip(1).FirstOrDefault(other => (string)other["kind"]! == "conv") is { } next && (int)next["stride"]! > 1;
}
