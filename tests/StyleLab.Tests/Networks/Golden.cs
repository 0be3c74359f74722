namespace StyleLab.Tests.Networks;

/// <summary>The files of tests/golden, see its README.</summary>
internal static class Golden
{
    private static readonly string _repository = FindRepository();

    public static string Folder => Path.Combine(_repository, "tests", "golden");

    /// <summary>The tensors of a file, named without its extension.</summary>
    public static IReadOnlyDictionary<string, WeightArray> Read(string name)
    {
        using var stream = File.OpenRead(Path.Combine(Folder, name + ".safetensors"));
        return Safetensors.Read(stream);
    }

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

    /// <summary>‖actual − expected‖₂ / ‖expected‖₂</summary>
    public static double RelativeError(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (difference, size) = (0.0, 0.0);
        for (var i = 0; i < actual.Length; i++)
        {
            difference += Math.Pow((double)actual[i] - expected[i], 2);
            size += Math.Pow(expected[i], 2);
        }
        return Math.Sqrt(difference / size);
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "StyleLab.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("StyleLab.sln was not found above the tests.");
        return folder;
    }
}
