using StyleLab.Tests.Pictures;
using System.Text.Json;

namespace StyleLab.Tests.Measures;

/// <summary>Measures against NumPy (tests/golden/make_measures.py), and where they must be zero or known.</summary>
public class MeasureTests
{
    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Folder, "tests", "golden", "measures.json"))).RootElement;

    private static readonly LossNetwork Network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture First = Golden.Picture("picture"), Content = Golden.Picture("content"), Style = Golden.Picture("style");

    [Fact]
    public void Ssim_is_that_of_NumPy()
    {
        Assert.Equal(Expected.GetProperty("ssim_picture_content").GetDouble(), Measure.Ssim(First, Content), 1e-6);
        Assert.Equal(Expected.GetProperty("ssim_picture_shifted").GetDouble(), Measure.Ssim(Shifted(First), First), 1e-6);
        Assert.Equal(1, Measure.Ssim(First, First), 1e-12);
    }

    [Fact]
    public void Ssim_of_a_negative_is_below_zero()
    {
        var negative = new Picture(First.Width, First.Height, Array.ConvertAll(First.Values, v => 1 - v));
        Assert.InRange(Measure.Ssim(First, negative), -1, -0.3);
    }

    [Fact]
    public void Psnr_sharpness_and_variation_are_those_of_NumPy()
    {
        Assert.Equal(Expected.GetProperty("psnr_picture_content").GetDouble(), Measure.Psnr(First, Content), 1e-5);
        Assert.Equal(Expected.GetProperty("sharpness_picture").GetDouble(), Measure.Sharpness(First), 1e-7);
        Assert.Equal(Golden.Read("losses_picture")["total_variation.loss"].Values[0], Measure.TotalVariation(First), 1e-6);
    }

    [Fact]
    public void Blur_takes_sharpness_and_variation()
    {
        Assert.True(Measure.Sharpness(First.Blur(1)) < 0.2 * Measure.Sharpness(First));
        Assert.True(Measure.TotalVariation(First.Blur(1)) < 0.5 * Measure.TotalVariation(First));
        Assert.Equal(0, Measure.Sharpness(new Picture(5, 4)));
        Assert.Equal(0, Measure.TotalVariation(new Picture(5, 4)));
        Assert.Equal(20 * 0.01, Measure.Sharpness(Grey(Picture.Noise(300, 300, 1, (0.5f, 0.5f, 0.5f), 0.1))), 0.005);

        static Picture Grey(Picture noise) => new(300, 300, [.. noise.Values[..90000], .. noise.Values[..90000], .. noise.Values[..90000]]);
    }

    [Theory]
    [InlineData(2, 64, 48)]
    [InlineData(4, 61, 83)]
    [InlineData(5, 100, 51)]
    public void Lines_that_repeat_are_a_lattice(int period, int width, int height)
    {
        const double contrast = 0.2;
        var across = Drawn(width, height, (x, _) => x % period == 0 ? contrast : 0);
        // Two steps of the contrast in each period, one up and one down; with a period of two every step is one.
        double power = contrast * contrast * (2.0 / period - 4.0 / (period * period));
        Assert.Equal(power, Measure.Lattice(across, period), 1e-6);
        Assert.Equal(power, Measure.Lattice(Drawn(height, width, (_, y) => y % period == 0 ? contrast : 0), period), 1e-6);
        Assert.Equal(0, Measure.Lattice(Drawn(width, height, (x, y) => 0.01 * x + 0.005 * y), period), 1e-9);
        Assert.Equal(0, Measure.Lattice(new Picture(width, height), period));
        Assert.True(Measure.Lattice(across, period + 1) < 0.2 * power + 1e-9);

        static Picture Drawn(int width, int height, Func<int, int, double> value)
        {
            float[] plane = [.. Enumerable.Range(0, width * height).Select(i => (float)value(i % width, i / width))];
            return new Picture(width, height, [.. plane, .. plane, .. plane]);
        }
    }

    [Fact]
    public void Blocks_are_a_lattice_and_what_is_too_small_has_none()
    {
        var picture = TestPictures.Scene(128, 96, 1);
        var blocks = picture.Resize(32, 24, Resampling.Area).Resize(128, 96, Resampling.Nearest);
        Assert.True(Measure.Lattice(blocks, 4) > 20 * Measure.Lattice(picture, 4), $"{Measure.Lattice(blocks, 4)}, {Measure.Lattice(picture, 4)}");
        Assert.Contains("at least 33 pixels", Assert.Throws<ArgumentException>(() => Measure.Lattice(new Picture(40, 32), 8)).Message);
        Assert.Throws<ArgumentException>(() => Measure.Lattice(picture, 1));
    }

    [Fact]
    public void Colors_are_a_normal_distribution()
    {
        double distance = ColorStatistics.Of(First).DistanceTo(ColorStatistics.Of(Style));
        Assert.Equal(Expected.GetProperty("color_distance_picture_style").GetDouble(), distance, 1e-6);
        Assert.Equal(distance, ColorStatistics.Of(Style).DistanceTo(ColorStatistics.Of(First)), 1e-9);
        Assert.Equal(0, ColorStatistics.Of(First).DistanceTo(ColorStatistics.Of(First)), 1e-6);

        var white = new Picture(2, 2, [.. Enumerable.Repeat(1f, 12)]);
        Assert.Equal(Math.Sqrt(3), ColorStatistics.Of(white).DistanceTo(ColorStatistics.Of(new Picture(3, 3))), 1e-12);
        Assert.Equal("mean (1, 1, 1), standard deviation (0, 0, 0)", ColorStatistics.Of(white).ToString());
    }

    [Fact]
    public void A_Gram_distance_is_relative()
    {
        float[] a = Network.Features(First)["relu2_1"].Gram().ToArray(), b = Network.Features(Style)["relu2_1"].Gram().ToArray();
        double areaA = 16 * 20, areaB = 20 * 18, difference = 0, size = 0;
        for (int i = 0; i < a.Length; i++)
        {
            difference += Math.Pow(a[i] / areaA - b[i] / areaB, 2);
            size += Math.Pow(b[i] / areaB, 2);
        }

        Assert.Equal(Math.Sqrt(difference / size), Measure.GramDistance(Network, First, Style, "relu2_1"), 1e-5);
        Assert.Equal(0, Measure.GramDistance(Network, Style, Style), 1e-6);
        double mean = (Measure.GramDistance(Network, First, Style, "relu2_1") + Measure.GramDistance(Network, First, Style, "relu3_1")) / 2;
        Assert.Equal(mean, Measure.GramDistance(Network, First, Style, "relu2_1, relu3_1"), 1e-6);
    }

    [Fact]
    public void A_content_distance_grows_with_blur()
    {
        double[] distances = [.. new[] { 0, 0.5, 1, 2 }.Select(sigma => Measure.ContentDistance(Network, First.Blur(sigma), First))];
        Assert.Equal(0, distances[0], 1e-6);
        Assert.Equal(distances.Order(), distances);
        Assert.InRange(distances[^1], 0.2, 2);
    }

    [Fact]
    public void Pictures_that_do_not_fit_are_refused()
    {
        Assert.Contains("one size", Assert.Throws<ArgumentException>(() => Measure.Ssim(First, Style)).Message);
        Assert.Contains("one size", Assert.Throws<ArgumentException>(() => Measure.ContentDistance(Network, First, Style)).Message);
        Assert.Contains("11×11", Assert.Throws<ArgumentException>(() => Measure.Ssim(new Picture(10, 20), new Picture(10, 20))).Message);
        Assert.Contains("3×3", Assert.Throws<ArgumentException>(() => Measure.Sharpness(new Picture(2, 20))).Message);
        Assert.Contains("2×2", Assert.Throws<ArgumentException>(() => Measure.TotalVariation(new Picture(1, 20))).Message);
    }

    private static Picture Shifted(Picture picture)
    {
        int width = picture.Width, height = picture.Height;
        var mean = new Picture(width, height);
        for (int channel = 0; channel < 3; channel++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    mean[channel, y, x] = (picture[channel, y, x] + picture[channel, y, (x + width - 1) % width]
                        + picture[channel, (y + height - 1) % height, x]) / 3;
        return mean;
    }
}
