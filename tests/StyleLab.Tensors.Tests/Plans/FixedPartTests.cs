using System.Globalization;
using System.Text.RegularExpressions;
using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Engines.Reference;
using StyleLab.Tensors.Engines.Simd;
using StyleLab.Tensors.Gradients;
using StyleLab.Tensors.Plans;

namespace StyleLab.Tensors.Tests.Plans;

/// <summary>What depends on no variable is computed once, and nothing else changes by that.</summary>
public class FixedPartTests
{
    public static TheoryData<string, bool> Engines
    {
        get
        {
            var data = new TheoryData<string, bool> { { "reference", true }, { "reference", false } };
            foreach (var algorithm in ConvolutionAlgorithm.Available())
                foreach (bool reuseMemory in new[] { true, false })
                    data.Add(algorithm.Name, reuseMemory);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void ATargetInTheGraphGivesTheBitsOfAConstantInEveryRun(string name, bool reuseMemory)
    {
        var engine = name == "reference" ? Engine.Reference : new SimdEngine(ConvolutionAlgorithm.Available().Single(r => r.Name == name));
        var x = Tensor.Variable(new(1, 3, 24, 20));
        var (gram, map) = (Grams(RandomTensor.Constant(new(1, 3, 40, 34), 5)), Map(RandomTensor.Constant(x.Shape, 6)));
        var inGraph = Loss(x, gram, map);
        var precomputed = Loss(x, Tensor.Constant(gram.ToArray(engine), gram.Shape), Tensor.Constant(map.ToArray(engine), map.Shape));
        using var folded = Plan.Compile([inGraph, Gradient.Of(inGraph, x)[0], map], engine, reuseMemory);
        using var constant = Plan.Compile([precomputed, Gradient.Of(precomputed, x)[0]], engine, reuseMemory);
        foreach (int seed in new[] { 1, 2, 3 })
        {
            var values = RandomTensor.Values(x.Shape, seed);
            folded.Write(x, values);
            constant.Write(x, values);
            folded.Run(TestContext.Current.CancellationToken);
            constant.Run(TestContext.Current.CancellationToken);
            Assert.Equal(constant.Read(precomputed), folded.Read(inGraph));
            Assert.Equal(map.ToArray(engine), folded.Read(map));
        }
        Assert.NotEqual(0, folded.Read(inGraph)[0]);
        Assert.Equal(StepsOf(constant), StepsOf(folded));
    }

    [Fact]
    public void AnEvaluationHasNoStepOfTheFixedPart()
    {
        var x = Tensor.Variable(new(1, 3, 24, 20));
        var loss = Loss(x, Grams(RandomTensor.Constant(new(1, 3, 400, 340), 5)), Map(RandomTensor.Constant(x.Shape, 6)));
        using var plan = Plan.Compile([loss, Gradient.Of(loss, x)[0]], Engine.Simd);
        Assert.DoesNotContain("400×340", plan.Describe());
        Assert.Contains("more in the first run only", plan.Describe());
        Assert.DoesNotContain(plan.Measure(), step => step.Step.Contains("400×340"));
        Assert.Contains("0 steps on", Plan.Compile([x, Map(RandomTensor.Constant(x.Shape, 6))]).Describe());
    }

    [Fact]
    public void OnlyWhatTheRestReadsStaysInMemory()
    {
        var x = Tensor.Variable(new(1, 3, 64, 64));
        var target = Grams(RandomTensor.Constant(new(1, 3, 60, 60), 5));
        double folded = Megabytes(Loss(x, target, Map(RandomTensor.Constant(x.Shape, 6))));
        double constant = Megabytes(Loss(x, Tensor.Constant(target.ToArray(), target.Shape), Tensor.Constant(new float[32 * 64 * 64], new(1, 32, 64, 64))));
        Assert.InRange(folded, constant, constant + 0.3);

        double Megabytes(Tensor loss)
        {
            using var plan = Plan.Compile([loss, Gradient.Of(loss, x)[0]], Engine.Simd);
            return double.Parse(Regex.Match(plan.Describe(), @"([\d.]+) MB in use").Groups[1].Value, CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public void AValueThatIsRepeatedIsNotKeptAtFullSize()
    {
        var x = Tensor.Variable(new(1, 16, 200, 200));
        var loss = x.Relu().Sum();
        string description = Plan.Compile([loss, Gradient.Of(loss, x)[0]], Engine.Simd).Describe();
        Assert.Contains("Broadcast", description);
    }

    [Fact]
    public void ARunThatIsCancelledWithinTheFixedPartBeginsItAgain()
    {
        using var cancelled = new CancellationTokenSource();
        var engine = new CancellingEngine(cancelled);
        var x = Tensor.Variable(new(1, 3, 8, 8));
        var loss = Loss(x, Grams(RandomTensor.Constant(new(1, 3, 12, 9), 5)), Map(RandomTensor.Constant(x.Shape, 6)));
        using var plan = Plan.Compile([loss], engine);
        plan.Write(x, RandomTensor.Values(x.Shape, 1));
        Assert.Throws<OperationCanceledException>(() => plan.Run(cancelled.Token));
        Assert.True(cancelled.IsCancellationRequested);
        plan.Run(TestContext.Current.CancellationToken);

        using var other = Plan.Compile([loss], Engine.Reference);
        other.Write(x, RandomTensor.Values(x.Shape, 1));
        other.Run(TestContext.Current.CancellationToken);
        Assert.Equal(other.Read(loss), plan.Read(loss));
    }

    private sealed class CancellingEngine(CancellationTokenSource source) : ReferenceEngine
    {
        public override void Gram(Storage x, Storage y)
        {
            base.Gram(x, y);
            source.Cancel();
        }
    }

    private static Tensor Loss(Tensor x, Tensor gram, Tensor map) =>
        (Grams(x) - gram).Square().Mean() + (Map(x) - map).Square().Mean() * (gram.Square().Mean() + 2);

    private static Tensor Grams(Tensor x) => Map(x).Gram() / x.Shape.Area;

    private static Tensor Map(Tensor x) => Layer(Layer(x, 16, 1).AveragePool().Resize(x.Shape.Height, x.Shape.Width), 32, 2);

    private static Tensor Layer(Tensor x, int outputs, int seed) => x.Convolution(
        RandomTensor.Constant(new(outputs, x.Shape.Channels, 3, 3), seed), RandomTensor.Constant(new(1, outputs, 1, 1), seed + 10), Padding.Reflect).Relu();

    private static string StepsOf(Plan plan) => Regex.Match(plan.Describe(), @"\d+ steps on").Value;
}
