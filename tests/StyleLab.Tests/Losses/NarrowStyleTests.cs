using StyleLab.Losses;
using StyleLab.Tensors;
using StyleLab.Tensors.Plans;

namespace StyleLab.Tests.Losses;

public class NarrowStyleTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly string[] s_layers = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"];

    [Theory]
    // Before, when each side was kept at 32 by itself: village 0.67 and 0.96, harbour 0.52 and 0.74.
    [InlineData("village", 0.46, 0.6)]
    [InlineData("harbour", 0.35, 0.63)]
    [InlineData("swirls", 0.4, 0.42)]
    public void AShrunkStripHasTheStatisticsOfTheTextureShrunkEvenly(string name, double relu3, double relu4)
    {
        var texture = Picture.Load(Path.Combine(Repository.Folder, "data", "pictures", name + ".png")).Fit(256);
        var strip = texture.Crop(0, (texture.Height - 32) / 2, texture.Width, 32);
        var even = Grams(StyleView.Of(s_network, texture, 0.25, s_layers));
        var narrow = Grams(StyleView.Of(s_network, strip, 0.25, s_layers));
        Assert.InRange(Distance(narrow[2], even[2]), 0, relu3);
        Assert.InRange(Distance(narrow[3], even[3]), 0, relu4);
    }

    [Theory]
    [InlineData(256, 13, 1)]
    [InlineData(256, 13, 0.125)]
    [InlineData(5, 300, 0.25)]
    [InlineData(200, 1, 0.5)]
    [InlineData(1, 1, 1)]
    public void AStripOfAPatternIsSeenAsThePatternIs(int width, int height, double scale)
    {
        // Waves along the strip only: whatever is mirrored must not change their length.
        Picture Waves(int across, int down) => Draw(across, down, (x, y) => 0.5 + 0.4 * Math.Sin((width >= height ? x : y) * 0.5));
        int long_ = Math.Max(width, height);
        var narrow = Grams(StyleView.Of(s_network, Waves(width, height), scale, s_layers));
        var whole = Grams(StyleView.Of(s_network, width == 1 && height == 1 ? Draw(64, 64, (_, _) => 0.5) : Waves(long_, long_), scale, s_layers));
        for (int layer = 0; layer < s_layers.Length; layer++)
            Assert.InRange(Distance(narrow[layer], whole[layer]), 0, 0.02);
    }

    [Fact]
    public void BothSidesShrinkByOneFactorWhereThatIsEnough()
    {
        var shape = StyleView.Of(s_network, new Picture(400, 200), 0.25, s_layers).Maps.Picture.Shape;
        Assert.Equal((100, 50), (shape.Width, shape.Height));
        shape = StyleView.Of(s_network, new Picture(256, 32), 0.25, ["relu1_1"]).Maps.Picture.Shape;
        Assert.Equal((64, 8), (shape.Width, shape.Height));
    }

    [Fact]
    public void AGuideOfANarrowStyleIsMirroredWithIt()
    {
        // The upper half is red, the lower green; only the upper is looked at.
        var style = Draw(128, 10, (_, _) => 0);
        for (int y = 0; y < 10; y++)
            for (int x = 0; x < 128; x++)
                style[y < 5 ? 0 : 1, y, x] = 1;
        var view = StyleView.Of(s_network, style, 1, ["relu4_1"]);
        var mean = Values(view.GuideOf(Draw(128, 10, (_, y) => y < 5 ? 1 : 0)).Mean(view.Maps.Picture));
        Assert.Equal([1f, 0, 0], mean.Select(value => MathF.Round(value, 5)));
    }

    [Theory]
    [InlineData("relu5_1", 32)]
    [InlineData("relu4_1", 16)]
    [InlineData("relu1_2", 2)]
    [InlineData("input", 2)]
    public void TheShortestSideForALayerIsKnown(string layer, int side) => Assert.Equal(side, Architecture.Vgg19.SmallestSide([layer], 2));

    [Fact]
    public void OfAnotherNetworkAsWell()
    {
        int side = Architecture.SqueezeNet11.SmallestSide(["fire9"], 2);
        var network = LossNetwork.Load("squeezenet1_1-random:1");
        Assert.Equal(2, network.Features(new Picture(side, side + 4))["fire9"].Shape.Width);
        Assert.Equal(1, network.Features(new Picture(side - 1, side + 4))["fire9"].Shape.Width);
    }

    [Fact]
    public async Task WhatIsRefusedNamesItsFile()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        new Picture(60, 5).Save(Path.Combine(folder, "strip.png"));
        var strip = Picture.Load(Path.Combine(folder, "strip.png"));
        var error = await Assert.ThrowsAsync<StyleLabException>(async () => await s_network.Synthesize(Loss.Content(strip, "relu4_2"), margin: 0));
        Assert.Contains("strip.png of 60×5 pixels is too small for layer 'pool3'", error.Message);
        Assert.Contains("strip.png", Assert.Throws<StyleLabException>(() => Measure.ContentDistance(s_network, strip, strip)).Message);
        Assert.Equal(0, Measure.GramDistance(s_network, strip, strip));
        Directory.Delete(folder, recursive: true);
    }

    private static Picture Draw(int width, int height, Func<int, int, double> grey)
    {
        var picture = new Picture(width, height);
        for (int channel = 0; channel < 3; channel++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    picture[channel, y, x] = (float)grey(x, y);
        return picture;
    }

    private static List<float[]> Grams(StyleView view) => [.. s_layers.Select(layer => Values(view.Maps[layer].Gram() / view.Maps[layer].Shape.Area))];

    private static float[] Values(Tensor tensor)
    {
        using var plan = Plan.Compile([tensor]);
        plan.Run();
        return plan.Read(tensor);
    }

    private static double Distance(float[] values, float[] reference) => Golden.RelativeError(values, reference);
}
