using StyleLab.Tests.Pictures.Png;

namespace StyleLab.Tests.Pictures;

public class AlphaTests
{
    public static TheoryData<Resampling> Filters => [.. Enum.GetValues<Resampling>()];

    [Fact]
    public void EveryColorAndAlphaComesBackFromAFile()
    {
        // All alphas across, all levels down; rows of unfiltered RGBA.
        byte[] rows = [.. Enumerable.Range(0, 256).SelectMany(y => Enumerable.Range(0, 256)
            .SelectMany(x => new[] { (byte)y, (byte)(255 - y), (byte)(y / 2), (byte)x }).Prepend((byte)0))];
        var picture = Picture.Decode(PngBytes.File(PngBytes.Header(256, 256, 8, 6), PngBytes.Data(rows)));
        Assert.Equal(Enumerable.Range(0, 256).Select(x => x / 255f), picture.Alpha![..256]);
        byte[] again = [];
        PngBytes.WithRows(picture.EncodePng(), unpacked => again = unpacked);
        Assert.Equal(256 * (1 + 4 * 256), again.Length);
        var twice = Picture.Decode(picture.EncodePng());
        Assert.Equal(picture.Alpha, twice.Alpha);
        // Only what is transparent has lost its colour.
        for (int i = 0; i < picture.Values.Length; i++)
            Assert.Equal(picture.Values[i], twice.Values[i], 6);
        Assert.All(Enumerable.Range(0, 256), y => Assert.Equal(1, picture[0, y, 0]));
    }

    [Theory]
    [InlineData(0, 8, new byte[] { 0, 7 }, new byte[] { 0, 7, 9 }, new[] { 0f, 1f })]
    [InlineData(0, 16, new byte[] { 1, 2 }, new byte[] { 0, 1, 2, 1, 3 }, new[] { 0f, 1f })]
    [InlineData(2, 8, new byte[] { 0, 1, 0, 2, 0, 3 }, new byte[] { 0, 1, 2, 3, 1, 2, 4 }, new[] { 0f, 1f })]
    [InlineData(3, 8, new byte[] { 51, 255 }, new byte[] { 0, 0, 2 }, new[] { 0.2f, 1f })]
    [InlineData(3, 1, new byte[] { 255, 51 }, new byte[] { 0, 0b01_000000 }, new[] { 1f, 0.2f })]
    [InlineData(4, 8, null, new byte[] { 0, 100, 51, 100, 255 }, new[] { 0.2f, 1f })]
    [InlineData(4, 16, null, new byte[] { 0, 9, 9, 0x80, 0, 9, 9, 0xFF, 0xFF }, new[] { 0x8000 / 65535f, 1f })]
    [InlineData(6, 16, null, new byte[] { 0, 1, 1, 2, 2, 3, 3, 0, 1, 1, 1, 2, 2, 3, 3, 0x33, 0x33 }, new[] { 1 / 65535f, 0.2f })]
    public void EveryKindOfPngGivesItsAlpha(byte colorType, byte depth, byte[]? transparency, byte[] row, float[] expected)
    {
        byte[][] chunks = [PngBytes.Header(2, 1, depth, colorType), .. colorType == 3 ? [PngBytes.Chunk("PLTE", [1, 2, 3, 4, 5, 6, 7, 8, 9])] : Array.Empty<byte[]>(),
            .. transparency is null ? [] : new[] { PngBytes.Chunk("tRNS", transparency) }, PngBytes.Data(row)];
        Assert.Equal(expected, Picture.Decode(PngBytes.File(chunks)).Alpha);
    }

    [Fact]
    public void AnAlphaThatIsOpaqueEverywhereIsNone()
    {
        var picture = Picture.Decode(PngBytes.File(PngBytes.Header(1, 1, 8, 6), PngBytes.Data([0, 10, 20, 30, 255])));
        Assert.Null(picture.Alpha);
        Assert.Null(picture.WithAlpha(Mask.Rectangle(1, 1, -5, -5, 5, 5)).Alpha);
        Assert.Equal(2, picture.EncodePng()[25]);
        Assert.Equal(6, picture.WithAlpha(new Picture(1, 1)).EncodePng()[25]);
    }

    [Theory, MemberData(nameof(Filters))]
    public void NoFringeAppearsAtASoftEdge(Resampling filter)
    {
        var disc = Disc(64, 64);
        foreach (var changed in new[] { disc.Resize(23, 31, filter), disc.Resize(150, 90, filter), disc.Blur(1.5).Resize(40, 40, filter), disc.Fit(100) })
        {
            var bytes = Rgba(changed);
            Assert.Contains(bytes, pixel => pixel.Alpha is > 0 and < 255);
            foreach (var (red, green, blue, alpha) in bytes.Where(pixel => pixel.Alpha > 8))
                Assert.True(red >= 250 && green <= 5 && blue <= 5, $"{red} {green} {blue} at {alpha}");
            Assert.All(changed.Alpha!, value => Assert.InRange(value, 0, 1));
        }
    }

    [Fact]
    public void GeometryMovesAlphaWithTheColors()
    {
        var disc = Disc(20, 12);
        Expect(disc.Crop(3, 2, 10, 7), (x, y) => (x + 3, y + 2));
        Expect(disc.Tile(2, 3), (x, y) => (x % 20, y % 12));
        Expect(disc.WithMargin(2), (x, y) => (Math.Abs(x - 2) is var i && i > 19 ? 38 - i : i, Math.Abs(y - 2) is var j && j > 11 ? 22 - j : j));
        Expect(disc.MirroredTo(30, 12), (x, y) => (x > 19 ? 38 - x : x, y));
        Expect(disc.WithText("a", "b"), (x, y) => (x, y));
        Expect(disc.Clamp(), (x, y) => (x, y));
        Assert.Equal(disc.Alpha, disc.Luminance().Alpha);
        // A crop that is opaque has no alpha.
        Assert.Null(disc.Crop(8, 4, 3, 3).Alpha);

        void Expect(Picture picture, Func<int, int, (int X, int Y)> source)
        {
            for (int y = 0; y < picture.Height; y++)
                for (int x = 0; x < picture.Width; x++)
                {
                    var (fromX, fromY) = source(x, y);
                    Assert.Equal(disc.Alpha![fromY * 20 + fromX], picture.Alpha![y * picture.Width + x]);
                    Assert.Equal(disc[1, fromY, fromX], picture[1, y, x]);
                }
        }
    }

    [Fact]
    public void OnlyWhatIsSeenCountsInStatistics()
    {
        var scene = TestPictures.Scene(40, 30, 1);
        var cutOut = scene.WithAlpha(Mask.Rectangle(40, 30, 0, 0, 17, 30));
        var seen = scene.Crop(0, 0, 17, 30);
        Assert.Equal(seen.MeanColor().Green, cutOut.MeanColor().Green, 5);
        Assert.Equal(ColorStatistics.Of(seen).Covariance[0, 1], ColorStatistics.Of(cutOut).Covariance[0, 1], 5);
        var other = TestPictures.Scene(25, 25, 9).Blur(1);
        foreach (var method in Enum.GetValues<ColorMatching>())
        {
            var matched = cutOut.MatchColors(other, method);
            Assert.Equal(cutOut.Alpha, matched.Alpha);
            Assert.InRange(matched.Crop(0, 0, 17, 30).MeanSquaredDifference(seen.MatchColors(other, method)), 0, 1e-9);
            Assert.InRange(other.MatchColors(cutOut, method).MeanSquaredDifference(other.MatchColors(seen, method)), 0, 1e-9);
        }
        Assert.InRange(cutOut.MatchLuminance(other).Crop(0, 0, 17, 30).MeanSquaredDifference(seen.MatchLuminance(other)), 0, 1e-9);
        Assert.InRange(cutOut.KeepColorsOf(scene.Luminance()).Crop(0, 0, 17, 30).MeanSquaredDifference(seen.Luminance()), 0, 1e-9);
    }

    [Fact]
    public void ACutOutIsLaidOverAnother()
    {
        var ground = new Picture(64, 64, [.. Enumerable.Repeat(0.2f, 3 * 64 * 64)]);
        var laid = ground.Overlay(Disc(64, 64), new Picture(64, 64, [.. Enumerable.Repeat(1f, 3 * 64 * 64)]));
        Assert.Null(laid.Alpha);
        Assert.Equal(0.2f, laid[0, 0, 0], 6);
        Assert.Equal((1f, 0f), (laid[0, 32, 32], laid[1, 32, 32]));
        // At the soft edge it lies between the two colours, and no white shines through.
        Assert.All(Enumerable.Range(0, 64), x => Assert.InRange(laid[1, 32, x], -1e-6f, 0.2f + 1e-6f));
        var cutOuts = Disc(64, 64).Overlay(Disc(64, 64), Mask.Rectangle(64, 64, 32, 0, 64, 64));
        Assert.Equal(0, cutOuts.Alpha![0]);
        Assert.Equal(1, cutOuts.Alpha![32 * 64 + 32]);
    }

    [Fact]
    public void OriginsTellOfAlphaAndOlderOnesMeanThePictureOverWhite()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Disc(32, 24).Save(Path.Combine(folder, "disc.png"));
            TestPictures.Scene(32, 24, 3).Save(Path.Combine(folder, "scene.png"));
            var disc = Picture.Load(Path.Combine(folder, "disc.png"));
            var scene = Picture.Load(Path.Combine(folder, "scene.png"));
            Assert.Equal(["alpha"], disc.Origin!.Operations);
            Assert.Empty(scene.Origin!.Operations);
            Assert.NotNull(disc.Alpha);
            foreach (var picture in new[]
            {
                disc, disc.Resize(20, 20).Blur(1), disc.WithoutAlpha().Crop(2, 2, 9, 9), disc.AlphaMask(), scene.WithAlpha(disc.AlphaMask()),
                scene.WithAlpha(disc).Luminance(), disc.MatchLuminance(scene), disc.MatchColors(scene, ColorMatching.Histogram),
            })
            {
                var replayed = picture.Origin!.Replay();
                Assert.Equal(picture.Values, replayed.Values);
                Assert.Equal(picture.Alpha, replayed.Alpha);
                Assert.Equal(picture.Origin, replayed.Origin);
            }
            // What recipes said before alpha was kept.
            var before = (disc.Origin with { Operations = ["resize 16 12 bicubic"] }).Replay();
            Assert.Null(before.Alpha);
            Assert.Equal(disc.WithoutAlpha().Resize(16, 12).Values, before.Values);
            Assert.Equal(["resize 16 12 bicubic"], before.Origin!.Operations);
            // Writing into alpha makes it another picture.
            disc.Alpha![0] = 0.5f;
            Assert.Null(disc.Origin);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A red disc on nothing, with a soft edge; as a picture of a file it has white in its transparent pixels.</summary>
    private static Picture Disc(int width, int height)
    {
        var red = new Picture(width, height);
        red.Plane(0).Fill(1);
        return red.WithAlpha(Mask.Ellipse(width, height, feather: 4));
    }

    private static List<(int Red, int Green, int Blue, int Alpha)> Rgba(Picture picture)
    {
        var (straight, plane) = (picture.Solid(), picture.Width * picture.Height);
        return [.. Enumerable.Range(0, plane).Where(i => picture.Alpha![i] >= 1 / 16f).Select(i => (
            (int)MathF.Round(255 * straight.Values[i]), (int)MathF.Round(255 * straight.Values[plane + i]), (int)MathF.Round(255 * straight.Values[2 * plane + i]),
            (int)MathF.Round(255 * picture.Alpha![i])))];
    }
}
