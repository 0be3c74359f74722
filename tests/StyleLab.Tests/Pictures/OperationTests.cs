namespace StyleLab.Tests.Pictures;

public class OperationTests
{
    private readonly Picture _scene = TestPictures.Scene(23, 17, seed: 11);

    [Fact]
    public void CropTakesTheRectangle()
    {
        var crop = _scene.Crop(5, 3, 10, 7);
        Assert.Equal((10, 7), (crop.Width, crop.Height));
        for (var channel = 0; channel < 3; channel++)
            for (var y = 0; y < 7; y++)
                for (var x = 0; x < 10; x++)
                    Assert.Equal(_scene[channel, y + 3, x + 5], crop[channel, y, x]);
    }

    [Theory]
    [InlineData(-1, 0, 5, 5)]
    [InlineData(0, 0, 24, 5)]
    [InlineData(20, 0, 4, 5)]
    [InlineData(0, 17, 1, 1)]
    [InlineData(0, 0, 0, 5)]
    [InlineData(int.MaxValue, 0, int.MaxValue, 1)]
    public void CropsOutsideAreRefused(int x, int y, int width, int height) =>
        Assert.StartsWith("A crop must lie inside the picture of 23×17, got",
            Assert.Throws<ArgumentException>(() => _scene.Crop(x, y, width, height)).Message);

    [Theory]
    [InlineData(1, 1, 17, 17)]
    [InlineData(2, 1, 23, 12)]
    [InlineData(1, 2, 8, 17)]
    [InlineData(1000, 1, 23, 1)]
    [InlineData(int.MaxValue, 1, 23, 1)]
    public void CropToAspectTakesTheLargestCentredPart(int aspectWidth, int aspectHeight, int width, int height)
    {
        var crop = _scene.CropToAspect(aspectWidth, aspectHeight);
        Assert.Equal((width, height), (crop.Width, crop.Height));
        Assert.Equal(_scene[1, (17 - height) / 2, (23 - width) / 2], crop[1, 0, 0]);
    }

    [Fact]
    public void SquareIsCentred() => Assert.Equal(_scene.Crop(3, 0, 17, 17).Values, _scene.Square().Values);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.7)]
    [InlineData(9)]
    public void BlurIsAGaussianWithReplicatedEdges(double sigma)
    {
        var blurred = _scene.Blur(sigma);
        var radius = (int)Math.Ceiling(4 * sigma);
        foreach (var (channel, y, x) in new[] { (0, 8, 11), (1, 0, 0), (2, 16, 22), (0, 1, 21) })
        {
            // The definition in two dimensions, in double.
            var (sum, weights) = (0.0, 0.0);
            for (var dy = -radius; dy <= radius; dy++)
                for (var dx = -radius; dx <= radius; dx++)
                {
                    var weight = Math.Exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
                    sum += weight * _scene[channel, Math.Clamp(y + dy, 0, 16), Math.Clamp(x + dx, 0, 22)];
                    weights += weight;
                }
            Assert.Equal(sum / weights, blurred[channel, y, x], 1e-6);
        }
    }

    [Fact]
    public void BlurByNothingKeepsTheValues() => Assert.Equal(_scene.Values, _scene.Blur(0).Values);

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1001)]
    public void BlurRefusesSigmasOutOfRange(double sigma) =>
        Assert.StartsWith("Blur takes a sigma of 0 to 1000 pixels, got", Assert.Throws<ArgumentException>(() => _scene.Blur(sigma)).Message);

    [Fact]
    public void ClampBringsValuesIntoRange()
    {
        var picture = new Picture(2, 1, [-0.5f, 0.25f, 1.5f, float.NaN, 0, 1]);
        Assert.Equal([0, 0.25f, 1, 0, 0, 1], picture.Clamp().Values);
        Assert.Equal(-0.5f, picture.Values[0]);
    }

    [Fact]
    public void KeepColorsOfTakesLumaFromTheResultAndChromaFromTheContent()
    {
        var content = TestPictures.Scene(23, 17, seed: 99);
        var mixed = _scene.KeepColorsOf(content);
        for (var y = 0; y < 17; y++)
            for (var x = 0; x < 23; x++)
            {
                var (luma, _, _) = YCbCr(_scene, y, x);
                var (_, cb, cr) = YCbCr(content, y, x);
                var (mixedLuma, mixedCb, mixedCr) = YCbCr(mixed, y, x);
                Assert.Equal(luma, mixedLuma, 1e-6);
                Assert.Equal(cb, mixedCb, 1e-6);
                Assert.Equal(cr, mixedCr, 1e-6);
            }
    }

    [Fact]
    public void MeanColorIsPerChannel()
    {
        var picture = new Picture(2, 1, [0, 0.5f, 1, 0, 0.25f, 0.75f]);
        Assert.Equal((0.25f, 0.5f, 0.5f), picture.MeanColor());
    }

    [Fact]
    public void DifferencesAreMeanSquaredAndInDecibels()
    {
        var black = new Picture(3, 2);
        var grey = new Picture(3, 2, Enumerable.Repeat(0.1f, 18).ToArray());
        Assert.Equal(0.01, black.MeanSquaredDifference(grey), 1e-8);
        Assert.Equal(20, black.Psnr(grey), 1e-5);
        Assert.Equal(double.PositiveInfinity, grey.Psnr(grey));
    }

    [Fact]
    public void ComparingNeedsOneSize()
    {
        var other = new Picture(4, 4);
        Action[] actions =
        [
            () => _scene.KeepColorsOf(other), () => _scene.Psnr(other), () => _scene.MeanSquaredDifference(other),
        ];
        foreach (var action in actions)
            Assert.Contains("needs two pictures of one size, got 23×17 and 4×4", Assert.Throws<ArgumentException>(action).Message);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    [InlineData(-3, -3)]
    [InlineData(20_000, 20_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void ImpossibleSizesAreRefused(int width, int height) =>
        Assert.Throws<ArgumentException>(() => new Picture(width, height));

    [Fact]
    public void OperationsStartWithoutText()
    {
        var noted = _scene.WithText("Title", "scene");
        Assert.All(
            [noted.Fit(10), noted.Crop(0, 0, 2, 2), noted.Blur(1), noted.Clamp(), noted.KeepColorsOf(_scene)],
            picture => Assert.Empty(picture.Text));
    }

    // ITU-R BT.601 with full range.
    private static (double Y, double Cb, double Cr) YCbCr(Picture picture, int y, int x)
    {
        var (red, green, blue) = ((double)picture[0, y, x], (double)picture[1, y, x], (double)picture[2, y, x]);
        var luma = 0.299 * red + 0.587 * green + 0.114 * blue;
        return (luma, (blue - luma) / 1.772, (red - luma) / 1.402);
    }
}
