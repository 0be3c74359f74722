namespace StyleLab.Optimizers;

/// <summary>Adam with bias correction (Kingma and Ba, arXiv:1412.6980, algorithm 1), as <c>torch.optim.Adam</c> computes it.</summary>
internal sealed class AdamState(AdamOptimizer settings, int values) : IOptimizerState
{
    private readonly float[] _mean = new float[values], _square = new float[values];
    private readonly float[]? _average = settings.Averaging > 0 ? new float[values] : null;
    private int _steps;

    /// <summary>The state that <see cref="Remember"/> described; nothing is shared with it.</summary>
    public static AdamState From(AdamOptimizer settings, int values, OptimizerMemory memory)
    {
        var state = new AdamState(settings, values) { _steps = (int)memory.Number("steps") };
        memory.CopyVector("mean", state._mean);
        memory.CopyVector("square", state._square);
        if (state._average is { } average)
            memory.CopyVector(OptimizerMemory.Average, average);
        return state;
    }

    public OptimizerMemory Remember() => new(
        new Dictionary<string, double> { ["steps"] = _steps },
        Average is { } average
            ? new Dictionary<string, float[]> { ["mean"] = _mean, ["square"] = _square, [OptimizerMemory.Average] = average }
            : new Dictionary<string, float[]> { ["mean"] = _mean, ["square"] = _square });

    /// <summary>The same memory for an enlarged picture.</summary>
    public static OptimizerMemory Enlarged(OptimizerMemory memory, Enlargement enlargement)
    {
        var vectors = new Dictionary<string, float[]>
        {
            ["mean"] = enlargement.OfGradients(memory.Vectors["mean"]),
            ["square"] = enlargement.OfSquares(memory.Vectors["square"]),
        };
        if (memory.Vectors.TryGetValue(OptimizerMemory.Average, out var average))
            vectors[OptimizerMemory.Average] = enlargement.OfValues(average);
        return memory with { Vectors = vectors };
    }

    public float[]? Average => _steps > 0 ? _average : null;

    public bool Step(Span<float> x, double loss, ReadOnlySpan<float> gradient)
    {
        _steps++;
        float beta1 = (float)settings.Beta1, beta2 = (float)settings.Beta2, epsilon = (float)settings.Epsilon;
        float rate = (float)(settings.LearningRate / (1 - Math.Pow(settings.Beta1, _steps)));
        float correction = (float)Math.Sqrt(1 - Math.Pow(settings.Beta2, _steps));
        for (int i = 0; i < x.Length; i++)
        {
            float g = gradient[i];
            _mean[i] = beta1 * _mean[i] + (1 - beta1) * g;
            _square[i] = beta2 * _square[i] + (1 - beta2) * g * g;
            x[i] -= rate * _mean[i] / (MathF.Sqrt(_square[i]) / correction + epsilon);
        }
        if (_average is not null)
            AddToAverage(x);
        return true;
    }

    private void AddToAverage(ReadOnlySpan<float> x)
    {
        // The newest step's share of the sum of all shares, 1 + d + d² + …
        float share = (float)((1 - settings.Averaging) / (1 - Math.Pow(settings.Averaging, _steps)));
        for (int i = 0; i < x.Length; i++)
            _average![i] += share * (x[i] - _average[i]);
    }
}
