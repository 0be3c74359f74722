using StyleLab.Runs;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;

namespace StyleLab.Tests.Losses;

/// <summary>Losses that users write: as functions and as types of their own.</summary>
public sealed class OwnLossTests : IDisposable
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_content = Golden.Picture("content").Resize(52, 44), s_style = Golden.Picture("style").Resize(40, 56);

    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-own").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("relu4_2", 0, false)]
    [InlineData("relu1_1,relu3_1", 8, false)]
    [InlineData("relu1_1,relu3_1", 16, true)]
    public void ATargetPictureHasTheSizeAndMarginOfTheRun(string layers, int margin, bool tileable)
    {
        var own = Loss.Custom(layers, s_content, (f, target) => (f - target).Square().Mean());
        var content = Loss.Content(s_content, layers, Convention.PyTorchTutorial);
        foreach (var (size, scale) in new[] { (new PictureSize(26, 22), 0.5), (new PictureSize(52, 44), 1.0) })
            Assert.Equal(Value(content, size, margin, scale, tileable), Value(own, size, margin, scale, tileable), 1e-6);
    }

    [Theory]
    [InlineData("relu2_1", 0.5)]
    [InlineData("relu1_1,relu3_1", 1.0)]
    public void ATargetPictureAsStyleKeepsItsSize(string layers, double scale)
    {
        var own = Loss.Custom(layers, s_style, (f, target) => (Gram(f) - Gram(target)).Square().Mean(), asStyle: true);
        var style = Loss.Style(s_style, layers, convention: Convention.PyTorchTutorial);
        Assert.Equal(Value(style, new(52, 44), 8, scale), Value(own, new(52, 44), 8, scale), 1e-6);

        static Tensor Gram(Tensor f) => f.Gram() / (f.Shape.Area * (float)f.Shape.Channels);
    }

    [Fact]
    public async Task ContentLikeLossesGoFromCoarseToFine()
    {
        var objective = Loss.Custom("relu1_1,relu2_1", s_content, (f, target) => (f - target).Abs().Mean(), "edges")
            + Loss.Custom("relu2_1", s_style, (f, target) => (f.ChannelMax() - target.ChannelMax()).Square().Mean(), "peaks", asStyle: true);
        var result = await s_network.Synthesize(objective, Start.Noise(1), Optimizer.Lbfgs(6), sizes: [26, 52]);
        Assert.Equal((52, 44), (result.Picture.Width, result.Picture.Height));
        Assert.True(result.LossesAtEnd!.Value < result.LossesAtStart!.Value);
        Assert.Equal(["edges", "peaks"], result.LossesAtEnd.Parts.Select(p => p.Name));
        Assert.Equal(["relu1_1", "relu2_1"], result.LossesAtEnd.Parts[0].Parts.Select(p => p.Name));
    }

    [Fact]
    public void SizesThatDoNotFitAreExplained()
    {
        var target = s_network.Features(s_content)["relu2_1"];
        var custom = Loss.Custom("relu2_1", f => (f - target).Square().Mean(), "mine");
        string message = Assert.Throws<StyleLabException>(() => Value(Loss.TotalVariation() + 2 * custom, new(52, 44), 8, 1)).Message;
        Assert.Contains("'mine' cannot be built for the size 52×44: Subtract needs equal sizes", message);
        Assert.Contains("margin of 8 pixels", message);
        Assert.Contains("Loss.Custom(layers, picture, (f, target) => …)", message);
        Assert.Contains("'UnevenLoss' cannot be built",
            Assert.Throws<StyleLabException>(() => Value(new UnevenLoss(), new(52, 44), 8, 1)).Message);
    }

    [Fact]
    public void SeveralMapsComeByName()
    {
        string[] seen = [];
        var custom = Loss.Custom("relu2_1,input,relu1_1", maps =>
        {
            seen = [.. maps.Keys];
            return (maps["relu1_1"].Mean() - maps["relu2_1"].Mean()).Square() + maps["input"].Square().Mean();
        });
        Assert.NotEqual(0, Value(custom, new(52, 44), 0, 1));
        Assert.Equal(["input", "relu1_1", "relu2_1"], seen);
        Assert.Contains("its layers are relu1_1", Assert.Throws<StyleLabException>(
            () => Value(Loss.Custom("relu1_1", maps => maps["relu2_1"].Mean()), new(52, 44), 0, 1)).Message);
    }

    [Fact]
    public void TheNetworkOfATargetIsNotRunAtEveryStep()
    {
        var constant = s_network.Features(s_style)["relu3_1"].Gram().ToArray();
        using var inGraph = Of(Loss.Custom("relu3_1", f => (f.Gram() - s_network.Features(s_style)["relu3_1"].Gram()).Square().Mean()));
        using var precomputed = Of(Loss.Custom("relu3_1", f => (f.Gram() - Tensor.Constant(constant, f.Gram().Shape)).Square().Mean()));
        Assert.Equal(At(precomputed), At(inGraph));
        Assert.Equal(precomputed.Gradients, inGraph.Gradients);
        Assert.Equal(precomputed.Measure().Select(s => s.Step), inGraph.Measure().Select(s => s.Step));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void ALossSeesTheProgressOfTheRun(double progress)
    {
        using var plain = Of(Loss.Custom("relu1_1", f => f.Square().Mean()));
        double value = At(plain);
        using var custom = Of(Loss.Custom("relu1_1", (f, p) => f.Square().Mean() * (2 - p)));
        Assert.Equal((2 - progress) * value, At(custom, progress), 1e-4 * value);
        using var annealed = Of(3 * (Annealing.Cosine(2, 1) * Loss.Custom("relu1_1", f => f.Square().Mean())));
        Assert.Equal(3 * (1.5 + 0.5 * Math.Cos(Math.PI * progress)) * value, At(annealed, progress), 1e-4 * value);
        using var own = Of(new PulsingLoss());
        Assert.Equal(progress < 0.5 ? value : 0, At(own, progress), 1e-4 * value);
        Assert.True(own.IsChanging && annealed.IsChanging && custom.IsChanging && !plain.IsChanging);
    }

    [Fact]
    public async Task ALossThatGrowsByDesignIsNotTakenBack()
    {
        var objective = Annealing.Exponential(1e-4, 10) * Loss.Content(s_content, "relu1_1");
        var result = await s_network.Synthesize(objective, Start.Noise(1), Optimizer.Adam(12, 0.001), sizes: [52]);
        Assert.True(result.LossesAtEnd!.Value > 100 * result.LossesAtStart!.Value);
        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("taken back"));
    }

    [Fact]
    public async Task ALossAsATypeIsPartOfAnObjectiveLikeAnyOther()
    {
        var run = s_network.Synthesize(0.5 * new BrightnessLoss(s_content, 2) + Loss.TotalVariation(), Start.Noise(1), Optimizer.Lbfgs(6), sizes: [26, 52]);
        var result = await run;
        Assert.Equal((52, 44), (result.Picture.Width, result.Picture.Height));
        Assert.Equal(["BrightnessLoss", "total variation"], result.LossesAtEnd!.Parts.Select(p => p.Name));
        Assert.True(result.LossesAtEnd.Find("BrightnessLoss")!.Value < result.LossesAtStart!.Find("BrightnessLoss")!.Value);
        Assert.Contains("relu9_9", Assert.Throws<StyleLabException>(() => s_network.Synthesize(new BrightnessLoss(s_content, 1) { Layer = "relu9_9" })).Message);
    }

    [Fact]
    public async Task CodeIsNamedInARecipeAndGivenAgain()
    {
        string file = Path.Combine(_folder, "content.png");
        s_content.Save(file);
        Loss Objective(double strength) => new BrightnessLoss(s_content, strength) * 2 + Loss.Content(Picture.Load(file)) + Loss.Custom("relu1_1", f => f.Mean(), "mine");
        var result = await s_network.Synthesize(Objective(3), Start.Noise(4), Optimizer.Adam(4), sizes: [26, 52]);
        string json = result.Picture.Text[Recipe.TextKeyword];

        string refusal = Assert.Throws<StyleLabException>(() => Recipe.FromJson(json)).Message;
        Assert.Contains("a loss written as code, sum(weighted(custom BrightnessLoss), content, custom mine)", refusal);
        Assert.Contains("objective: …", refusal);
        Assert.Contains("Strength = 3", json);
        var again = await Recipe.FromJson(json, objective: Objective(3)).Synthesize();
        Assert.Equal(result.Picture.Values, again.Picture.Values);
        Assert.Equal(json, again.Recipe.ToJson());
        Assert.Contains("is content, that of the recipe sum(",
            Assert.Throws<StyleLabException>(() => Recipe.FromJson(json, objective: Loss.Content(s_content))).Message);
        Assert.Equal(result.Picture.Values, (await Recipe.Of(result.Picture, objective: Objective(3)).Synthesize()).Picture.Values);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public async Task AnInterruptedRunWithChangingCodeGoesOnAsIfItHadNotBeen(int steps)
    {
        Loss Objective() => new PulsingLoss() + Annealing.Linear(1, 0.2) * Loss.Content(s_content) + Loss.Custom("relu1_1", (f, p) => (f * p).Mean());
        StyleLab.Synthesis Run() => s_network.Synthesize(Objective(), Start.Noise(1), Optimizer.Adam(12, annealing: Annealing.Cosine()), sizes: [26, 52]);
        var whole = await Run();
        var run = Run();
        await foreach (var step in run)
            if (step.Index == steps)
                break;
        var part = await run;
        string file = Path.Combine(_folder, "run.safetensors");
        part.Save(file);
        Assert.Contains("written as code", Assert.Throws<StyleLabException>(() => SynthesisResult.Load(file)).Message);
        foreach (var from in new[] { part, SynthesisResult.Load(file, objective: Objective()) })
        {
            var continued = await from.Continue();
            Assert.Equal(whole.Picture.Values, continued.Picture.Values);
            Assert.Equal(whole.History.Select(h => h.Value), continued.History.Select(h => h.Value));
        }
    }

    [Fact]
    public async Task StepsThatAreAddedComeAfterTheEndOfWhatIsAnnealed()
    {
        var objective = Annealing.Linear(1, 0.5) * Loss.Content(s_content, "relu1_1");
        var run = s_network.Synthesize(objective, Start.Noise(1), Optimizer.Adam(4), sizes: [52]);
        var longer = await (await run).Continue(3);
        Assert.Equal(4, longer.Recipe.AnnealingSteps);
        var again = await longer.Recipe.Synthesize();
        Assert.Equal(longer.Picture.Values, again.Picture.Values);
        Assert.Null((await s_network.Synthesize(Loss.Content(s_content), Start.Noise(1), Optimizer.Adam(2), sizes: [52])).Recipe.AnnealingSteps);
    }

    [Fact]
    public async Task SweepsTakeCodeAndDoNotKeepIt()
    {
        var run = s_network.Synthesize(new BrightnessLoss(s_content, 1), Start.Noise(1), Optimizer.Adam(2), sizes: [26]);
        var sweep = await Sweep.Of(run).Over("strength", [1.0, 2.0], (recipe, strength) => recipe with { Objective = new BrightnessLoss(s_content, strength) })
            .Run(_folder);
        Assert.Equal(2, sweep.Count);
        Assert.Empty(Directory.GetFiles(_folder, "*.safetensors"));
    }

    private static double Value(Loss loss, PictureSize size, int margin, double scale, bool tileable = false)
    {
        using var evaluation = new Evaluation(s_network, loss, size, margin, scale, Engine.Default, tileable);
        var picture = Golden.Picture("picture").Resize(size.Width, size.Height);
        evaluation.At((tileable ? picture : picture.WithMargin(margin)).Values, default);
        return evaluation.Losses.Value;
    }

    private static double At(Evaluation evaluation, double progress = 0)
    {
        evaluation.At(s_content.Values, default, progress);
        return evaluation.Losses.Value;
    }

    private static Evaluation Of(Loss loss) => new(s_network, loss, new(52, 44), 0, 1, Engine.Default);

    /// <summary>A tensor will do as the term, and takes the name of the type.</summary>
    public record BrightnessLoss(Picture Picture, double Strength) : Loss
    {
        public string Layer { get; init; } = "relu1_1";

        protected internal override IEnumerable<Picture> ContentPictures => [Picture];

        protected internal override IEnumerable<LayerPick> LayerPicks => [Layer];

        public override LossTerm Build(LossContext context) =>
            (context.Maps[Layer].ChannelMean() - context.ContentMaps(Picture)[Layer].ChannelMean()).Square().Mean() * (float)Strength;
    }

    private sealed record PulsingLoss : Loss
    {
        public override LossTerm Build(LossContext context) =>
            LossTerm.Leaf("pulse", context.Maps["relu1_1"].Square().Mean() * context.Schedule(p => p < 0.5 ? 1 : 0));
    }

    private sealed record UnevenLoss : Loss
    {
        public override LossTerm Build(LossContext context) => (context.Maps["relu1_1"] - context.Maps["relu2_1"]).Mean();
    }
}
