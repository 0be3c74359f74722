using StyleLab.Animations;
using StyleLab.Tests.Pictures;

namespace StyleLab.Tests.Animations;

public class PaletteTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(255)]
    public void TheNearestColorIsThatOfALookAtAll(int most)
    {
        var random = new Random(most);
        var counts = new ColorCounts();
        // A cloud beside single colours far away.
        counts.Add([.. Enumerable.Range(0, 3000).Select(i => i % 10 > 0 ? random.Next(64) << 16 | random.Next(90) << 8 | random.Next(200) : random.Next(1 << 24))]);
        var palette = Palette.For(counts.Colors(), most);
        Assert.InRange(palette.Colors.Count, 2, most);
        for (int i = 0; i < 20_000; i++)
        {
            int rgb = random.Next(1 << 24);
            int expected = Enumerable.Range(0, palette.Colors.Count).MinBy(index => Palette.SquaredDistance(palette.Colors[index], rgb));
            Assert.Equal(expected, palette.Nearest(rgb));
        }
    }

    [Fact]
    public void TheMeanOfAGifIsThePicturesWhereverOneLooks()
    {
        var scene = TestPictures.Scene(160, 120, seed: 4).Blur(2);
        var shown = new GifFile(new Animation { { scene, 1.0 } }.EncodeGif()).Frames[0].Screen;
        var read = new Picture(160, 120);
        for (int i = 0; i < shown.Length; i++)
            for (int channel = 0; channel < 3; channel++)
                read.Plane(channel)[i] = (shown[i] >> (16 - 8 * channel) & 255) / 255f;
        Assert.InRange(255 * scene.Blur(1.5).Values.Zip(read.Blur(1.5).Values, (a, b) => Math.Abs(a - b)).Average(), 0, 0.7);
    }
}
