using StyleLab.Runs;

namespace StyleLab.Tests.Synthesis;

public class ShapeDiagnosisTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_content = new(256, 171), s_style = new(200, 100);

    [Fact]
    public async Task ASqueezedGuideIsSaidWithBothShapes()
    {
        var guide = Mask.Ellipse(300, 100);
        var run = s_network.Synthesize(Loss.Content(s_content, "relu1_1") + Loss.Style(s_style, "relu1_1", guide: guide), optimizer: Optimizer.Lbfgs(0), sizes: [64]);
        var warning = Assert.Single((await run).Warnings);
        Assert.Contains("The guide of 300×100 is squeezed to the shape of the result, 64×43", warning);
        Assert.Contains("crop it to 64:43 first", warning);
    }

    [Fact]
    public void EveryPictureThatIsLaidOverAnotherIsLookedAt()
    {
        var square = Mask.Ellipse(90, 90);
        Assert.Contains("The content of 90×90", Assert.Single(Of(Loss.Content(s_content) + Loss.Content(square))));
        Assert.Contains("The start of 90×90", Assert.Single(Of(Loss.Content(s_content), Start.From(square))));
        Assert.Contains("The guide of 90×90", Assert.Single(Of(Loss.Content(s_content, guide: square))));
        Assert.Contains("The guide of 90×90", Assert.Single(Of(Loss.Content(s_content) + 0.5 * Loss.TotalVariation(square))));
        Assert.Contains("the shape of its picture, 200×100", Assert.Single(Of(Loss.Content(s_content) + Loss.Style(s_style, styleGuide: square))));
        Assert.Contains("its picture, 200×100", Assert.Single(Of(Loss.Content(s_content) + Loss.StyleAnalogy(s_content, s_style, s_content, exampleGuide: new Picture(512, 342)))));
        Assert.Contains("The content of 256×171", Assert.Single(ShapeDiagnosis.Of(s_network.Synthesize(Loss.Content(s_content), size: new(64, 64)).Recipe)));
    }

    [Theory]
    [InlineData(256, 171)]
    [InlineData(4000, 2667)]
    [InlineData(512, 342)]
    [InlineData(64, 43)]
    [InlineData(3, 2)]
    public void TheSameShapeUpToRoundingIsSilent(int width, int height)
    {
        var guide = new Picture(width, height);
        Assert.Empty(Of(Loss.Content(s_content, guide: guide) + Loss.Style(s_style, guide: guide, styleGuide: new Picture(100, 50))));
    }

    [Fact]
    public void AFewPixelsAreNotRounding()
    {
        Assert.Single(Of(Loss.Content(s_content, guide: new Picture(256, 166))));
        Assert.Single(Of(Loss.Content(s_content, guide: new Picture(171, 256))));
    }

    private static List<string> Of(Loss objective, Start? start = null) => [.. ShapeDiagnosis.Of(s_network.Synthesize(objective, start).Recipe)];
}
