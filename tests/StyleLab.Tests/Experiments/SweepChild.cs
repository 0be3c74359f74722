using Xunit.MicrosoftTestingPlatform;

namespace StyleLab.Tests.ExperimentRuns;

/// <summary>What this program does besides its tests: a sweep that is there to be killed.</summary>
internal static class SweepChild
{
    /// <summary>The first word of its call; a folder follows.</summary>
    public const string Word = "sweep";

    public static async Task<int> Main(string[] args)
    {
        if (args is not [Word, var folder])
            return await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
        await foreach (var _ in Sweep().Run(folder))
            Console.WriteLine("finished");
        return 0;
    }

    public static Sweep Sweep() => StyleLab.Sweep.Of(LossNetwork.Load("vgg19-slim").Synthesize(
            Loss.Style(Golden.Picture("style"), "relu1_1..relu3_1"), optimizer: Optimizer.Lbfgs(60), sizes: [80]))
        .Over("seed", Enumerable.Range(1, 8), (recipe, seed) => recipe with { Start = Start.Noise(seed) });
}
