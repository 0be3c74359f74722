using StyleLab.Runs;

namespace StyleLab.Tests.Synthesis;

/// <summary>Runs that go nowhere say so, and leave the best picture they saw.</summary>
[Collection("memory of runs")]
public sealed class CourseTests : IDisposable
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_content = Golden.Picture("content").Resize(64, 48).Clamp();
    private static readonly Picture s_style = Golden.Picture("style").Resize(48, 64);
    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-course").FullName;

    private static Loss Objective => 0.1 * Loss.Content(s_content) + Loss.Style(s_style) + Loss.TotalVariation() + 10 * Loss.Range();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("relu1_1", "lbfgs")]
    [InlineData("conv#2", "lbfgs")]
    [InlineData("relu3_1", "adam")]
    [InlineData("conv#11", "lbfgs")]
    [InlineData("relu5_1", "averaged")]
    public async Task FromTheContentAContentLossLeavesTheContent(string layer, string optimizer)
    {
        foreach (double weight in new[] { 10, 1e-9 })
        {
            var result = await s_network.Synthesize(weight * Loss.Content(s_content, layer), Start.Content(), Of(optimizer, 60), sizes: [32, 64]);
            Assert.Equal(0, result.LossesAtEnd!.Value);
            Assert.Equal(s_content.Values, result.Picture.Values);
            Assert.Equal(2, result.Evaluations);
            Assert.Contains("Nothing moves the picture at 32×24, 64×48", Assert.Single(result.Warnings));
        }
    }

    [Fact]
    public async Task AStartIsMadeAnewAtEachSizeUntilSomethingMoves()
    {
        var result = await s_network.Synthesize(Objective, Start.Content(), Optimizer.Lbfgs(0), sizes: [32, 64]);
        Assert.Equal(s_content.Values, result.Picture.Values);
        var moved = await s_network.Synthesize(Objective, Start.Content(), Optimizer.Lbfgs(10), sizes: [32, 64]);
        Assert.True(moved.LossesAtEnd!.Value < 0.7 * moved.LossesAtStart!.Value);
    }

    [Fact]
    public async Task AdamWithATooLargeRateSaysSo()
    {
        var result = await s_network.Synthesize(Objective, Start.Content(), Optimizer.Adam(60, 50), sizes: [32, 64]);
        Assert.Contains(result.Warnings, w => w.Contains("taken back to its best picture 6 times"));
        Assert.Contains(result.Warnings, w => w.StartsWith("At 64×48 the run ended after ") && w.Contains(" of 24 steps: every step"));
        Assert.False(result.Diverged);
        // Of the second size alone: a step and the way back, three times.
        Assert.Equal(12, result.History.Count);
        Assert.Equal(result.History.Skip(6).Min(h => h.Value), result.LossesAtEnd!.Value);
        Assert.Equal(s_content.Values, result.Picture.Values);
    }

    [Theory]
    [InlineData("lbfgs 10")]
    [InlineData("lbfgs 2")]
    [InlineData("adam 0.3")]
    [InlineData("averaged")]
    public async Task TheResultIsTheBestPictureSeen(string optimizer)
    {
        // Without a margin, so that the objective can be asked at the picture itself; it is clamped, so there is no range.
        var objective = 0.1 * Loss.Content(s_content) + Loss.Style(s_style) + Loss.TotalVariation() + 1000 * Loss.Range();
        var result = await s_network.Synthesize(objective, Start.Content(), Of(optimizer, 40), sizes: [64], margin: 0);
        Assert.True(result.LossesAtEnd!.Value <= result.History.Min(h => h.Value));
        Assert.InRange(At(result), 0.8 * result.LossesAtEnd.Value, 1.05 * result.LossesAtEnd.Value);
        double last = result.History[^1].Value;
        Assert.Equal(last > 1.1 * result.LossesAtEnd.Value, result.Warnings.Any(w => w.Contains("best picture that was seen")));
    }

    [Fact]
    public async Task ARunThatEndsAsNaNKeepsTheBestPicture()
    {
        // The square root has an infinite slope at 0 and none below.
        var objective = Loss.Custom("input", f => (f.Mean() + 0.2f).Sqrt());
        var result = await s_network.Synthesize(objective, Start.From(s_content), Optimizer.Adam(300, 0.02), new PictureSize(64, 48), [64], margin: 0);
        Assert.True(result.Diverged);
        Assert.All(result.Picture.Values, v => Assert.True(float.IsFinite(v)));
        Assert.True(result.LossesAtEnd!.Value < 0.8 * result.LossesAtStart!.Value);
        Assert.Contains(result.Warnings, w => w.Contains("NaN or infinity"));
        Assert.Contains(result.Warnings, w => w.Contains("the run ended after"));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 0)]
    public async Task ATermOfWeightNothingWasNotAskedFor(double contentWeight, double styleWeight)
    {
        var objective = contentWeight * Loss.Content(s_content) + styleWeight * Loss.Style(s_style) + Loss.Style(s_content);
        var result = await s_network.Synthesize(objective, Start.Noise(), Optimizer.Lbfgs(2), sizes: [32]);
        Assert.DoesNotContain(result.Warnings, w => w.Contains("weight"));
    }

    [Fact]
    public async Task AnObjectiveThatIsNotFiniteAtTheStartNamesTheTerm()
    {
        var run = s_network.Synthesize(Loss.Style(s_style) + 1e39 * Loss.TotalVariation(), optimizer: Optimizer.Lbfgs(3));
        Assert.Contains("term 'total variation') is not a finite number at the start",
            (await Assert.ThrowsAsync<StyleLabException>(async () => await run)).Message);
    }

    [Theory]
    [InlineData("lbfgs", 6)]
    [InlineData("lbfgs", 12)]
    [InlineData("lbfgs 10", 15)]
    [InlineData("adam 0.3", 19)]
    [InlineData("averaged", 3)]
    public async Task TheRecipeOfAnInterruptedRunMakesItsPicture(string optimizer, int steps)
    {
        string content = Path.Combine(_folder, "content.png"), style = Path.Combine(_folder, "style.png");
        s_content.Save(content);
        s_style.Save(style);
        var objective = 0.1 * Loss.Content(Picture.Load(content)) + Loss.Style(Picture.Load(style)) + 10 * Loss.Range();
        var run = s_network.Synthesize(objective, Start.Content(), Of(optimizer, 20), sizes: [32, 64]);
        await foreach (var step in run)
            if (step.Index == steps)
                break;
        var result = await run;
        Assert.True(result.Interrupted);
        var recipe = Recipe.Of(result.Picture);
        Assert.Equal(steps > 12 ? new Pass(new(64, 48), steps - 12) : new Pass(new(32, 24), steps), recipe.StoppedAt);
        Assert.Equal((recipe.StoppedAt!.Size.Width, recipe.StoppedAt.Size.Height), (result.Picture.Width, result.Picture.Height));

        var again = await recipe.Synthesize();
        Assert.Equal(result.Picture.Values, again.Picture.Values);
        Assert.Equal(result.Picture.Text, again.Picture.Text);
        Assert.False(again.Interrupted);
        var whole = await s_network.Synthesize(objective, Start.Content(), Of(optimizer, 20), sizes: [32, 64]);
        Assert.Equal(whole.Picture.Values, (await (recipe with { StoppedAt = null }).Synthesize()).Picture.Values);
        Assert.Equal(whole.Picture.Values, (await again.Continue()).Picture.Values);
        Assert.Equal(whole.Picture.Text, (await result.Continue()).Picture.Text);
    }

    [Theory]
    [InlineData("lbfgs 10")]
    [InlineData("adam 0.3")]
    public async Task ARunThatWentAstrayGoesOnAsIfItHadNotBeenInterrupted(string optimizer)
    {
        var whole = await Run();
        var part = Run();
        await foreach (var step in part)
            if (step.Index == 17)
                break;
        string file = Path.Combine(_folder, "run.safetensors");
        (await part).Save(file);
        var continued = await SynthesisResult.Load(file).Continue();
        Assert.Equal(whole.Picture.Values, continued.Picture.Values);
        Assert.Equal(whole.LossesAtEnd, continued.LossesAtEnd, (a, b) => a!.Value == b!.Value);
        Assert.Equal(whole.Warnings, continued.Warnings);

        StyleLab.Synthesis Run() => s_network.Synthesize(Objective, Start.Content(), Of(optimizer, 30), sizes: [32, 64]);
    }

    private static double At(SynthesisResult result)
    {
        var recipe = result.Recipe;
        using var evaluation = new Evaluation(s_network, recipe.Objective, recipe.Passes[^1].Size, 0, 1, StyleLab.Tensors.Engines.Engine.Default);
        evaluation.At(result.Picture.Values, default);
        return evaluation.Losses.Value;
    }

    private static Optimizer Of(string name, int steps) => name switch
    {
        "lbfgs 10" => Optimizer.Lbfgs(steps, learningRate: 10),
        "lbfgs 2" => Optimizer.Lbfgs(steps, learningRate: 2),
        "adam" => Optimizer.Adam(steps),
        "adam 0.3" => Optimizer.Adam(steps, 0.3),
        "averaged" => Optimizer.Adam(steps, 0.3, averaging: 0.5),
        _ => Optimizer.Lbfgs(steps),
    };
}
