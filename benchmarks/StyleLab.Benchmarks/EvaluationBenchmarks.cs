using BenchmarkDotNet.Attributes;
using StyleLab.Runs;

namespace StyleLab.Benchmarks;

/// <summary>One evaluation (loss and image gradient) of the default style transfer with the embedded network.</summary>
public class EvaluationBenchmarks
{
    private Evaluation _evaluation = null!;
    private float[] _picture = [];

    [Params(128, 256, 512)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Prepare() => (_evaluation, _picture) = Workload.StyleTransfer(Size);

    [GlobalCleanup]
    public void Release() => _evaluation.Dispose();

    [Benchmark]
    public double Evaluate() => _evaluation.At(_picture, default);
}
