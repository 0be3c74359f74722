using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using StyleLab.Benchmarks;

// dotnet run -c Release --project benchmarks/StyleLab.Benchmarks                  lists the benchmarks
// dotnet run -c Release --project benchmarks/StyleLab.Benchmarks -- --filter '*'  runs them all
// dotnet run -c Release --project benchmarks/StyleLab.Benchmarks -- stages 256    time of each step of one evaluation
if (args is ["stages", .. var rest])
{
    Stages.Print(rest is [var size] ? int.Parse(size) : 256);
    return;
}
// In process, because the worker pool and the packed filters belong to the process that is measured.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(EvaluationBenchmarks).Assembly).Run(args, config);
