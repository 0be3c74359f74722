namespace StyleLab.Tests;

/// <summary>What PyTorch computed; see tests/golden/README.md.</summary>
internal static class Golden
{
    public static IReadOnlyDictionary<string, WeightArray> Read(string name) =>
        Safetensors.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", name + ".safetensors")));

    /// <summary>One of the pictures everything else was computed from.</summary>
    public static Picture Picture(string name)
    {
        var array = Read("pictures")[name];
        return new(array.Shape[3], array.Shape[2], array.Values);
    }

    /// <summary>√(Σ(a−b)² / Σb²).</summary>
    public static double RelativeL2(float[] actual, float[] expected)
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
