namespace StyleLab.Tests.ExperimentRuns;

/// <summary>What this assembly does when it is started as a program: a sweep that is there to be killed.</summary>
internal static class SweepChild
{
    public static async Task Main(string[] args)
    {
        await foreach (var _ in Sweep().Run(args[0]))
            Console.WriteLine("finished");
    }

    public static Sweep Sweep() => StyleLab.Sweep.Of(LossNetwork.Load("vgg19-slim").Synthesize(
            Loss.Style(Golden.Picture("style"), "relu1_1..relu3_1"), optimizer: Optimizer.Lbfgs(60), sizes: [80]))
        .Over("seed", Enumerable.Range(1, 8), (recipe, seed) => recipe with { Start = Start.Noise(seed) });
}
