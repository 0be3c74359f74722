using StyleLab.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab.Tests.Losses;

public class GuideTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_picture = Golden.Picture("picture"), s_style = Golden.Picture("style");

    public static TheoryData<string> GuidedLosses => [.. Losses().Keys];

    [Theory]
    [MemberData(nameof(GuidedLosses))]
    public void GradientsEqualFiniteDifferences(string name)
    {
        var loss = Losses()[name];
        bool tileable = name.StartsWith("tileable", StringComparison.Ordinal);
        using var evaluation = new Evaluation(s_network, loss, new(s_picture.Width, s_picture.Height), tileable ? 8 : 0, 1, Engine.Reference, tileable);
        double before = evaluation.At(s_picture.Values, TestContext.Current.CancellationToken);
        var gradient = (float[])evaluation.Gradients.Clone();
        Assert.True(before > 0);

        // Along the gradient itself, where the slope is its squared length and rounding matters least.
        double length = Math.Sqrt(gradient.Sum(g => (double)g * g)), step = 0.02 / length;
        double above = evaluation.At([.. s_picture.Values.Zip(gradient, (x, g) => (float)(x + step * g))], TestContext.Current.CancellationToken);
        double below = evaluation.At([.. s_picture.Values.Zip(gradient, (x, g) => (float)(x - step * g))], TestContext.Current.CancellationToken);
        Assert.InRange((above - below) / (2 * step) / (length * length), 0.98, 1.02);
    }

    [Fact]
    public void AWhiteGuideChangesNothing()
    {
        var white = Mask(_ => 1);
        Assert.Equal(Value(Loss.Style(s_style)), Value(Loss.Style(s_style, guide: white, styleGuide: white)), 5);
        Assert.Equal(Value(Loss.Content(s_style)), Value(Loss.Content(s_style, guide: white)), 5);
    }

    [Fact]
    public void NothingOutsideTheGuideCounts()
    {
        var left = Mask(x => x < 16 ? 1 : 0);
        var changed = new Picture(s_picture.Width, s_picture.Height, (float[])s_picture.Values.Clone());
        for (int y = 0; y < changed.Height; y++)
            for (int x = 24; x < changed.Width; x++)
                changed[1, y, x] = 1 - changed[1, y, x];
        foreach (var loss in new[] { Loss.Style(s_style, "input,relu1_1", guide: left), Loss.Content(s_style, "relu1_2", guide: left) })
            Assert.Equal(Value(loss), Value(loss, changed), 6);
        Assert.NotEqual(Value(Loss.Style(s_style, "relu1_1")), Value(Loss.Style(s_style, "relu1_1"), changed), 3);
    }

    [Fact]
    public void OnlyTheGuidedPartOfTheStyleIsCopied()
    {
        // A style that is the picture on the left and something else on the right.
        var mixed = new Picture(s_picture.Width, s_picture.Height, (float[])s_picture.Values.Clone());
        for (int y = 0; y < mixed.Height; y++)
            for (int x = 20; x < mixed.Width; x++)
                mixed[0, y, x] = 0.9f;
        var left = Mask(x => x < 18 ? 1 : 0);
        Assert.Equal(0, Value(Loss.Style(mixed, "input,relu1_1", guide: left, styleGuide: left)), 6);
        Assert.True(Value(Loss.Style(mixed, "input,relu1_1")) > 0.001);
    }

    [Fact]
    public void AnAnalogyKnowsTheExampleAfterAndDropsWhatBothOfItsPicturesShow()
    {
        const string layers = "relu1_1..relu3_1";
        var blurred = s_picture.Blur(1);
        Assert.Equal(0, Value(Loss.StyleAnalogy(blurred, blurred, s_picture, layers)), 6);
        Assert.Equal(Value(Loss.Style(blurred, layers)), Value(Loss.StyleAnalogy(blurred, s_style, s_style, layers)), 5);
        Assert.Equal(Value(Loss.Style(s_style, layers)), Value(Loss.StyleAnalogy(blurred, blurred, s_style, layers)), 5);
    }

    [Fact]
    public void TotalVariationCountsWhereTheGuideIsWhite()
    {
        Assert.Equal(Measure.TotalVariation(s_picture), Value(Loss.TotalVariation(Mask(_ => 1))), 6);
        Assert.Equal(0, Value(Loss.TotalVariation(Mask(_ => 0))));
        double left = Value(Loss.TotalVariation(Mask(x => x < 20 ? 1 : 0))), right = Value(Loss.TotalVariation(Mask(x => x < 20 ? 0 : 1)));
        Assert.True(left > 0 && right > 0);
        Assert.Equal(Measure.TotalVariation(s_picture), left + right, 6);
    }

    [Fact]
    public void APixelOfLowResolutionIsTheMeanOfThoseThatFallIntoIt()
    {
        Assert.Equal(0, Value(Loss.LowResolution(s_picture.Resize(s_picture.Width / 2, s_picture.Height / 2, Resampling.Area))), 9);
        Assert.True(Value(Loss.LowResolution(s_picture.Resize(s_picture.Width / 2, s_picture.Height / 2, Resampling.Lanczos))) > 1e-6);
    }

    [Fact]
    public void ABlackGuideIsRefused() => Assert.Contains("black everywhere",
        Assert.Throws<StyleLabException>(() => Value(Loss.Style(s_style, guide: Mask(_ => 0)))).Message);

    [Fact]
    public void LayerWeightsHaveAMeanOfOne()
    {
        foreach (var weights in new[] { LayerWeights.Even(5), LayerWeights.Fine(5), LayerWeights.Coarse(5), LayerWeights.Geometric(6, 0.25) })
            Assert.Equal(1, weights.Average(), 12);
        Assert.Equal(2, LayerWeights.Fine(4)[1] / LayerWeights.Fine(4)[2], 12);
        Assert.Equal(0.5, LayerWeights.Coarse(4)[1] / LayerWeights.Coarse(4)[2], 12);
        Assert.Throws<ArgumentException>(() => LayerWeights.Even(0));
        Assert.Throws<ArgumentException>(() => LayerWeights.Geometric(3, 0));
    }

    private static Dictionary<string, Loss> Losses() => new()
    {
        ["style"] = Loss.Style(s_style, "input,relu1_1..relu3_1", guide: Mask(x => x / 39.0), styleGuide: Mask(x => x < 20 ? 1 : 0.2)),
        ["content"] = Loss.Content(s_style, "relu2_1,relu3_1", guide: Mask(x => x < 20 ? 0 : 1)),
        ["style analogy"] = Loss.StyleAnalogy(s_picture.Blur(1), s_style.Blur(2), s_style, "relu1_1..relu3_1",
            guide: Mask(x => x / 39.0), exampleGuide: Mask(x => x < 20 ? 1 : 0.2)),
        ["smooth places"] = Loss.TotalVariation(Mask(x => x < 20 ? 0.1 : 1)),
        ["low resolution"] = Loss.LowResolution(s_style.Resize(10, 8)),
        ["tileable style"] = Loss.Style(s_style, "input,relu1_1..relu3_1", guide: Mask(x => x / 39.0)),
        ["tileable content"] = Loss.Content(s_style, "relu2_1") + Loss.TotalVariation(),
    };

    private static Picture Mask(Func<int, double> value)
    {
        var mask = new Picture(s_picture.Width, s_picture.Height);
        for (int i = 0; i < mask.Values.Length; i++)
            mask.Values[i] = (float)value(i % mask.Width);
        return mask;
    }

    private static double Value(Loss loss, Picture? picture = null)
    {
        picture ??= s_picture;
        using var evaluation = new Evaluation(s_network, loss, new(picture.Width, picture.Height), 0, 1, Engine.Default);
        return evaluation.At(picture.Values, default);
    }
}
