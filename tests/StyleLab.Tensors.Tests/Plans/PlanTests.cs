using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Engines.Simd;
using StyleLab.Tensors.Operations;
using StyleLab.Tensors.Plans;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Tests.Plans;

public class PlanTests
{
    [Fact]
    public void RunsAgainWithNewValues()
    {
        var x = Tensor.Variable(new(1, 3, 2, 2));
        var sum = (x * 2 + 1).Sum();
        using var plan = Plan.Compile([sum]);
        plan.Write(x, Enumerable.Repeat(1f, 12).ToArray());
        plan.Run(TestContext.Current.CancellationToken);
        Assert.Equal([36f], plan.Read(sum));
        plan.Write(x, Enumerable.Repeat(2f, 12).ToArray());
        plan.Run(TestContext.Current.CancellationToken);
        Assert.Equal([60f], plan.Read(sum));
    }

    /// <summary>One operation of a large picture takes seconds; its parts are left undone once the token is cancelled.</summary>
    [Fact]
    public void CancellingEndsAnOperationInItsMidst()
    {
        var x = Tensor.Variable(new(1, 64, 512, 512));
        var sum = x.Convolution(RandomTensor.Constant(new(64, 64, 3, 3), 1), RandomTensor.Constant(new(1, 64, 1, 1), 2), Padding.Zero).Sum();
        using var plan = Plan.Compile([sum]);
        plan.Run(TestContext.Current.CancellationToken);
        float[] expected = plan.Read(sum);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        plan.Run(TestContext.Current.CancellationToken);
        var whole = watch.Elapsed;

        // Others use the machine as well, so a cancellation may come late: one of many tries has to be in time.
        var shortest = TimeSpan.MaxValue;
        for (int i = 0; i < 50 && shortest >= 0.7 * whole; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var canceller = new Thread(() =>
            {
                Thread.Sleep(whole / 10);
                cancellation.Cancel();
            });
            canceller.Start();
            watch.Restart();
            bool cancelled = Record.Exception(() => plan.Run(cancellation.Token)) is OperationCanceledException;
            if (cancelled && watch.Elapsed < shortest)
                shortest = watch.Elapsed;
            canceller.Join();
        }
        Assert.True(shortest < 0.7 * whole, $"{shortest} of {whole}");

        // What was left undone is done in the next run, and by others that share the threads.
        plan.Run(TestContext.Current.CancellationToken);
        Assert.Equal(expected, plan.Read(sum));
    }

    [Fact]
    public void ReusingMemoryDoesNotChangeABit()
    {
        var network = new SmallNetwork();
        Assert.Equal(Gradient(network, reuseMemory: false), Gradient(network, reuseMemory: true));
    }

    [Fact]
    public void TheNumberOfThreadsDoesNotChangeABit()
    {
        var network = new SmallNetwork();
        float[] one = Gradient(network, threads: 1);
        Assert.Equal(one, Gradient(network, threads: 2));
        Assert.Equal(one, Gradient(network, threads: 5));
    }

    [Fact]
    public void RunningAgainAllocatesNothing()
    {
        var network = new SmallNetwork();
        using var plan = Plan.Compile([network.Loss, network.Gradient], Engine.Simd);
        plan.Write(network.Picture, RandomTensor.Values(network.Picture.Shape, 1));
        plan.Run(TestContext.Current.CancellationToken);
        plan.Run(TestContext.Current.CancellationToken);
        long before = GC.GetAllocatedBytesForCurrentThread();
        plan.Run(TestContext.Current.CancellationToken);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void AConvolutionAndItsReluAreOneStep()
    {
        string description = Plan.Compile([new SmallNetwork().Loss]).Describe();
        Assert.Equal(3, description.Split("Convolution + Relu").Length - 1);
        Assert.DoesNotContain("\nRelu", description);
        Assert.Contains("MB without reuse", description);
    }

    [Fact]
    public void TheGradientNeedsNoStepsForMasksAndSumsOfItsOwn()
    {
        var network = new SmallNetwork();
        string description = Plan.Compile([network.Loss, network.Gradient]).Describe();
        Assert.DoesNotContain("PositiveMask", description);
        Assert.DoesNotContain("ReluGradient", description);
        Assert.Contains("GramGradient                     1×32×40×52, 1×1×32×32, 1×32×40×52", description);
    }

    [Fact]
    public void PoolingThatNothingElseReadsIsPartOfTheConvolution()
    {
        var network = new PooledNetwork(max: true, Padding.Reflect, 24, 24);
        string description = Plan.Compile([network.Loss, network.Gradient], Engine.Simd).Describe();
        Assert.Contains("Convolution + Relu + MaxPool", description);
        Assert.DoesNotContain("MaxPoolGradient", description);
        Assert.DoesNotContain("ReluGradient", description);
        Assert.DoesNotContain("PositiveMask", description);

        string withFullMap = Plan.Compile([network.Loss, network.Gradient, network.FullMap], Engine.Simd).Describe();
        Assert.Contains("MaxPoolGradient", withFullMap);
        Assert.DoesNotContain("Relu + MaxPool", withFullMap);
    }

    public static TheoryData<string, bool, Padding, int, int> PooledNetworks
    {
        get
        {
            var data = new TheoryData<string, bool, Padding, int, int>();
            foreach (var algorithm in ConvolutionAlgorithm.Available())
                foreach (bool max in new[] { true, false })
                    foreach (var (padding, height, width) in new[]
                        { (Padding.Zero, 24, 40), (Padding.Reflect, 26, 37), (Padding.Replicate, 31, 18), (Padding.Reflect, 9, 11) })
                        data.Add(algorithm.Name, max, padding, height, width);
            return data;
        }
    }

    /// <summary>An output that is the full map itself keeps the steps apart.</summary>
    [Theory]
    [MemberData(nameof(PooledNetworks))]
    public void FusedPoolingDoesNotChangeABit(string algorithm, bool max, Padding padding, int height, int width)
    {
        var network = new PooledNetwork(max, padding, height, width);
        var engine = new SimdEngine(ConvolutionAlgorithm.Available().Single(r => r.Name == algorithm), new WorkerPool(2));
        var (apart, apartGradient) = Values([network.Loss, network.Gradient, network.FullMap]);
        var (fused, fusedGradient) = Values([network.Loss, network.Gradient]);
        Assert.Equal(apart, fused);
        Assert.Equal(apartGradient, fusedGradient);
        Assert.Contains(fusedGradient, g => g != 0);

        (float[] Loss, float[] Gradient) Values(Tensor[] outputs)
        {
            using var plan = Plan.Compile(outputs, engine);
            plan.Write(network.Input, RandomTensor.Values(network.Input.Shape, 1));
            plan.Run();
            return (plan.Read(network.Loss), plan.Read(network.Gradient));
        }
    }

    /// <summary>The parts of an objective, each with its own gradient: they come back through one map several times.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SeveralGradientsInOnePlanAreEachRight(bool max)
    {
        var network = new PooledNetwork(max, Padding.Reflect, 26, 37);
        var gradients = network.Parts.Select(part => Tensors.Gradients.Gradient.Of(part, network.Input)[0]).ToArray();
        using var together = Plan.Compile(gradients, Engine.Simd);
        together.Write(network.Input, RandomTensor.Values(network.Input.Shape, 1));
        together.Run(TestContext.Current.CancellationToken);
        foreach (var gradient in gradients)
        {
            using var alone = Plan.Compile([gradient], Engine.Reference);
            alone.Write(network.Input, RandomTensor.Values(network.Input.Shape, 1));
            alone.Run(TestContext.Current.CancellationToken);
            float[] expected = alone.Read(gradient), actual = together.Read(gradient);
            double size = Math.Sqrt(expected.Average(v => (double)v * v));
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * size + 1e-4 * Math.Abs(pair.First)));
        }
    }

    /// <summary>Two convolutions with pooling in between that nothing else reads.</summary>
    private sealed class PooledNetwork
    {
        public PooledNetwork(bool max, Padding padding, int height, int width)
        {
            Input = Tensor.Variable(new(2, 32, height, width));
            FullMap = Layer(Input, 48, 1);
            var pooled = max ? FullMap.MaxPool() : FullMap.AveragePool();
            Parts = [Layer(pooled, 16, 2).Square().Mean(), pooled.Gram().Mean()];
            Loss = Parts[0] + Parts[1];
            Gradient = Tensors.Gradients.Gradient.Of(Loss, Input)[0];

            Tensor Layer(Tensor x, int outputs, int seed) => x.Convolution(
                RandomTensor.Constant(new(outputs, x.Shape.Channels, 3, 3), seed),
                RandomTensor.Constant(new(1, outputs, 1, 1), seed + 10), padding).Relu();
        }

        public Tensor Input { get; }
        public Tensor FullMap { get; }
        public IReadOnlyList<Tensor> Parts { get; }
        public Tensor Loss { get; }
        public Tensor Gradient { get; }
    }

    [Fact]
    public void AReluThatFollowsASumHasAMaskToo()
    {
        var x = RandomTensor.Constant(new(1, 16, 9, 7), 1);
        var weights = RandomTensor.Constant(new(32, 16, 3, 3), 2);
        var y = x.Convolution(weights, RandomTensor.Constant(new(1, 32, 1, 1), 3), Padding.Reflect);
        var loss = (y + RandomTensor.Constant(y.Shape, 4)).Relu().Square().Sum();
        var gradient = Tensors.Gradients.Gradient.Of(loss, x)[0];
        float[] expected = Values(gradient, Engine.Reference), actual = Values(gradient, Engine.Simd);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * Math.Max(1, Math.Abs(pair.First))));

        static float[] Values(Tensor output, IEngine engine)
        {
            using var plan = Plan.Compile([output], engine);
            if (engine == Engine.Simd)
                Assert.Contains("PositiveMask", plan.Describe());
            plan.Run();
            return plan.Read(output);
        }
    }

    [Fact]
    public void AConvolutionThatIsReadKeepsItsOwnValue()
    {
        var x = RandomTensor.Constant(new(1, 3, 4, 4), 1);
        var before = x.Convolution(RandomTensor.Constant(new(16, 3, 3, 3), 2), RandomTensor.Constant(new(1, 16, 1, 1), 3), Padding.Zero);
        var after = before.Relu();
        using var plan = Plan.Compile([before, after]);
        plan.Run(TestContext.Current.CancellationToken);
        Assert.Contains(plan.Read(before), v => v < 0);
        Assert.Equal(plan.Read(before).Select(v => Math.Max(v, 0)), plan.Read(after));
    }

    [Fact]
    public void EqualOperationsOnEqualInputsAreComputedOnce()
    {
        var x = RandomTensor.Constant(new(1, 16, 4, 4), 1);
        using var plan = Plan.Compile([x.Gram().Sum() + x.Gram().Square().Sum()]);
        Assert.Single(plan.Describe().Split('\n'), line => line.StartsWith("Gram "));
    }

    [Fact]
    public void WeightsMayAlsoBeReadAsATensor()
    {
        var weights = RandomTensor.Constant(new(16, 16, 3, 3), 2);
        var y = RandomTensor.Constant(new(1, 16, 4, 4), 1).Convolution(weights, RandomTensor.Constant(new(1, 16, 1, 1), 3), Padding.Zero);
        using var plan = Plan.Compile([y.Sum(), weights.Square().Sum()]);
        plan.Run(TestContext.Current.CancellationToken);
        double expected = ((Constant)weights.Operation).Values.Sum(v => (double)v * v);
        Assert.Equal(expected, weights.Square().Sum().ToArray()[0], 3);
    }

    [Fact]
    public void CancellationStopsBetweenOperations()
    {
        var network = new SmallNetwork();
        using var plan = Plan.Compile([network.Loss]);
        Assert.Throws<OperationCanceledException>(() => plan.Run(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void APlanLargerThanTheMachineIsRefusedBeforeItStarts()
    {
        var huge = new Shape(1, 16, 8192, 8192);
        var outputs = Enumerable.Range(0, 40).Select(i => Tensor.Scalar(i).BroadcastTo(huge)).ToList();
        int needed = (int)Math.Min(40, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (huge.Count * sizeof(float)) + 1);
        var error = Assert.Throws<InsufficientMemoryException>(() => Plan.Compile(outputs[..needed]));
        Assert.Throws<InsufficientMemoryException>(() => Plan.RequireMemoryFor(outputs[..needed], Engine.Simd));
        Assert.Throws<InsufficientMemoryException>(() => Plan.RequireMemoryFor([Tensor.Scalar(1)], Engine.Simd, besides: 1L << 50));
        Assert.Matches(@"needs \d+\.\d GB of memory, and \d+\.\d GB of \d+\.\d GB are left; use a smaller picture", error.Message);
    }

    [Theory]
    [InlineData(6e8, 4e8, 28e8, 1e8, "needs 0.6 GB of memory, and 0.3 GB of 0.4 GB are left")] // Limited to less than the others have.
    [InlineData(6e8, 4e8, 28e8, 9e8, "needs 0.6 GB of memory, and 0.0 GB of 0.4 GB are left")]
    [InlineData(9e9, 16e9, 15e9, 2e9, "needs 9.0 GB of memory, and 1.0 GB of 16.0 GB are left")]
    [InlineData(1.0, 8e9, 8e9, 8e9, "needs 0.0 GB of memory, and 0.0 GB of 8.0 GB are left")]
    public void MemoryThatIsLeftIsNeverLessThanNone(double bytes, double all, double used, double own, string expected) =>
        Assert.Contains(expected, Assert.Throws<InsufficientMemoryException>(() => MachineMemory.Require((long)bytes, (long)all, (long)used, (long)own)).Message);

    [Fact]
    public void AProcessMayUseWhatIsLeftOfItsLimit() => MachineMemory.Require(bytes: 250, all: 400, used: 2800, own: 100);

    [Theory]
    [InlineData(1, 1, 65536, 65536)]
    [InlineData(int.MaxValue, int.MaxValue, 1, 4)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue)]
    public void ATensorThatCannotBeCountedIsRefused(int batch, int channels, int height, int width)
    {
        var shape = new Shape(batch, channels, height, width);
        Assert.Contains("has at most", Assert.Throws<ArgumentException>(() => Tensor.Scalar(1).BroadcastTo(shape)).Message);
        Assert.Contains("has at most", Assert.Throws<ArgumentException>(() => Tensor.Variable(shape)).Message);
    }

    [Fact]
    public void MistakesAreNamed()
    {
        var x = Tensor.Variable(new(1, 3, 2, 2));
        using var plan = Plan.Compile([x.Sum()]);
        Assert.Contains("holds 12 values, got 5", Assert.Throws<ArgumentException>(() => plan.Write(x, new float[5])).Message);
        Assert.Contains("Only a variable can be written", Assert.Throws<ArgumentException>(() => plan.Write(x.Sum(), [1f])).Message);
        Assert.Contains("not an output", Assert.Throws<ArgumentException>(() => plan.Read(x.Square())).Message);
        Assert.Contains("needs equal sizes", Assert.Throws<ArgumentException>(() => x + Tensor.Variable(new(1, 3, 3, 2))).Message);
        Assert.Contains("too small to be pooled", Assert.Throws<ArgumentException>(() => Tensor.Variable(new(1, 3, 1, 4)).MaxPool()).Message);
        Assert.Contains("at least 1", Assert.Throws<ArgumentException>(() => Tensor.Variable(new(1, 0, 2, 2))).Message);
    }

    private static float[] Gradient(SmallNetwork network, bool reuseMemory = true, int threads = 2)
    {
        var engine = new SimdEngine(ConvolutionAlgorithm.Best(), new WorkerPool(threads));
        using var plan = Plan.Compile([network.Loss, network.Gradient], engine, reuseMemory);
        plan.Write(network.Picture, RandomTensor.Values(network.Picture.Shape, 1));
        plan.Run();
        return plan.Read(network.Gradient);
    }
}
