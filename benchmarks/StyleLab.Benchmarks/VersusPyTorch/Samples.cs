namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>One measured quantity, a value a round.</summary>
internal sealed record Samples(IReadOnlyList<double> Values)
{
    // OpenBLAS and OpenMP threads go on spinning for some 30 ms after their work; nobody shall be measured beside them.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(60);

    public double Median => MedianOf(Values);

    public double Min => Values.Min();

    public double Max => Values.Max();

    public Samples Select(Func<double, double> convert) => new([.. Values.Select(convert)]);

    /// <summary>Round by round, this divided by another: what disturbed a round disturbed both.</summary>
    public Samples Over(Samples other) => new([.. Values.Zip(other.Values, (a, b) => a / b)]);

    public static Samples Of(params IReadOnlyList<double> values) => new(values);

    public static double MedianOf(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        int middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Takes one value of each quantity a round, so that a disturbance of the machine meets all alike; every other round backwards.</summary>
    public static Samples[] Interleaved(int rounds, params IReadOnlyList<Func<double>> measurements)
    {
        var values = measurements.Select(_ => new double[rounds]).ToArray();
        for (int round = 0; round < rounds; round++)
            for (int i = 0; i < measurements.Count; i++)
            {
                int which = round % 2 == 0 ? i : measurements.Count - 1 - i;
                Thread.Sleep(s_pause);
                values[which][round] = measurements[which]();
            }
        return [.. values.Select(v => new Samples(v))];
    }
}
