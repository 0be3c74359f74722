using StyleLab.Optimizers;
using StyleLab.Tensors.Vectors;

namespace StyleLab.Tests.Optimizers;

/// <summary>Optimizers that users write, and learning rates that change.</summary>
public sealed class OwnOptimizerTests : IDisposable
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_content = Golden.Picture("content").Resize(52, 44);

    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-own").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Optimizers => ["momentum", "momentum across sizes", "inner lbfgs", "inner adam", "averaged"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public async Task AnInterruptedRunGoesOnAsIfItHadNotBeen(string name)
    {
        var whole = await Run(Of(name));
        Assert.True(whole.LossesAtEnd!.Value < whole.LossesAtStart!.Value);
        foreach (int steps in new[] { 3, 9 })
        {
            var run = Run(Of(name));
            await foreach (var step in run)
                if (step.Index == steps)
                    break;
            var part = await run;
            string file = Path.Combine(_folder, "run.safetensors");
            part.Save(file);
            Assert.Contains("an optimizer written as code", Assert.Throws<StyleLabException>(() => SynthesisResult.Load(file)).Message);
            foreach (var from in new[] { part, SynthesisResult.Load(file, optimizer: Of(name)) })
                Assert.Equal(whole.Picture.Values, (await from.Continue()).Picture.Values);
        }
    }

    [Fact]
    public async Task AnOptimizerThatCallsAnotherOneTakesItsSteps()
    {
        Assert.Equal((await Run(Optimizer.Lbfgs(14))).Picture.Values, (await Run(new Through(14, Optimizer.Lbfgs(14)))).Picture.Values);
        Assert.Equal((await Run(Optimizer.Adam(14, averaging: 0.9))).Picture.Values, (await Run(new Through(14, Optimizer.Adam(14, averaging: 0.9)))).Picture.Values);
    }

    [Fact]
    public void VectorsAreEnlargedAsWhatTheyAre()
    {
        var enlargement = new Enlargement(new(12, 8), new(24, 16), Border: 4);
        var optimizer = new Kinds(1);
        var state = optimizer.Begin(3 * 20 * 16);
        state.Step(new float[3 * 20 * 16], 1, new float[3 * 20 * 16]);
        var memory = optimizer.Enlarge(state.Remember(), enlargement);
        Assert.All(memory.Vectors["values"], v => Assert.Equal(0.5f, v, 1e-6f));
        Assert.All(memory.Vectors["gradients"], v => Assert.Equal(0.125f, v, 1e-6f));
        Assert.All(memory.Vectors["squares"], v => Assert.Equal(0.5f / 16, v, 1e-6f));
        Assert.Equal(7, memory.Numbers["count"]);
        optimizer.Begin(enlargement.Length, memory).Step(new float[enlargement.Length], 1, new float[enlargement.Length]);
    }

    [Fact]
    public async Task CodeIsNamedInARecipeAndGivenAgain()
    {
        var result = await s_network.Synthesize(Loss.Content(Saved()), Start.Noise(1), new Momentum(6, 0.02), sizes: [52]);
        string json = result.Recipe.ToJson();
        Assert.Contains("an optimizer written as code, custom Momentum", Assert.Throws<StyleLabException>(() => Recipe.FromJson(json)).Message);
        var again = await Recipe.FromJson(json, optimizer: new Momentum(6, 0.02)).Synthesize();
        Assert.Equal(result.Picture.Values, again.Picture.Values);
        Assert.Contains("is adam, that of the recipe custom Momentum",
            Assert.Throws<StyleLabException>(() => Recipe.FromJson(json, optimizer: Optimizer.Adam())).Message);
        var experiment = await Experiments.StyleTransfer(s_network, s_content.Resize(32, 32), [s_content], optimizer: new Momentum(2));
        Assert.Equal(2, experiment.History.Count);
    }

    [Theory]
    [InlineData("linear", 0.25, 1.75)]
    [InlineData("cosine", 0.5, 1.5)]
    [InlineData("cosine", 0.0, 2.0)]
    [InlineData("exponential", 0.5, 1.4142135623731)]
    [InlineData("steps", 0.49, 1.0)]
    [InlineData("steps", 0.5, 0.1)]
    [InlineData("steps", 0.9, 0.01)]
    public void AnnealingIsWhatItsNameSays(string kind, double progress, double expected)
    {
        Annealing annealing = kind switch
        {
            "linear" => Annealing.Linear(2, 1),
            "cosine" => Annealing.Cosine(2, 1),
            "exponential" => Annealing.Exponential(2, 1),
            _ => Annealing.Steps(0.1, 0.5, 0.75),
        };
        Assert.Equal(expected, annealing.At(progress), 1e-9);
    }

    [Fact]
    public async Task TheLearningRateOfEveryOptimizerIsAnnealed()
    {
        foreach (var optimizer in new[] { Optimizer.Adam(8, 0.02), Optimizer.Lbfgs(8), new Momentum(8) })
        {
            var plain = await Run(optimizer);
            Assert.Equal(plain.Picture.Values, (await Run(optimizer with { Annealing = Annealing.Linear(1, 1) })).Picture.Values);
            var annealed = await Run(optimizer with { Annealing = Annealing.Cosine(1, 0.1) });
            Assert.NotEqual(plain.Picture.Values, annealed.Picture.Values);
            Assert.Equal(plain.History[0].Value, annealed.History[0].Value);
        }
        float[] x = [0, 0];
        Optimizer.Adam(1, 0.1, annealing: Annealing.Steps(0.5, 0.3)).Begin(2).Step(x, 1, [5, -0.001f], progress: 0.4);
        Assert.Equal([-0.05f, 0.05f], x.Select(v => MathF.Round(v, 3)));
    }

    [Fact]
    public async Task AnnealingIsPartOfTheRecipeAsData()
    {
        var objective = Annealing.Steps(0.5, 0.25, 0.5) * Loss.Content(Saved()) + Loss.TotalVariation() * Annealing.Exponential(1, 0.5);
        foreach (var annealing in new[] { Annealing.Linear(0, 1), Annealing.Cosine(), Annealing.Exponential(), Annealing.Steps(0.3, 0.5, 0.75) })
        {
            var result = await s_network.Synthesize(objective, Start.Noise(1), Optimizer.Adam(4, annealing: annealing), sizes: [26, 52]);
            var again = await Recipe.FromJson(result.Recipe.ToJson()).Synthesize();
            Assert.Equal(result.Picture.Values, again.Picture.Values);
            Assert.Equal(result.Recipe.ToJson(), again.Recipe.ToJson());
        }
        Assert.DoesNotContain("annealing", s_network.Synthesize(Loss.Content(s_content)).Recipe.ToJson());
    }

    [Fact]
    public void MistakesAreNamed()
    {
        Assert.Contains("0 or more, got -1", Assert.Throws<ArgumentException>(() => Annealing.Linear(1, -1)).Message);
        Assert.Contains("above 0, got 0", Assert.Throws<ArgumentException>(() => Annealing.Exponential(1, 0)).Message);
        Assert.Contains("lie between 0 and 1", Assert.Throws<ArgumentException>(() => Annealing.Steps(0.1, 0.7, 0.5)).Message);
        Assert.Contains("lie between 0 and 1", Assert.Throws<ArgumentException>(() => Annealing.Steps(0.1, 100)).Message);
    }

    private Picture Saved()
    {
        string file = Path.Combine(_folder, "content.png");
        s_content.Save(file);
        return Picture.Load(file);
    }

    private static StyleLab.Synthesis Run(Optimizer optimizer) =>
        s_network.Synthesize(Loss.Content(s_content, "relu1_1,relu2_1") + Loss.TotalVariation(), Start.Noise(3), optimizer, sizes: [26, 52]);

    private static Optimizer Of(string name) => name switch
    {
        "momentum" => new Momentum(14),
        "momentum across sizes" => new Momentum(14) { AcrossSizes = true, Annealing = Annealing.Cosine() },
        "inner lbfgs" => new Through(14, Optimizer.Lbfgs(14)),
        "inner adam" => new Through(14, Optimizer.Adam(14)) { AcrossSizes = true },
        _ => new Through(14, Optimizer.Adam(14, averaging: 0.8)),
    };

    private sealed record Momentum(int Steps, double LearningRate = 0.01) : Optimizer(Steps)
    {
        public override bool Step(OptimizerStep step)
        {
            var velocity = step.State.Vector("velocity", VectorKind.Gradients);
            VectorMath.Scale(velocity, 0.8f);
            VectorMath.AddScaled(velocity, 1 / VectorMath.AbsoluteMax(step.Gradient), step.Gradient);
            VectorMath.AddScaled(step.Values, (float)-Annealed(LearningRate, step), velocity);
            return true;
        }
    }

    private sealed record Through(int Steps, Optimizer Other) : Optimizer(Steps)
    {
        public override bool Step(OptimizerStep step)
        {
            step.State["calls"]++;
            return Other.Step(step);
        }
    }

    private sealed record Kinds(int Steps) : Optimizer(Steps)
    {
        public override bool Step(OptimizerStep step)
        {
            if (step.State["count"] == 0)
                foreach (var vector in new[] { step.State.Vector("values"), step.State.Vector("gradients", VectorKind.Gradients), step.State.Vector("squares", VectorKind.Squares) })
                    Array.Fill(vector, 0.5f);
            step.State["count"] = 7;
            return true;
        }
    }
}
