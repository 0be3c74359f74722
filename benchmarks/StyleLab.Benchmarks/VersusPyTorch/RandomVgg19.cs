namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>
/// VGG-19 with weights drawn at random (He et al., arXiv:1502.01852, equation 10: variance 2/inputs, so that feature maps
/// keep their size). Time and memory depend on the shapes alone, and nobody has to download the trained ones.
/// </summary>
internal static class RandomVgg19
{
    public static void Write(string path)
    {
        var random = new Random(19);
        using var stream = File.Create(path);
        Safetensors.Write(stream, Architecture.Vgg19.Convolutions.SelectMany(layer => new KeyValuePair<string, WeightArray>[]
        {
            new(layer.Name + ".weight", Normal(random, [layer.Outputs, layer.Inputs, 3, 3], Math.Sqrt(2.0 / (9 * layer.Inputs)))),
            new(layer.Name + ".bias", Normal(random, [layer.Outputs], 0.05)),
        }));
    }

    /// <summary>Normal numbers by the transform of Box and Muller (1958).</summary>
    private static WeightArray Normal(Random random, int[] shape, double deviation)
    {
        var values = new float[shape.Aggregate(1, (count, size) => count * size)];
        for (int i = 0; i < values.Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = (float)(deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
        return new(shape, values);
    }
}
