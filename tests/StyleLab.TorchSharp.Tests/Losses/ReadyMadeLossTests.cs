using StyleLab.LibTorch;
using StyleLab.Tensors.Engines;
using TorchSharp;

namespace StyleLab.TorchSharp.Tests.Losses;

/// <summary>The published losses against their formulas in plain loops.</summary>
public class ReadyMadeLossTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");

    public static TheoryData<string> Names => ["sliced Wasserstein", "histogram", "patches"];

    [Fact]
    public void HistogramsAreComparedValueByValueInTheirOrder()
    {
        var (map, target) = (Random(1, channels: 3, 4, 5), Random(2, channels: 3, 4, 5));
        double expected = 0;
        for (int c = 0; c < 3; c++)
        {
            var (a, b) = (Values(map[0, c]).Order(), Values(target[0, c]).Order());
            expected += a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();
        }
        expected /= 60 * target.square().mean().item<float>();
        Assert.Equal(expected, SortedValues.OfChannels(target)(map).item<float>(), 1e-6);
        // Another order of the positions changes nothing.
        Assert.Equal(0, SortedValues.OfChannels(target)(target.flip(2).flip(3)).item<float>(), 1e-12);
    }

    [Fact]
    public void TargetsOfAnotherSizeAreComparedByQuantiles()
    {
        // Twice the same values have the same distribution.
        var target = Random(3, channels: 2, 3, 4);
        var twice = torch.cat([target, target], 3);
        Assert.Equal(0, SortedValues.OfChannels(twice)(target).item<float>(), 0.01);
        Assert.True(SortedValues.OfChannels(twice)(target + 1).item<float>() > 1);
    }

    [Fact]
    public void SlicesSeeWhatChannelsAloneDoNot()
    {
        // Two channels, each with the same values, together or apart.
        var first = torch.randn(1, 1, 16, 16, generator: new torch.Generator(5, torch.CPU));
        var together = torch.cat([first, first], 1);
        var apart = torch.cat([first, first.flip(2).flip(3)], 1);
        Assert.Equal(0, SortedValues.OfChannels(together)(apart).item<float>(), 1e-10);
        Assert.True(SortedValues.AlongDirections(together, 16, 1)(apart).item<float>() > 0.05);
        Assert.Equal(SortedValues.AlongDirections(together, 4, 1)(apart).item<float>(), SortedValues.AlongDirections(together, 4, 1)(apart).item<float>());
        Assert.NotEqual(SortedValues.AlongDirections(together, 4, 1)(apart).item<float>(), SortedValues.AlongDirections(together, 4, 2)(apart).item<float>());
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    public void ThePatchThatCorrelatesBestIsFound(int size, int stride)
    {
        var (map, target) = (Random(7, channels: 4, 9, 8), Random(8, channels: 4, 7, 11));
        var (patches, known) = (Patches(map, size, stride), Patches(target, size, stride));
        double expected = patches.Sum(patch =>
        {
            var nearest = known.MaxBy(other => other.Zip(patch, (a, b) => (double)a * b).Sum() / Math.Sqrt(other.Sum(a => (double)a * a)))!;
            return nearest.Zip(patch, (a, b) => (double)(a - b) * (a - b)).Sum();
        });
        expected /= patches.Sum(patch => patch.Length) * target.square().mean().item<float>();
        Assert.Equal(expected, NearestPatches.Of(target, size, stride)(map).item<float>(), 1e-5);
        Assert.Equal(0, NearestPatches.Of(target, size, stride)(target).item<float>());
        Assert.Contains("smaller than a patch", Assert.Throws<StyleLabException>(() => NearestPatches.Of(target, 9, 1)).Message);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task ARunGoesDownOnBothEnginesAlike(string name)
    {
        var painting = Painted.Picture(45, 39, 1.7);
        Loss loss = name switch
        {
            "histogram" => Loss.Histogram(painting),
            "patches" => Loss.Patches(painting, "relu2_1,relu3_1"),
            _ => Loss.SlicedWasserstein(painting),
        };
        var runs = new List<SynthesisResult>();
        foreach (var engine in new[] { Engine.Simd, Engine.Torch() })
            runs.Add(await s_network.Synthesize(loss + 10 * Loss.Range(), Start.Noise(1), Optimizer.Lbfgs(12), sizes: [40], engine: engine));
        Assert.Equal(name, runs[0].LossesAtEnd!.Parts[0].Name);
        Assert.Equal(1, runs[0].LossesAtStart!.Value / runs[1].LossesAtStart!.Value, 1e-4);
        Assert.All(runs, run => Assert.True(run.LossesAtEnd!.Value < 0.5 * run.LossesAtStart!.Value, $"{run.LossesAtStart.Value} to {run.LossesAtEnd!.Value}"));
    }

    [Fact]
    public void WrongSettingsAreNamed()
    {
        var painting = Painted.Picture(20, 20, 1);
        Assert.Contains("got 0", Assert.Throws<ArgumentException>(() => Loss.SlicedWasserstein(painting, directions: 0)).Message);
        Assert.Contains("got 3 and 0", Assert.Throws<ArgumentException>(() => Loss.Patches(painting, stride: 0)).Message);
    }

    private static torch.Tensor Random(int seed, int channels, int height, int width) =>
        torch.rand(1, channels, height, width, generator: new torch.Generator((ulong)seed, torch.CPU));

    private static float[] Values(torch.Tensor tensor) => tensor.contiguous().data<float>().ToArray();

    private static List<float[]> Patches(torch.Tensor map, int size, int stride)
    {
        var patches = new List<float[]>();
        for (int y = 0; y + size <= map.shape[2]; y += stride)
            for (int x = 0; x + size <= map.shape[3]; x += stride)
                patches.Add(Values(map[0].narrow(1, y, size).narrow(2, x, size).flatten()));
        return patches;
    }
}
