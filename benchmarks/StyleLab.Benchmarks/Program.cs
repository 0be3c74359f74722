using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using StyleLab.Benchmarks;
using StyleLab.Benchmarks.VersusPyTorch;

// dotnet run -c Release --project benchmarks/StyleLab.Benchmarks                     lists the benchmarks
// dotnet run -c Release --project benchmarks/StyleLab.Benchmarks -- --filter '*'     runs them all
// dotnet run -c Release --project benchmarks/StyleLab.Benchmarks -- stages 256       time of each step of one evaluation
// dotnet run -c Release --project benchmarks/StyleLab.Benchmarks -- layers           speed of each convolution on one thread
// dotnet run -c Release --project benchmarks/StyleLab.Benchmarks -- gif PICTURE...   GIFs beside ImageSharp's: error, size, time
// dotnet run -c Release --project benchmarks/StyleLab.Benchmarks -- versus-pytorch   side by side with PyTorch; --quick: a first look
switch (args)
{
    case ["stages", .. var rest]:
        Stages.Print(rest is [var size] ? int.Parse(size) : 256);
        return 0;
    case ["layers"]:
        Layers.Print();
        return 0;
    case ["gif", .. var pictures]:
        GifComparison.Print(pictures);
        return 0;
    case ["versus-pytorch", .. var rest]:
        return Command.Run(rest);
    case [OurSide.Argument]:
        OurSide.Answer(Console.In, Console.Out);
        return 0;
    default:
        RunBenchmarks(args);
        return 0;
}

// On its own, so that BenchmarkDotNet is loaded only for this.
static void RunBenchmarks(string[] args)
{
    // In process, because the worker pool and the packed filters belong to the process that is measured.
    var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    BenchmarkSwitcher.FromAssembly(typeof(EvaluationBenchmarks).Assembly).Run(args, config);
}
