namespace StyleLab.Tensors.Tests;

/// <summary>Deterministic test data.</summary>
internal static class RandomTensor
{
    public static float[] Values(Shape shape, int seed, double low = -1, double high = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)shape.Count).Select(_ => (float)(low + random.NextDouble() * (high - low)))];
    }

    public static Tensor Constant(Shape shape, int seed, double low = -1, double high = 1) =>
        Tensor.Constant(Values(shape, seed, low, high), shape);

    /// <summary>√(Σ(a−b)² / Σb²).</summary>
    public static double RelativeL2(float[] actual, float[] expected)
    {
        double difference = 0, size = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += Math.Pow((double)actual[i] - expected[i], 2);
            size += Math.Pow(expected[i], 2);
        }
        return size == 0 ? Math.Sqrt(difference) : Math.Sqrt(difference / size);
    }
}
