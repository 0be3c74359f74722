namespace StyleLab.Tests.ExperimentRuns;

public sealed class DriftTests : IDisposable
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_photo = Golden.Picture("content").Resize(40, 32).Clamp();
    private static readonly Picture[] s_styles = [Golden.Picture("style"), Golden.Picture("picture")];
    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-drift").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task EachRoundGoesOnFromTheOneBefore()
    {
        var drift = await Experiments.StyleDrift(s_network, s_photo, s_styles, 3, Optimizer.Lbfgs(4), keep: false);
        Assert.Equal([0, 1, 0], drift.Rounds.Select(r => r.Style));
        Assert.Same(s_photo, drift.Rounds[0].Content);
        Assert.Same(drift.Rounds[1].Picture, drift.Rounds[2].Content);
        Assert.Equal(4, drift.Pictures.Count);
        var expected = await Experiments.StyleTransfer(s_network, drift.Rounds[0].Picture, [s_styles[1]], optimizer: Optimizer.Lbfgs(4));
        Assert.Equal(expected.Picture.Values, drift.Rounds[1].Picture.Values);
    }

    [Fact]
    public async Task RoundingTo8BitIsWhatSavingWouldDo()
    {
        var drift = await Experiments.StyleDrift(s_network, s_photo, s_styles, 2, Optimizer.Lbfgs(4), roundTo8Bit: true, keep: false);
        Assert.All(drift.Rounds[1].Content.Values, v => Assert.Equal(Math.Round(v * 255) / 255, v, 1e-6));
        Assert.InRange(drift.Rounds[1].Content.Psnr(drift.Rounds[0].Picture), 45, 80);
    }

    [Fact]
    public async Task AnInterruptedDriftKeepsItsRoundsAndGoesOn()
    {
        DriftRun Run() => Experiments.StyleDrift(s_network, s_photo, s_styles, 4, Optimizer.Lbfgs(4), folder: _folder);
        var run = Run();
        await foreach (var round in run)
            if (round.Index == 2)
                break;
        var part = await run;
        Assert.True(part.Interrupted);
        Assert.Equal(2, part.Rounds.Count);
        Assert.Equal(3, part.ContactSheet().Columns);

        var whole = await Run();
        Assert.Equal([true, true, false, false], whole.Rounds.Select(r => r.FromCache));
        Assert.Equal(part.Rounds[1].Picture.Values, whole.Rounds[1].Picture.Values);
        Assert.False(whole.Interrupted);
        Assert.Contains("at least one style", Assert.Throws<ArgumentException>(() => Experiments.StyleDrift(s_network, s_photo, [], 2)).Message);
    }
}
