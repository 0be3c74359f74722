namespace StyleLab.Tests;

/// <summary>What PyTorch computed; see tests/golden/README.md.</summary>
internal static class Golden
{
    /// <summary>The tensors of a file, named without its extension.</summary>
    public static IReadOnlyDictionary<string, WeightArray> Read(string name) =>
        Safetensors.Read(File.ReadAllBytes(Path.Combine(Repository.Folder, "tests", "golden", name + ".safetensors")));

    /// <summary>A file of features, with the ReLU layers that follow from the convolutions.</summary>
    public static Dictionary<string, WeightArray> ReadFeatures(string name)
    {
        var features = new Dictionary<string, WeightArray>();
        foreach (var (layer, feature) in Read(name))
        {
            features.Add(layer, feature);
            if (layer.StartsWith("conv", StringComparison.Ordinal))
                features.Add("relu" + layer[4..], new(feature.Shape, Array.ConvertAll(feature.Values, value => Math.Max(value, 0))));
        }
        return features;
    }

    /// <summary>One of the pictures everything else was computed from.</summary>
    public static Picture Picture(string name)
    {
        var array = Read("pictures")[name];
        return new(array.Shape[3], array.Shape[2], array.Values);
    }

    /// <summary>‖actual − expected‖₂ / ‖expected‖₂</summary>
    public static double RelativeError(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = 0, size = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += Math.Pow((double)actual[i] - expected[i], 2);
            size += Math.Pow(expected[i], 2);
        }
        return Math.Sqrt(difference / size);
    }
}
