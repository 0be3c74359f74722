namespace StyleLab.Networks.Catalogue;

/// <summary>
/// Writes the convolutions of a network as a safetensors file of float32, named by their layers; a classifier, which is most of
/// a VGG, is left out. float32 because the published numbers are kept exactly: as float16 VGG-19's file would have 40 MB instead
/// of 80, but its features would be off by 2e-4 (conv1_1) to 7e-4 (conv5_1), where features are to agree with PyTorch's to 1e-5.
/// The same published file always gives the same bytes, so that a recipe finds its network again by hash on any computer.
/// </summary>
internal static class Conversion
{
    /// <exception cref="StyleLabException">The file cannot be read, or is of another architecture.</exception>
    public static void Write(string published, Stream converted, PublishedNetwork network, string publishedSha256)
    {
        var (architecture, weights) = Read(published, network.FileName);
        if (architecture.Name != network.ArchitectureName)
            throw new StyleLabException($"{network.FileName} holds a {architecture}, but {network.Name} is a {network.ArchitectureName}.");
        Write(converted, architecture, weights, new Dictionary<string, string>
        {
            ["network"] = network.Name,
            ["input"] = network.Input.ToString(),
            ["published"] = network.Url.ToString(),
            ["published.sha256"] = publishedSha256,
            ["licence"] = network.Licence,
        });
    }

    /// <summary>Writes the convolutions in network order.</summary>
    public static void Write(
        Stream stream, Architecture architecture, IReadOnlyDictionary<string, ConvolutionWeights> weights, IReadOnlyDictionary<string, string> metadata)
    {
        Safetensors.Write(stream, architecture.Convolutions.SelectMany(layer => new KeyValuePair<string, WeightArray>[]
        {
            new(layer.Name + ".weight", weights[layer.Name].Weight),
            new(layer.Name + ".bias", weights[layer.Name].Bias),
        }), metadata: metadata);
    }

    private static (Architecture Architecture, IReadOnlyDictionary<string, ConvolutionWeights> Weights) Read(string path, string what)
    {
        using var stream = File.OpenRead(path);
        return NetworkFile.ReadWeights(stream, what);
    }
}
