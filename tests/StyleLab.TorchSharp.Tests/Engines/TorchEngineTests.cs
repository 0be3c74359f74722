using StyleLab.Tensors;
using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Gradients;
using StyleLab.Tensors.Plans;
using StyleLab.Tensors.Tests;
using TorchSharp;
using Padding = StyleLab.Tensors.Padding;

namespace StyleLab.TorchSharp.Tests.Engines;

public class TorchEngineTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");

    public static TheoryData<string> Operations => [.. OperationCases.All.Select(testCase => testCase.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void EachOperationAndItsGradientIsThatOfTheReference(string name)
    {
        var difference = DifferenceFromReference.Of(OperationCases.All.Single(testCase => testCase.Name == name), Engine.Torch());
        Assert.True(difference.IsSmall, $"{name}: {difference}");
    }

    /// <summary>As large as real maps, which torch computes in other ways than small ones.</summary>
    [Theory]
    // In the deepest layers of random weights little is left of large sums, and rounding shows.
    [InlineData("vgg19-random:1", 96, 2e-5)]
    [InlineData("squeezenet1_1-random:1", 120, 1e-5)]
    [InlineData("vgg19-slim", 128, 1e-5)]
    public void FeaturesAndGradientsOfEveryLayerAreThoseOfTheDefaultEngine(string name, int size, double most)
    {
        var network = LossNetwork.Load(name);
        var x = Tensor.Variable(new(1, 3, size, size + 8));
        var maps = new FeatureMaps(network, x);
        var layers = network.Architecture.Layers.Select(layer => maps[layer.Name]).ToList();
        var gradients = layers.Where((_, i) => i % 5 == 4).Append(layers[^1]).Select(layer => Gradient.Of(layer.Square().Sum(), x)[0]).ToList();
        Tensor[] outputs = [.. layers, .. gradients];
        float[] picture = Painted.Picture(size + 8, size, 0.7).Values;
        var expected = Evaluate(Engine.Simd);
        var actual = Evaluate(Engine.Torch());
        for (int i = 0; i < outputs.Length; i++)
            Assert.True(RandomTensor.RelativeL2(actual[i], expected[i]) <= most, $"{i}: {RandomTensor.RelativeL2(actual[i], expected[i])}");

        List<float[]> Evaluate(IEngine engine)
        {
            using var plan = Plan.Compile(outputs, engine);
            plan.Write(x, picture);
            plan.Run(TestContext.Current.CancellationToken);
            return [.. outputs.Select(plan.Read)];
        }
    }

    [Fact]
    public void WhatIsNoNumberStaysNone()
    {
        var x = Tensor.Constant([float.NaN, 1, -1, float.PositiveInfinity], new(1, 1, 2, 2));
        foreach (var y in new[] { x.Max(0), x.Min(2), x.Max(), x.Sum(), x.Clamp(0, 1), x * 2, x.Relu() })
            Assert.Equal(y.ToArray(Engine.Reference), y.ToArray(Engine.Torch()));
    }

    [Fact]
    public void WhatAReluStopsDoesNotComeBackWhateverItIs()
    {
        // √ has an infinite slope at 0, where the ReLU let nothing through.
        var x = Tensor.Variable(new(1, 1, 1, 2));
        var gradient = Gradient.Of(x.Relu().Sqrt().Sum(), x)[0];
        using var plan = Plan.Compile([gradient], Engine.Torch());
        plan.Write(x, [-1, 4]);
        plan.Run(TestContext.Current.CancellationToken);
        Assert.Equal([0, 0.25f], plan.Read(gradient));
    }

    [Theory]
    [InlineData(26, 20, Pooling.Average, Padding.Reflect)]
    [InlineData(21, 27, Pooling.Max, Padding.Zero)]
    public async Task ASynthesisAgreesWithTheDefaultEngine(int width, int height, Pooling pooling, Padding padding)
    {
        var network = s_network.WithPooling(pooling).WithPadding(padding);
        Picture photo = Painted.Picture(width, height, 0.4), painting = Painted.Picture(25, 23, 1.7);
        var objective = 0.2 * Loss.Content(photo) + Loss.Style(painting) + 0.5 * Loss.TotalVariation() + 10 * Loss.Range();

        var torch = await network.Synthesize(objective, Start.Content(), Optimizer.Lbfgs(5), sizes: [Math.Max(width, height)], margin: 4, engine: Engine.Torch());
        var usual = await network.Synthesize(objective, Start.Content(), Optimizer.Lbfgs(5), sizes: [Math.Max(width, height)], margin: 4, engine: Engine.Simd);

        Assert.Matches(@"^torch:cpu by libtorch 2\.10\.0 with \d+ threads?$", torch.Recipe.Engine);
        Assert.True(torch.LossesAtEnd!.Value < 0.8 * torch.LossesAtStart!.Value);
        Assert.All(torch.History.Zip(usual.History), pair => Assert.Equal(1, pair.First.Value / pair.Second.Value, 1e-5));
        Assert.InRange(torch.Picture.Values.Zip(usual.Picture.Values, (a, b) => Math.Abs(a - b)).Max(), 0, 2e-5f);
    }

    [Fact]
    public async Task TheSameNumberOfThreadsGivesTheSameBitsAndARecipeNamesIt()
    {
        var photo = Painted.Picture(40, 32, 0.4);
        var first = await Run(Engine.Torch(threads: 1));
        Assert.EndsWith("with 1 thread", first.Recipe.Engine);
        // Another number in between, and somebody who changes it.
        await Run(Engine.Torch(threads: 2));
        TorchThreads(3);
        var again = await Run(Engine.Named(first.Recipe.Engine));
        Assert.Equal(first.Picture.Values, again.Picture.Values);
        Assert.Equal(first.Recipe.Engine, again.Recipe.Engine);

        Task<SynthesisResult> Run(IEngine engine) => s_network.Synthesize(
            Loss.Content(photo) + Loss.Style(photo.Resize(36, 36)), Start.Noise(3), Optimizer.Lbfgs(4), sizes: [40], engine: engine).RunAsync(TestContext.Current.CancellationToken);

        static void TorchThreads(int count) => torch.set_num_threads(count);
    }

    [Fact]
    public void AnEvaluationAllocatesNothingThatGrows()
    {
        var (plan, x, values) = Prepared();
        using (plan)
        {
            for (int i = 0; i < 3; i++)
                Evaluate();
            long live = Live();
            for (int i = 0; i < 20; i++)
                Evaluate();
            Assert.Equal(live, Live());

            void Evaluate()
            {
                plan.Write(x, values);
                plan.Run(TestContext.Current.CancellationToken);
            }
        }

        static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
    }

    [Fact(Explicit = true)]
    public void TheProcessDoesNotGrowInAThousandEvaluations()
    {
        var (plan, x, values) = Prepared();
        using (plan)
        {
            Evaluate(100);
            long before = Environment.WorkingSet;
            Evaluate(1000);
            Assert.InRange(Environment.WorkingSet - before, long.MinValue, 20_000_000);

            void Evaluate(int times)
            {
                for (int i = 0; i < times; i++)
                {
                    plan.Write(x, values);
                    plan.Run(TestContext.Current.CancellationToken);
                }
            }
        }
    }

    [Theory]
    [InlineData("gpu", "There is no device 'gpu' of torch; use cpu, cuda, cuda:1 or mps.")]
    [InlineData("cuda:x", "There is no device 'cuda:x' of torch")]
    [InlineData("cuda:0\n", "There is no device")]
    public void WrongDevicesAreNamed(string device, string expected) =>
        Assert.Contains(expected, Assert.Throws<StyleLabException>(() => Engine.Torch(device)).Message);

    [Fact]
    public void AGpuThatIsNotThereIsSaidInOneSentence()
    {
        Assert.SkipWhen(torch.cuda.is_available(), "there is one");
        string message = Assert.Throws<StyleLabException>(() => Engine.Torch("cuda")).Message;
        Assert.StartsWith("The device 'cuda' needs an NVIDIA GPU and libtorch 2.10.0 for CUDA", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void EnginesAreKnownByName()
    {
        Assert.Same(Engine.Torch(), Engine.Named("torch"));
        Assert.Same(Engine.Torch(), Engine.Named("torch:cpu"));
        Assert.Same(Engine.Torch(threads: 7), Engine.Named("torch:cpu by libtorch 2.10.0 with 7 threads"));
        Assert.Same(Engine.Simd, Engine.Named("simd"));
        Assert.Contains("There is no engine 'torchy'", Assert.Throws<StyleLabException>(() => Engine.Named("torchy")).Message);
        Assert.Contains("There is no device 'disk'", Assert.Throws<StyleLabException>(() => Engine.Named("torch:disk")).Message);
        Assert.Contains("There is no engine 'torch: x'", Assert.Throws<StyleLabException>(() => Engine.Named("torch: x")).Message);
    }

    private static (Plan Plan, Tensor Picture, float[] Values) Prepared()
    {
        var x = Tensor.Variable(new(1, 3, 40, 36));
        var maps = new FeatureMaps(s_network, x);
        var loss = maps["relu3_1"].Gram().Square().Sum() + maps["relu2_1"].Square().Mean();
        return (Plan.Compile([loss, Gradient.Of(loss, x)[0]], Engine.Torch()), x, RandomTensor.Values(x.Shape, 3, 0, 1));
    }
}
