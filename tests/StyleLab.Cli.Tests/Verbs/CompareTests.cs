using System.Text.Json;

namespace StyleLab.Cli.Tests.Verbs;

public sealed class CompareTests : IDisposable
{
    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task Two_pictures_are_measured()
    {
        Picture.Load(_stylelab.At("content.png")).Blur(1).Save(_stylelab.At("blurred.png"));
        var outcome = (await _stylelab.RunAsync("compare blurred.png content.png --network vgg19-slim --json")).Succeeds();
        var measures = JsonDocument.Parse(outcome.Output).RootElement;
        Picture first = Picture.Load(_stylelab.At("blurred.png")), second = Picture.Load(_stylelab.At("content.png"));

        Assert.Equal(Measure.Ssim(first, second), measures.GetProperty("ssim").GetDouble(), 1e-12);
        Assert.Equal(Measure.Psnr(first, second), measures.GetProperty("psnr").GetDouble(), 1e-12);
        Assert.InRange(measures.GetProperty("contentDistance").GetDouble(), 0.01, 2);
        Assert.InRange(measures.GetProperty("gramDistance").GetDouble(), 0.01, 2);
        Assert.True(measures.GetProperty("sharpness").GetDouble() < measures.GetProperty("referenceSharpness").GetDouble());
    }

    [Fact]
    public async Task Equal_pictures_and_pictures_of_other_sizes_are_measured_too()
    {
        var equal = (await _stylelab.RunAsync("compare content.png content.png")).Succeeds();
        Assert.Matches(@"PSNR +∞ dB\n.*SSIM \(1: equal\) +1\n", equal.Output);
        Assert.Contains("\"psnr\":null", (await _stylelab.RunAsync("compare content.png content.png --json")).Succeeds().Output);

        var other = (await _stylelab.RunAsync("compare content.png style.png")).Succeeds();
        Assert.DoesNotContain("PSNR", other.Output);
        Assert.Contains("colour distance", other.Output);
        Assert.Contains("The sizes differ (48×40 and 40×40)", other.Error);
    }

    [Fact]
    public async Task A_missing_picture_is_one_sentence() =>
        (await _stylelab.RunAsync("compare content.png none.png")).FailsWith(2, "none.png does not exist");
}
