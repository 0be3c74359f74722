using StyleLab.Optimizers;

namespace StyleLab.Tests.Optimizers;

public class EnlargementTests
{
    private static readonly Enlargement s_twice = new(new(12, 8), new(24, 16), Border: 4);

    [Fact]
    public void ValuesStayAndGradientsAreSharedOutOverMoreOfThem()
    {
        float[] constant = [.. Enumerable.Repeat(0.5f, 3 * 20 * 16)];
        Assert.Equal(3 * 32 * 24, s_twice.Length);
        Assert.Equal(s_twice.Length, s_twice.OfValues(constant).Length);
        Assert.All(s_twice.OfValues(constant), value => Assert.Equal(0.5f, value, 1e-6f));
        Assert.All(s_twice.OfGradients(constant), value => Assert.Equal(0.125f, value, 1e-6f));
        Assert.All(s_twice.OfSquares(constant), value => Assert.Equal(0.5f / 16, value, 1e-6f));
    }

    [Fact]
    public void SquaresStayAboveZero()
    {
        float[] spikes = [.. Enumerable.Range(0, 3 * 20 * 16).Select(i => i % 7 == 0 ? 1f : 0f)];
        Assert.Contains(s_twice.OfValues(spikes), value => value < 0);
        Assert.All(s_twice.OfSquares(spikes), value => Assert.True(value >= 0));
    }

    /// <summary>Twice the size of a smooth quadratic has its curvature: the direction is the enlarged one.</summary>
    [Fact]
    public void PairsOfASmallPictureGiveDirectionsOfALargeOne()
    {
        var optimizer = new LbfgsOptimizer(10) { LargestChange = 1e9 };
        var size = new PictureSize(12, 8);
        float[] x = Waves(size);
        var state = optimizer.Begin(x.Length);
        for (int i = 0; i < 4; i++)
            Assert.True(state.Step(x, Loss(x), Gradient(x)));

        var enlargement = new Enlargement(size, new(24, 16), Border: 0);
        float[] large = enlargement.OfValues(x), gradient = enlargement.OfGradients(Gradient(x)), before = [.. large];
        var next = optimizer.Begin(large.Length, optimizer.Enlarge(state.Remember(), enlargement));
        double loss = Loss(large);
        Assert.True(next.Step(large, loss, gradient));
        Assert.True(Loss(large) < 0.5 * loss, $"{loss} → {Loss(large)}");
        Assert.NotEqual(before, large);
    }

    // A mean over all values, as the losses of a run are, with two curvatures.
    private static double Loss(float[] x) => x.Select((v, i) => (i < x.Length / 2 ? 1 : 3) * (double)v * v).Sum() / (2 * x.Length);

    private static float[] Gradient(float[] x) => [.. x.Select((v, i) => (i < x.Length / 2 ? 1 : 3) * v / x.Length)];

    private static float[] Waves(PictureSize size) =>
        [.. Enumerable.Range(0, 3 * size.Width * size.Height).Select(i => MathF.Sin(i % size.Width * 0.5f) + 0.3f)];
}
