namespace StyleLab.Tests.Figures;

public class HeatMapTests
{
    [Fact]
    public void Low_is_dark_and_high_is_bright()
    {
        var picture = new HeatMap(new double[,] { { 0, 1 }, { 2, 3 } }) { Side = 100 }.ToPicture(1);
        double[] lightness = [Lightness(20, 20), Lightness(70, 20), Lightness(20, 70), Lightness(70, 70)];

        Assert.Equal(lightness.Order(), lightness);
        Assert.InRange(lightness[0], 0, 0.2);
        Assert.InRange(lightness[3], 0.8, 1);

        double Lightness(int x, int y) => picture.Luminance()[0, 10 + y, 10 + x];
    }

    [Fact]
    public void Equal_ends_make_maps_comparable()
    {
        HeatMap Map(double value) => new(new double[,] { { value } }) { Low = 0, High = 10 };
        Assert.NotEqual(Map(2).ToPicture(1)[1, 40, 40], Map(8).ToPicture(1)[1, 40, 40]);
        Assert.Equal(Map(12).ToPicture(1)[1, 40, 40], Map(10).ToPicture(1)[1, 40, 40]);
    }

    [Fact]
    public void A_scale_says_what_colors_mean()
    {
        var texts = new Svg(new HeatMap(new double[,] { { 0.001, 1, 1000 } }) { Log = true, Title = "A & B" }.ToSvg()).Texts;
        Assert.Contains("A & B", texts);
        Assert.Contains("1", texts);
        Assert.Contains("1000", texts);
    }

    [Fact]
    public void What_is_not_a_number_is_shown_as_the_lowest()
    {
        var map = new HeatMap(new[,] { { double.NaN, 1, 2 }, { double.NegativeInfinity, -1, 2 } }) { Side = 90 };
        var picture = map.ToPicture(1);
        Assert.Equal(picture[0, 55, 55], picture[0, 15, 15]);
        Assert.StartsWith("heat map: 2×3 values from -1 to 2", map.ToString().Replace('−', '-'));
        foreach (double[,] odd in new[] { new[,] { { double.NaN } }, new double[,] { { 0 } }, new double[,] { { -5, -4 } } })
            Assert.NotEmpty(new HeatMap(odd) { Log = true }.ToSvg());
        Assert.Throws<StyleLabException>(() => new HeatMap(new double[0, 3]));
        Assert.Throws<StyleLabException>(() => new HeatMap(new double[1, 1]) { Side = 20 });
    }

    [Fact]
    public void A_Gram_matrix_is_symmetric()
    {
        var network = LossNetwork.Load("vgg19-slim");
        var map = HeatMap.Gram(network, Golden.Picture("style"), "relu1_1");
        int channels = network.Features(Golden.Picture("style"))["relu1_1"].Shape.Channels;
        map.Side = 20 * channels;
        var picture = map.ToPicture(1);
        int top = picture.Height - 10 - map.Side;
        for (int i = 0; i < channels; i++)
            for (int j = 0; j < i; j++)
                Assert.Equal(picture[1, top + 20 * i + 10, 20 + 20 * j], picture[1, top + 20 * j + 10, 20 + 20 * i]);
        Assert.Contains("relu1_1", map.ToString());
    }

    [Fact]
    public void A_feature_sheet_shows_the_strongest_channels()
    {
        var network = LossNetwork.Load("vgg19-slim");
        var picture = Golden.Picture("picture");
        var map = network.Features(picture)["relu2_1"];
        float[] values = map.ToArray();
        int strongest = Enumerable.Range(0, map.Shape.Channels)
            .MaxBy(channel => Enumerable.Range(0, 320).Sum(i => (double)values[channel * 320 + i] * values[channel * 320 + i]));

        var sheet = network.FeatureSheet(picture, "relu2_1", 5);

        Assert.Equal((2, 3), (sheet.Rows, sheet.Columns));
        var texts = new Svg(sheet.ToSvg()).Texts;
        Assert.Equal($"channel {strongest}", texts[1]);
        Assert.Contains("relu2_1: the 5 strongest of 32 channels", texts);
        var tile = Assert.IsType<Picture>(sheet.Cast<object>().First());
        Assert.Equal((0, 1), (tile.Values.Min(), tile.Values.Max()));
        Assert.Throws<StyleLabException>(() => network.FeatureSheet(picture, "relu2_1", 0));
        Assert.Throws<StyleLabException>(() => network.FeatureSheet(picture, "relu2_9"));
    }
}
