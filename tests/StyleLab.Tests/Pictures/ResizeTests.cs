using System.Runtime.InteropServices;
using System.Text.Json;

namespace StyleLab.Tests.Pictures;

public class ResizeTests
{
    private sealed record Case(string Filter, int Width, int Height, byte[] Values);

    private sealed record Golden(int Width, int Height, byte[] Values, Case[] Resized);

    private static readonly Golden _golden = JsonSerializer.Deserialize<Golden>(
        File.ReadAllText(Path.Combine(Fixtures.Folder, "resize.json")), JsonSerializerOptions.Web)!;

    [Theory]
    [InlineData(Resampling.Nearest)]
    [InlineData(Resampling.Bilinear)]
    [InlineData(Resampling.Bicubic)]
    [InlineData(Resampling.Lanczos)]
    [InlineData(Resampling.Area)]
    public void MatchesPillow(Resampling filter)
    {
        var picture = Planes(_golden.Width, _golden.Height, Floats(_golden.Values));
        var cases = _golden.Resized.Where(c => c.Filter == filter.ToString()).ToArray();
        Assert.Equal(7, cases.Length);
        foreach (var expected in cases)
        {
            var resized = picture.Resize(expected.Width, expected.Height, filter);
            var values = Floats(expected.Values);
            Assert.Equal((expected.Width, expected.Height, 3 * values.Length), (resized.Width, resized.Height, resized.Values.Length));
            for (var i = 0; i < values.Length; i++)
                for (var channel = 0; channel < 3; channel++)
                    Assert.Equal(values[i] + channel, resized.Values[channel * values.Length + i], 5e-6f * (channel + 1));
        }
    }

    [Fact]
    public void TheSameSizeKeepsTheValues()
    {
        var picture = TestPictures.Scene(19, 12, seed: 5);
        foreach (var filter in Enum.GetValues<Resampling>())
            Assert.True(picture.MeanSquaredDifference(picture.Resize(19, 12, filter)) < 1e-14, filter.ToString());
    }

    [Fact]
    public void AreaKeepsTheMeanColor()
    {
        var picture = TestPictures.Scene(50, 34, seed: 6);
        var (red, green, blue) = picture.Resize(7, 9, Resampling.Area).MeanColor();
        Assert.Equal(picture.MeanColor().Red, red, 1e-5f);
        Assert.Equal(picture.MeanColor().Green, green, 1e-5f);
        Assert.Equal(picture.MeanColor().Blue, blue, 1e-5f);
    }

    [Fact]
    public void ShrinkingDoesNotAlias()
    {
        // Stripes of one pixel become even grey; a filter that only samples would give stripes or one of the two colours.
        var stripes = new Picture(64, 64);
        for (var i = 0; i < stripes.Values.Length; i++)
            stripes.Values[i] = i % 2;
        foreach (var filter in new[] { Resampling.Bilinear, Resampling.Bicubic, Resampling.Lanczos, Resampling.Area })
            Assert.All(stripes.Resize(8, 8, filter).Values, value => Assert.Equal(0.5f, value, 0.03f));
    }

    [Fact]
    public void ValuesAreNotClamped()
    {
        var edge = new Picture(8, 1);
        for (var channel = 0; channel < 3; channel++)
            for (var x = 4; x < 8; x++)
                edge[channel, 0, x] = 1;
        Assert.True(edge.Resize(32, 1).Values.Max() > 1.01f);
    }

    [Theory]
    [InlineData(400, 300, 256, 256, 192)]
    [InlineData(300, 400, 100, 75, 100)]
    [InlineData(20, 10, 64, 64, 32)]
    [InlineData(1000, 1, 10, 10, 1)]
    [InlineData(1, 1000, 10, 1, 10)]
    [InlineData(7, 7, 5, 5, 5)]
    public void FitMakesTheLongSideExact(int width, int height, int longSide, int fittedWidth, int fittedHeight)
    {
        var fitted = new Picture(width, height).Fit(longSide);
        Assert.Equal((fittedWidth, fittedHeight), (fitted.Width, fitted.Height));
    }

    [Fact]
    public void BadSizesAreRefusedInOneSentence()
    {
        var picture = new Picture(4, 3);
        Assert.Equal("Fit needs a long side of at least 1 pixel, got 0.", Error(() => picture.Fit(0)));
        Assert.Equal("Resize needs a size of at least 1×1 pixels, got -2×5.", Error(() => picture.Resize(-2, 5)));
        Assert.Equal("A picture can have at most 100 megapixels, 1000000×750000 is more.", Error(() => picture.Fit(1_000_000)));
        // Nothing as long as the sides is allocated before the size is refused.
        Assert.Equal("A picture can have at most 100 megapixels, 2147483647×1610612735 is more.", Error(() => picture.Fit(int.MaxValue)));
        Assert.Contains("Nearest, Bilinear, Bicubic, Lanczos, Area", Error(() => picture.Resize(2, 2, (Resampling)9)));
    }

    private static string Error(Action action) => Assert.Throws<ArgumentException>(action).Message;

    private static float[] Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    // The channels differ, so that a mixed-up plane is found out.
    private static Picture Planes(int width, int height, float[] plane) =>
        new(width, height, [.. plane, .. plane.Select(value => value + 1), .. plane.Select(value => value + 2)]);
}
