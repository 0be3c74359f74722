using System.Reflection;
using System.Runtime.CompilerServices;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Plans;
using StyleLab.Tensors.Tests;

namespace StyleLab.Extensions.Tests;

/// <summary>Another engine lives in another assembly and computes the same.</summary>
public class NaiveEngineTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");

    public static TheoryData<string> Operations => [.. OperationCases.All.Select(testCase => testCase.Name)];

    [Fact]
    public void NothingInternalIsSeenHere()
    {
        string own = typeof(NaiveEngineTests).Assembly.GetName().Name!;
        foreach (var assembly in new[] { typeof(Tensor).Assembly, typeof(WeightsFile).Assembly, typeof(Picture).Assembly })
            Assert.DoesNotContain(assembly.GetCustomAttributes<InternalsVisibleToAttribute>(), friend => friend.AssemblyName == own);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void EachOperationAndItsGradientIsThatOfTheReference(string name)
    {
        var testCase = OperationCases.All.Single(testCase => testCase.Name == name);
        var difference = DifferenceFromReference.Of(testCase, new NaiveEngine());
        Assert.True(difference.IsSmall, $"{name}: {difference}");
    }

    [Theory]
    [InlineData(26, 20, "average")]
    [InlineData(21, 27, "max")]
    public async Task ASynthesisAgreesWithTheDefaultEngine(int width, int height, string pooling)
    {
        var network = s_network.WithPooling(pooling == "max" ? Pooling.Max : Pooling.Average);
        Picture photo = Painted(width, height, 0.4), painting = Painted(25, 23, 1.7);
        var objective = 0.2 * Loss.Content(photo) + Loss.Style(painting) + 0.5 * Loss.TotalVariation() + 10 * Loss.Range();
        var engine = new NaiveEngine();

        var naive = await network.Synthesize(objective, Start.Content(), Optimizer.Lbfgs(5), sizes: [Math.Max(width, height)], margin: 4, engine: engine);
        var usual = await network.Synthesize(objective, Start.Content(), Optimizer.Lbfgs(5), sizes: [Math.Max(width, height)], margin: 4, engine: Engine.Simd);

        Assert.Equal("naive", naive.Recipe.Engine);
        Assert.Equal(usual.Evaluations, naive.Evaluations);
        Assert.True(naive.LossesAtEnd!.Value < 0.8 * naive.LossesAtStart!.Value);
        Assert.All(naive.History.Zip(usual.History), pair => Assert.Equal(1, pair.First.Value / pair.Second.Value, 1e-5));
        Assert.InRange(LargestDifference(naive.Picture, usual.Picture), 0, 1e-5f);
        Assert.Equal(0, engine.Blocks);
    }

    [Fact]
    public void APlanGivesAnEngineTheSameStoragesInEveryRunAndItsMemoryBack()
    {
        var engine = new NaiveEngine();
        var x = Tensor.Variable(new(1, 2, 3, 4));
        using (var plan = Plan.Compile([(x * 2).Exp().Sum()], engine))
        {
            plan.Write(x, new float[24]);
            plan.Run(TestContext.Current.CancellationToken);
            plan.Run(TestContext.Current.CancellationToken);
            Assert.Equal(1, engine.Blocks);
        }
        Assert.Equal(0, engine.Blocks);

        var storage = new Storage(7, 1024, new(1, 2, 3, 4), Layout.Planar);
        Assert.Equal((7, 1024L, true), ((int)storage.Memory, storage.Offset, storage.Exists));
        Assert.Equal(storage, new Storage(7, 1024, new(1, 2, 3, 4), Layout.Planar));
        Assert.NotEqual(storage, new Storage(8, 1024, new(1, 2, 3, 4), Layout.Planar));
        Assert.False(default(Storage).Exists);
    }

    [Fact]
    public void AnEngineSaysItselfThatItHasNoMemoryLeft()
    {
        var x = Tensor.Variable(new(1, 2, 3, 4));
        var error = Assert.Throws<InsufficientMemoryException>(() => Plan.RequireMemoryFor([x.Square()], new NaiveEngine { MemoryLeft = 23 * sizeof(float) }));
        Assert.Equal("Nothing left.", error.Message);
    }

    [Fact]
    public void AnEngineThatIsLetGoIsNotKeptByTheWeightsItPacked()
    {
        float[] weights = new float[2 * 3 * 3 * 3];
        var engine = Used(weights);
        for (int i = 0; i < 10 && engine.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(engine.IsAlive);
        GC.KeepAlive(weights);
    }

    // Apart, so that nothing on the test's own stack holds the engine.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Used(float[] weights)
    {
        var engine = new NaiveEngine();
        var x = Tensor.Variable(new(1, 3, 4, 4));
        using var plan = Plan.Compile([x.Convolution(Tensor.Constant(weights, new(2, 3, 3, 3)), Tensor.Constant(new float[2], new(1, 2, 1, 1)), Padding.Zero)], engine);
        plan.Run();
        return new(engine);
    }

    private static float LargestDifference(Picture a, Picture b) => a.Values.Zip(b.Values, (x, y) => Math.Abs(x - y)).Max();

    /// <summary>A picture of waves.</summary>
    private static Picture Painted(int width, int height, double phase) => new(width, height, [.. from c in Enumerable.Range(0, 3)
        from y in Enumerable.Range(0, height)
        from x in Enumerable.Range(0, width)
        select (float)(0.5 + 0.4 * Math.Sin(0.3 * x + phase * (c + 1)) * Math.Cos(0.2 * y * phase + c))]);
}
