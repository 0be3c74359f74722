using System.Text.Json;

namespace StyleLab.Tests.Pictures;

public class ColorTests
{
    private static readonly Picture Source = Golden.Picture("picture"), Reference = Golden.Picture("style");

    [Theory]
    [InlineData(ColorMatching.SymmetricRoot, "match_symmetric_first")]
    [InlineData(ColorMatching.Cholesky, "match_cholesky_first")]
    public void Mean_and_covariance_become_those_of_the_reference(ColorMatching method, string first)
    {
        var matched = Source.MatchColors(Reference, method);

        Assert.InRange(ColorStatistics.Of(matched).DistanceTo(ColorStatistics.Of(Reference)), 0, 1e-4);
        var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Folder, "tests", "golden", "measures.json")))
            .RootElement.GetProperty(first);
        for (int channel = 0; channel < 3; channel++)
            Assert.Equal(expected[channel].GetDouble(), matched[channel, 0, 0], 1e-4);
    }

    [Theory]
    [InlineData(ColorMatching.SymmetricRoot)]
    [InlineData(ColorMatching.Cholesky)]
    [InlineData(ColorMatching.Histogram)]
    public void A_picture_matched_with_itself_stays(ColorMatching method) =>
        Assert.InRange(Source.MatchColors(Source, method).MeanSquaredDifference(Source), 0, 1e-10);

    [Theory]
    [InlineData(ColorMatching.SymmetricRoot)]
    [InlineData(ColorMatching.Cholesky)]
    public void The_noise_of_a_grey_picture_is_not_stretched_into_colors(ColorMatching method)
    {
        var grey = Source.Luminance();
        grey[0, 3, 3] += 0.001f;
        var matched = grey.MatchColors(Reference, method);
        Assert.All(matched.Values, value => Assert.InRange(value, -0.6f, 1.6f));
        Assert.Equal(Reference.MeanColor().Red, matched.MeanColor().Red, 1e-4);
    }

    [Fact]
    public void Histograms_become_those_of_the_reference()
    {
        var matched = Source.MatchColors(Reference, ColorMatching.Histogram);
        for (int channel = 0; channel < 3; channel++)
        {
            float[] mine = [.. matched.Plane(channel).ToArray().Order()], wanted = [.. Reference.Plane(channel).ToArray().Order()];
            for (int percent = 1; percent < 100; percent++)
                Assert.Equal(wanted[wanted.Length * percent / 100], mine[mine.Length * percent / 100], 0.02);
            Assert.InRange(mine[0], wanted[0], 1);
            Assert.InRange(mine[^1], 0, wanted[^1]);
        }
    }

    [Fact]
    public void A_histogram_keeps_the_order_and_equal_values_equal()
    {
        var source = new Picture(2, 2, [0, 0, 0, 1, .. new float[8]]);
        var reference = new Picture(4, 1, [0.1f, 0.2f, 0.3f, 0.4f, .. new float[8]]);
        var matched = source.MatchColors(reference, ColorMatching.Histogram);
        Assert.Equal(matched[0, 0, 0], matched[0, 1, 0]);
        Assert.Equal(0.2f, matched[0, 0, 0], 1e-6);
        Assert.Equal(0.4f, matched[0, 1, 1], 1e-6);
    }

    [Fact]
    public void Luminance_is_grey_and_matching_it_keeps_the_chroma()
    {
        var grey = Reference.Luminance();
        Assert.Equal(grey[0, 2, 3], grey[2, 2, 3]);
        Assert.Equal(0.299f * Reference[0, 2, 3] + 0.587f * Reference[1, 2, 3] + 0.114f * Reference[2, 2, 3], grey[1, 2, 3], 1e-6);

        var matched = Source.MatchLuminance(Reference);
        var (mine, wanted) = (ColorStatistics.Of(matched.Luminance()), ColorStatistics.Of(grey));
        Assert.Equal(wanted.Mean.Red, mine.Mean.Red, 1e-5);
        Assert.Equal(wanted.Covariance[0, 0], mine.Covariance[0, 0], 1e-5);
        Assert.Equal(Source[0, 4, 5] - Source[2, 4, 5], matched[0, 4, 5] - matched[2, 4, 5], 1e-5);
    }

    [Fact]
    public void Luminance_of_this_with_chroma_of_that_is_an_exchange_of_Y_in_YIQ()
    {
        var content = Golden.Picture("content");
        var kept = Source.KeepColorsOf(content);
        foreach (var (x, y) in new[] { (0, 0), (7, 3), (39, 31) })
        {
            Assert.Equal(Yiq(Source, x, y).Y, Yiq(kept, x, y).Y, 1e-5);
            Assert.Equal(Yiq(content, x, y).I, Yiq(kept, x, y).I, 1e-5);
            Assert.Equal(Yiq(content, x, y).Q, Yiq(kept, x, y).Q, 1e-5);
        }

        static (double Y, double I, double Q) Yiq(Picture p, int x, int y)
        {
            double r = p[0, y, x], g = p[1, y, x], b = p[2, y, x], luma = 0.299 * r + 0.587 * g + 0.114 * b;
            return (luma, 0.736 * (r - luma) - 0.268 * (b - luma), 0.478 * (r - luma) + 0.413 * (b - luma));
        }
    }

    [Fact]
    public void Tiles_repeat_and_are_remembered()
    {
        var tiled = Source.Tile(3, 2);
        Assert.Equal((3 * Source.Width, 2 * Source.Height), (tiled.Width, tiled.Height));
        Assert.Equal(Source[1, 5, 7], tiled[1, 5 + Source.Height, 7 + 2 * Source.Width]);
        Assert.Throws<ArgumentException>(() => Source.Tile(0, 1));
        Assert.Throws<ArgumentException>(() => Source.Tile(int.MaxValue, int.MaxValue));

        string path = Path.Combine(Directory.CreateTempSubdirectory("tiles").FullName, "a.png");
        Source.Save(path);
        var made = Picture.Load(path).Luminance().Tile(2, 3).Smoothness(0.05);
        Assert.Equal(["luminance", "tile 2 3", "smoothness 0.05"], made.Origin!.Operations);
        Assert.Equal(made.Values, made.Origin.Replay().Values);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Smoothness_is_white_on_even_ground_and_grey_along_an_edge()
    {
        var edge = new Picture(24, 8);
        for (int i = 0; i < edge.Values.Length; i++)
            edge.Values[i] = i % 24 < 12 ? 0.2f : 0.6f;
        var mask = edge.Smoothness(0.1);
        Assert.Equal(1, mask[0, 4, 2], 1e-5);
        // Half of the Gaussian window or so lies on each side: a variance of 0.2².
        Assert.Equal(0.01 / (0.01 + 0.04), mask[0, 4, 12], 0.05);
        Assert.Equal(mask[0, 4, 12], mask[2, 4, 12]);
        Assert.Contains("contrast above 0", Assert.Throws<ArgumentException>(() => edge.Smoothness(0)).Message);
    }
}
