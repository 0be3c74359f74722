using StyleLab.Tensors.Engines;
using TorchSharp;

namespace StyleLab.TorchSharp.Tests.Losses;

public class TorchLossTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_photo = Painted.Picture(40, 32, 0.4), s_painting = Painted.Picture(37, 45, 1.7);

    public static TheoryData<string> Engines => ["simd", "torch"];

    [Theory, MemberData(nameof(Engines))]
    public async Task ALossInTorchIsTheSameLossInTheGraph(string engine)
    {
        // A Gram distance, written twice: over one map, a sum over several, and with a target of its own size.
        var inGraph = Loss.Custom("relu1_1,relu3_1", s_painting, (f, target) => (f.Gram() / f.Shape.Area - target.Gram() / target.Shape.Area).Square().Mean(), asStyle: true)
            + 0.3 * Loss.Custom("relu2_1", f => f.Abs().Mean());
        var inTorch = Loss.Torch("relu1_1,relu3_1", s_painting, (f, target) => (Gram(f) - Gram(target)).square().mean(), asStyle: true)
            + 0.3 * Loss.Torch("relu2_1", f => f.abs().mean());
        await AssertSameRun(inGraph, inTorch, engine);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task SeveralMapsAndOnesThatAreNotUsed(string engine) => await AssertSameRun(
        Loss.Custom("input,relu1_1,relu2_1", maps => (maps["relu1_1"].Mean() - 2 * maps["relu2_1"].Mean() - 1).Square()),
        Loss.Torch("input,relu1_1,relu2_1", maps => (maps["relu1_1"].mean() - 2 * maps["relu2_1"].mean() - 1).square()), engine);

    [Theory, MemberData(nameof(Engines))]
    public async Task AContentTargetFollowsTheSizesOfTheRun(string engine) => await AssertSameRun(
        Loss.Custom("relu2_1", s_painting.Resize(40, 32), (f, target) => (f - target).Square().Mean()),
        Loss.Torch("relu2_1", s_painting.Resize(40, 32), (f, target) => torch.nn.functional.mse_loss(f, target)), engine, sizes: [20, 40]);

    [Fact]
    public async Task ATileableRunHasNoMargin() => await AssertSameRun(
        Loss.Custom("relu2_1", f => f.Square().Mean()), Loss.Torch("relu2_1", f => f.square().mean()), "simd", tileable: true);

    [Fact]
    public async Task WhatIsPreparedIsPreparedOnceASize()
    {
        int prepared = 0, called = 0;
        var loss = Loss.Torch("relu1_1", s_painting, target =>
        {
            prepared++;
            var mean = target.mean();
            return map =>
            {
                called++;
                return (map.mean() - mean).square();
            };
        }, asStyle: true);
        var result = await Run(loss, "simd", [20, 40]);
        Assert.Equal(2, prepared);
        Assert.InRange(called, result.Evaluations, 3 * result.Evaluations);
    }

    [Fact]
    public async Task EvaluationsLeaveNothingBehind()
    {
        var counts = new List<long>();
        await Run(Loss.Torch("relu2_1", s_painting, (f, target) =>
        {
            counts.Add(DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
            return (Gram(f) - Gram(target)).square().mean();
        }, asStyle: true), "torch");
        Assert.True(counts.Count >= 4);
        Assert.Single(counts.Skip(1).Distinct());
    }

    [Theory]
    [InlineData("not single", "The loss 'torch' must be a single value, got a tensor of 1×")]
    [InlineData("detached", "The loss 'torch' does not depend on the feature maps it was given")]
    [InlineData("shapes", "The loss 'torch' fails in torch: The size of tensor a")]
    // Seen only when the gradient is computed.
    [InlineData("in place", "The loss 'torch' fails in torch: one of the variables needed for gradient computation has been modified")]
    public async Task MistakesAreSaidInOneSentence(string kind, string expected)
    {
        var loss = Loss.Torch("relu2_1", f => kind switch
        {
            "not single" => f.square(),
            "detached" => f.detach().mean(),
            "in place" => f.exp() is var map ? (map * map).sum() + map.add_(1).sum() : map,
            _ => (f - torch.zeros(2, 2, 2)).mean(),
        });
        string message = (await Assert.ThrowsAsync<StyleLabException>(() => Run(loss, "simd"))).Message;
        Assert.StartsWith(expected, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public async Task ARecipeNamesTheLossAndTakesItAgain()
    {
        var result = await Run(Loss.Torch("relu2_1", f => f.square().mean(), "energy"), "simd");
        Assert.Equal("energy", result.LossesAtEnd!.Parts[^1].Name);
        Assert.Contains("\"name\":\"TorchLoss\"", result.Recipe.ToJson());
        Assert.Contains("Recipe.FromJson(json, objective: …)", Assert.Throws<StyleLabException>(() => Recipe.FromJson(result.Recipe.ToJson())).Message);
        var again = await Recipe.FromJson(result.Recipe.ToJson(), objective: result.Recipe.Objective).Synthesize(Engine.Simd);
        Assert.Equal(result.Picture.Values, again.Picture.Values);
    }

    private static torch.Tensor Gram(torch.Tensor map) => map.flatten(2) is var rows ? rows.matmul(rows.transpose(1, 2)) / rows.shape[2] : map;

    private static Task<SynthesisResult> Run(Loss loss, string engine, int[]? sizes = null, bool tileable = false)
    {
        var objective = 0.2 * Loss.Content(s_photo) + loss;
        var run = s_network.Synthesize(objective, Start.Content(), Optimizer.Lbfgs(4), sizes: sizes ?? [40], margin: 4, engine: Engine.Named(engine));
        return (tileable ? (run.Recipe with { Tileable = true }).Synthesize(run.Engine) : run).RunAsync(TestContext.Current.CancellationToken);
    }

    private static async Task AssertSameRun(Loss expected, Loss actual, string engine, int[]? sizes = null, bool tileable = false)
    {
        var one = await Run(expected, engine, sizes, tileable);
        var other = await Run(actual, engine, sizes, tileable);
        Assert.Equal(one.History.Count, other.History.Count);
        Assert.All(one.History.Zip(other.History), pair => Assert.Equal(1, pair.First.Value / pair.Second.Value, 1e-4));
        Assert.InRange(one.Picture.Values.Zip(other.Picture.Values, (a, b) => Math.Abs(a - b)).Max(), 0, 5e-3f);
        Assert.True(other.LossesAtEnd!.Value < other.LossesAtStart!.Value);
    }
}
