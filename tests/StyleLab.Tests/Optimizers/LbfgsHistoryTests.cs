using StyleLab.Optimizers;

namespace StyleLab.Tests.Optimizers;

/// <summary>The recursion in coordinates against the recursion on the vectors themselves, in double.</summary>
public class LbfgsHistoryTests
{
    private const int Length = 5000;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 4)]
    [InlineData(6, 6)]
    [InlineData(6, 15)]
    public void TheDirectionIsThatOfTheTwoLoops(int capacity, int added)
    {
        var random = new Random(3);
        var history = new LbfgsHistory(capacity);
        var pairs = new List<(float[] S, float[] Y)>();
        float[] gradient = [], direction = new float[Length];
        for (int i = 0; i < added; i++)
        {
            float[] s = Values(random);
            // A curvature of 1 to 30 that differs from value to value.
            float[] y = [.. s.Select((v, k) => v * (1 + 29 * k / (float)Length))];
            pairs.Add(((float[])s.Clone(), (float[])y.Clone()));
            history.Add(s, y);
            gradient = Values(random);
            history.FindDirection(gradient, direction);
        }
        var expected = TwoLoops([.. pairs.TakeLast(capacity)], gradient);
        double error = Math.Sqrt(direction.Zip(expected, (a, b) => (a - b) * (a - b)).Sum() / expected.Sum(v => v * v));
        Assert.InRange(error, 0, 1e-5);
        Assert.Equal(Math.Min(capacity, added), history.Count);
    }

    [Fact]
    public void MemoryOfADroppedPairIsUsedAgain()
    {
        var random = new Random(1);
        var history = new LbfgsHistory(2);
        float[] oldest = Values(random);
        history.Add(oldest, Values(random));
        history.Add(Values(random), Values(random));
        Assert.Same(oldest, history.Add(Values(random), Values(random)).S);
    }

    [Theory]
    [InlineData(3 * 256 * 256, 20)]
    [InlineData(3 * 1464 * 1464, 20)]
    [InlineData(3 * 2064 * 2064, 10)]
    [InlineData(3 * 4112 * 4112, 5)]
    public void LargePicturesHaveFewerPairs(int values, int pairs) => Assert.Equal(pairs, new LbfgsOptimizer(1).PairsFor(values));

    [Fact]
    public void AShortHistoryIsNotMadeLonger() => Assert.Equal(2, new LbfgsOptimizer(1, History: 2).PairsFor(3 * 4112 * 4112));

    [Theory]
    [InlineData(300, 42)]
    [InlineData(3, 8)]
    public void TheMemoryOfARunIsKnownBeforehand(int steps, int vectors) =>
        Assert.Equal(vectors, Optimizer.Lbfgs(steps).VectorsFor(3 * 256 * 256, steps));

    private static float[] Values(Random random) => [.. Enumerable.Range(0, Length).Select(_ => (float)(random.NextDouble() * 2 - 1))];

    private static double[] TwoLoops(List<(float[] S, float[] Y)> pairs, float[] gradient)
    {
        double[] d = [.. gradient.Select(g => -(double)g)];
        var alpha = new double[pairs.Count];
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            alpha[i] = Dot(pairs[i].S, d) / Dot(pairs[i].Y, pairs[i].S);
            Add(d, -alpha[i], pairs[i].Y);
        }
        double gamma = Dot(pairs[^1].S, pairs[^1].Y) / Dot(pairs[^1].Y, pairs[^1].Y);
        d = [.. d.Select(v => v * gamma)];
        for (int i = 0; i < pairs.Count; i++)
            Add(d, alpha[i] - Dot(pairs[i].Y, d) / Dot(pairs[i].Y, pairs[i].S), pairs[i].S);
        return d;

        static double Dot<T>(float[] x, T[] y) where T : struct => x.Select((v, i) => v * Convert.ToDouble(y[i])).Sum();

        static void Add(double[] y, double factor, float[] x)
        {
            for (int i = 0; i < y.Length; i++)
                y[i] += factor * x[i];
        }
    }
}
