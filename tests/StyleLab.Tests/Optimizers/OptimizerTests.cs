using StyleLab.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab.Tests.Optimizers;

/// <summary>Loss curves against torch.optim from the same weights and start, and behaviour on functions with a known minimum.</summary>
public class OptimizerTests
{
    [Fact]
    public void LbfgsDescendsAsPyTorchDoes() =>
        AssertCurve(new LbfgsOptimizer(20, History: 10, LargestChange: double.MaxValue, GradientTolerance: 0, ChangeTolerance: 0), "lbfgs", 1e-3);

    [Fact]
    public void AdamDescendsAsPyTorchDoes() => AssertCurve(Optimizer.Adam(20, 0.02), "adam", 1e-4);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public void LbfgsFindsTheMinimumOfAnIllConditionedQuadratic(int history)
    {
        // ½ Σ cᵢ (xᵢ − i)², conditions 1..50.
        var x = new float[40];
        var state = new LbfgsOptimizer(200, history, LargestChange: 100).Begin(x.Length);
        for (int step = 0; step < 200; step++)
        {
            var gradient = x.Select((v, i) => Condition(i) * (v - i)).ToArray();
            double loss = x.Select((v, i) => 0.5 * Condition(i) * (v - i) * (v - i)).Sum();
            if (!state.Step(x, loss, gradient))
                break;
        }
        Assert.All(x.Select((v, i) => v - i), difference => Assert.InRange(difference, -1e-2, 1e-2));

        static float Condition(int i) => 1 + i * 49f / 39;
    }

    [Fact]
    public void LbfgsStopsWhereTheGradientVanishes()
    {
        float[] x = [1, 2, 3];
        Assert.False(Optimizer.Lbfgs(1).Begin(3).Step(x, 1, new float[3]));
        Assert.Equal([1, 2, 3], x);
    }

    [Fact]
    public void AdamMovesByTheLearningRateAtFirst()
    {
        float[] x = [0, 0];
        Optimizer.Adam(1, 0.1).Begin(2).Step(x, 1, [5, -0.001f]);
        Assert.Equal([-0.1f, 0.1f], x.Select(v => MathF.Round(v, 3)));
    }

    [Fact]
    public void TheAverageIsTheWeightedMeanOfAllSteps()
    {
        const double averaging = 0.8;
        float[] x = [1, -2];
        var state = Optimizer.Adam(5, 0.1, averaging).Begin(2);
        Assert.Null(state.Average);
        var steps = new List<float[]>();
        for (int step = 0; step < 5; step++)
        {
            state.Step(x, 1, [x[0] - 0.3f, 2 * x[1]]);
            steps.Add([.. x]);
        }
        for (int i = 0; i < 2; i++)
        {
            double sum = steps.Select((s, age) => s[i] * Math.Pow(averaging, 4 - age)).Sum();
            Assert.Equal(sum / Enumerable.Range(0, 5).Sum(age => Math.Pow(averaging, age)), state.Average![i], 1e-5);
        }
        Assert.Null(Optimizer.Adam(5).Begin(2).Average);
    }

    [Fact]
    public async Task AnAveragedRunTakesTheSameStepsAndEndsAtTheirMean()
    {
        const double averaging = 0.5;
        var network = LossNetwork.Load("vgg19-slim");
        StyleLab.Synthesis Run(double averaging) => network.Synthesize(Loss.Content(Golden.Picture("content"), "relu2_1"),
            Start.Noise(1, 0.05), Optimizer.Adam(3, 0.01, averaging), sizes: [32], margin: 0);
        var pictures = new List<Picture>();
        var run = Run(0);
        await foreach (var step in run)
            pictures.Add(step.Picture);
        var mean = await Run(averaging);
        Assert.Equal((await run).History.Select(h => h.Value), mean.History.Select(h => h.Value));
        Assert.Equal((pictures[0].Values[7] + 2 * pictures[1].Values[7] + 4 * pictures[2].Values[7]) / 7, mean.Picture.Values[7], 1e-5);
    }

    [Fact]
    public void TheAverageIsNearerToTheMinimumWhereGradientsTremble()
    {
        var noise = new StyleLab.Pictures.NoiseGenerator(1);
        var x = new float[100];
        var state = Optimizer.Adam(400, 0.2, 0.98).Begin(x.Length);
        for (int step = 0; step < 400; step++)
            state.Step(x, 1, [.. x.Select(v => v - 1 + (float)noise.NextGaussian())]);
        Assert.True(Distance(state.Average!) < 0.7 * Distance(x), $"{Distance(state.Average!)}, {Distance(x)}");

        static double Distance(float[] values) => Math.Sqrt(values.Average(v => (v - 1) * (v - 1)));
    }

    [Fact]
    public void WrongSettingsAreNamed()
    {
        Assert.Contains("must not be negative, got -1", Assert.Throws<ArgumentException>(() => Optimizer.Lbfgs(-1)).Message);
        Assert.Contains("history of at least 1", Assert.Throws<ArgumentException>(() => Optimizer.Lbfgs(10, 0)).Message);
        Assert.Contains("learning rate must be above 0", Assert.Throws<ArgumentException>(() => Optimizer.Adam(10, 0)).Message);
        Assert.Contains("below 1, got 1", Assert.Throws<ArgumentException>(() => Optimizer.Adam(10, averaging: 1)).Message);
    }

    private static void AssertCurve(Optimizer optimizer, string name, double tolerance)
    {
        var golden = Golden.Read("optimizers");
        var objective = 0.2 * Loss.Content(Golden.Picture("content"), "relu4_2")
            + Loss.Style(Golden.Picture("style"), "relu1_1..relu5_1") + 0.5 * Loss.TotalVariation();
        var start = Golden.Picture("start");
        var x = (float[])start.Values.Clone();
        using var evaluation = new Evaluation(LossNetwork.Load("vgg19-slim"), objective, new(start.Width, start.Height), 0, 1, Engine.Default);
        var state = optimizer.Begin(x.Length);
        foreach (float expected in golden[name + ".losses"].Values)
        {
            double loss = evaluation.At(x, default);
            Assert.InRange(loss / expected, 1 - tolerance, 1 + tolerance);
            state.Step(x, loss, evaluation.Gradients);
        }
        Assert.InRange(Golden.RelativeError(x, golden[name + ".picture"].Values), 0, 0.02);
    }
}
