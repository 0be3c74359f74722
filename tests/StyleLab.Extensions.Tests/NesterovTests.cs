namespace StyleLab.Extensions.Tests;

/// <summary>An optimizer of another assembly takes part in all that runs do.</summary>
public class NesterovTests
{
    private const double Momentum = 0.8;

    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");

    // The distance to a grey picture: each value falls on its own, by a factor that its channel's scale gives.
    private static readonly Loss s_distance = Loss.Custom("input", Grey(0.5f), (f, target) => (f - target).Square().Mean());

    [Fact]
    public async Task ItsStepsAreThoseOfTheFormula()
    {
        var errors = new List<double>();
        await foreach (var step in Run(new Nesterov(8, 30, Momentum)))
            errors.Add(step.Picture[1, 3, 5] - 0.5);
        double first = Grey(0.2f)[1, 3, 5] - 0.5;

        // e ← e + µ·v − a·e after v ← µ·v − a·e, a being learning rate times curvature: e₁ = e₀·(1 − (1 + µ)·a) tells it.
        double a = (1 - errors[0] / first) / (1 + Momentum), velocity = 0, error = first;
        Assert.InRange(a, 1e-3, 1);
        foreach (double actual in errors)
        {
            velocity = Momentum * velocity - a * error;
            error += Momentum * velocity - a * error;
            Assert.Equal(error, actual, 1e-5);
        }
    }

    [Fact]
    public async Task ARunGoesOnBitForBit()
    {
        var whole = await Run(new Nesterov(10, 30, Momentum));
        var half = await Run(new Nesterov(5, 30, Momentum));
        var both = await half.Continue(5);
        Assert.Equal(whole.Picture.Values, both.Picture.Values);
        Assert.True(whole.LossesAtEnd!.Value < 0.1 * whole.LossesAtStart!.Value);
    }

    [Fact]
    public async Task ItPaintsFromCoarseToFineWithAnnealing()
    {
        Picture photo = Picture.Noise(64, 48, seed: 5, (0.5f, 0.4f, 0.6f), 0.2), painting = Picture.Noise(48, 64, seed: 6, (0.4f, 0.6f, 0.3f), 0.3);
        var run = s_network.Synthesize(
            0.2 * Loss.Content(photo) + Loss.Style(painting), Start.Content(),
            new Nesterov(24, 0.5, 0.5) { Annealing = Annealing.Cosine(), AcrossSizes = true }, sizes: [32, 64]);
        var losses = new Dictionary<int, List<double>>();
        await foreach (var step in run)
            (losses.TryGetValue(step.Size.Width, out var known) ? known : losses[step.Size.Width] = []).Add(step.Loss);
        Assert.False((await run).Diverged);
        Assert.Equal([32, 64], losses.Keys);
        Assert.All(losses.Values, each => Assert.True(each[^1] < 0.9 * each[0], string.Join(' ', each)));
    }

    private static Synthesis Run(Optimizer optimizer) =>
        s_network.Synthesize(s_distance, Start.From(Grey(0.2f)), optimizer, sizes: [32], margin: 0);

    private static Picture Grey(float value) => new(32, 32, [.. Enumerable.Repeat(value, 3 * 32 * 32)]);
}
