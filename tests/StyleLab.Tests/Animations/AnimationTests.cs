using StyleLab.Tests.Pictures;

namespace StyleLab.Tests.Animations;

public sealed class AnimationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("animations").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Picture Colored(int width, int height, Func<int, int, int> rgb)
    {
        var picture = new Picture(width, height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int color = rgb(x, y);
                for (int channel = 0; channel < 3; channel++)
                    picture[channel, y, x] = (color >> (16 - 8 * channel) & 255) / 255f;
            }
        return picture;
    }

    [Theory]
    [InlineData(Dithering.None)]
    [InlineData(Dithering.Ordered)]
    [InlineData(Dithering.FloydSteinberg)]
    public void Up_to_255_colors_come_back_exactly(Dithering dithering)
    {
        // Hardly compressible and large enough to fill the 4096 codes several times.
        var random = new Random(3);
        int[] colors = [.. Enumerable.Range(0, 255).Select(_ => random.Next(1 << 24))];
        Picture Random() => Colored(150, 90, (_, _) => colors[random.Next(255)]);
        var animation = new Animation([Random(), Random(), Random()]) { Dithering = dithering };

        var gif = new GifFile(animation.EncodeGif());

        Assert.Equal((150, 90, 3), (gif.Width, gif.Height, gif.Frames.Count));
        for (int i = 0; i < 3; i++)
            Assert.Equal(animation.Frames[i].Picture.ToPackedRgb(), gif.Frames[i].Screen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(17)]
    public void A_few_colors_need_few_bits(int count)
    {
        var picture = Colored(37, 11, (x, y) => (x * y % count) * 0x0A0B0D);
        var gif = new GifFile(new Animation([picture]).EncodeGif());
        Assert.Equal(picture.ToPackedRgb(), gif.Frames[0].Screen);
    }

    [Fact]
    public void A_frame_holds_only_what_changes()
    {
        var scene = TestPictures.Scene(60, 40, 1);
        var other = new Picture(60, 40, [.. scene.Values]);
        for (int y = 10; y < 15; y++)
            for (int x = 20; x < 27; x++)
                other[0, y, x] = 1 - other[0, y, x];

        var gif = new GifFile(new Animation([scene, other, other]).EncodeGif());

        Assert.Equal((0, 0, 60, 40), gif.Frames[0].Part);
        var (left, top, width, height) = gif.Frames[1].Part;
        Assert.True(left >= 20 && top >= 10 && left + width <= 27 && top + height <= 15, $"{gif.Frames[1].Part}");
        Assert.Equal((0, 0, 1, 1), gif.Frames[2].Part);
        Assert.Equal(gif.Frames[1].Screen, gif.Frames[2].Screen);
    }

    [Theory]
    [InlineData(Dithering.None, 0.025)]
    [InlineData(Dithering.Ordered, 0.03)]
    [InlineData(Dithering.FloydSteinberg, 0.03)]
    public void Many_colors_are_shown_by_near_ones(Dithering dithering, double most)
    {
        Picture[] pictures = [TestPictures.Scene(128, 96, 1), TestPictures.Scene(128, 96, 2)];
        var gif = new GifFile(new Animation(pictures) { Dithering = dithering }.EncodeGif());
        for (int i = 0; i < 2; i++)
        {
            var shown = Colored(128, 96, (x, y) => gif.Frames[i].Screen[y * 128 + x]);
            Assert.InRange(Math.Sqrt(shown.MeanSquaredDifference(pictures[i])), 0.001, most);
            Assert.True(gif.Frames[i].Screen.Distinct().Count() > 200);
        }
    }

    [Fact]
    public void Dithering_keeps_the_mean_of_small_areas()
    {
        // A smooth surface of 65536 colours.
        var picture = Colored(256, 256, (x, y) => x << 16 | y << 8 | (x + y) / 2);
        double Error(Dithering dithering)
        {
            var gif = new GifFile(new Animation([picture]) { Dithering = dithering }.EncodeGif());
            var shown = Colored(256, 256, (x, y) => gif.Frames[0].Screen[y * 256 + x]);
            return shown.Resize(32, 32, Resampling.Area).MeanSquaredDifference(picture.Resize(32, 32, Resampling.Area));
        }

        double none = Error(Dithering.None);
        Assert.InRange(Error(Dithering.Ordered), 0, 0.8 * none);
        Assert.InRange(Error(Dithering.FloydSteinberg), 0, 0.6 * none);
    }

    [Fact]
    public void A_frame_of_quite_other_colors_gets_its_own_palette()
    {
        var random = new Random(9);
        var reds = Colored(64, 64, (_, _) => random.Next(256) << 16 | random.Next(40) << 8);
        var noise = Colored(8 * 64, 64, (_, _) => random.Next(1 << 24));
        var animation = new Animation([.. Enumerable.Range(0, 8).Select(i => noise.Crop(64 * i, 0, 64, 64)), reds]);

        var gif = new GifFile(animation.EncodeGif());

        Assert.Equal([.. Enumerable.Repeat(false, 8), true], gif.Frames.Select(frame => frame.OwnPalette));
    }

    [Fact]
    public void Any_animation_can_be_read()
    {
        var random = new Random(11);
        for (int trial = 0; trial < 60; trial++)
        {
            int width = random.Next(1, 40), height = random.Next(1, 40), kinds = 1 << random.Next(0, 12);
            var animation = new Animation { Dithering = (Dithering)random.Next(3), Plays = random.Next(3) };
            for (int frame = random.Next(1, 5); frame > 0; frame--)
                animation.Add(Colored(width, height, (_, _) => random.Next(kinds) * 2654435), random.Next(2, 100) / 100.0);

            var gif = new GifFile(animation.EncodeGif());

            Assert.Equal(animation.Frames.Count, gif.Frames.Count);
            int[] last = animation.Frames[^1].Picture.ToPackedRgb();
            if (animation.SelectMany(frame => frame.Picture.ToPackedRgb()).Distinct().Count() <= 255)
                Assert.Equal(last, gif.Frames[^1].Screen);
        }
    }

    [Fact]
    public void Times_are_right_as_a_whole()
    {
        var animation = new Animation(Enumerable.Range(0, 48).Select(i => TestPictures.Scene(8, 8, i)), 1 / 24.0);
        var gif = new GifFile(animation.EncodeGif());
        Assert.Equal(200, gif.Frames.Sum(frame => frame.Delay));
        Assert.All(gif.Frames, frame => Assert.InRange(frame.Delay, 4, 5));
        Assert.Equal(2, animation.Seconds, 1e-9);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, null)]
    [InlineData(3, 2)]
    public void Plays_are_repeats_after_the_first(int plays, int? repeats)
    {
        var animation = new Animation([TestPictures.Scene(8, 8, 1), TestPictures.Scene(8, 8, 2)]) { Plays = plays };
        Assert.Equal(repeats, new GifFile(animation.EncodeGif()).Repeats);
    }

    [Fact]
    public void A_cross_fade_holds_and_fades()
    {
        Picture[] pictures = [Colored(4, 4, (_, _) => 0), Colored(4, 4, (_, _) => 0xFFFFFF)];
        var open = Animation.CrossFade(pictures, hold: 2, fade: 0.5, framesPerSecond: 6, closed: false);
        Assert.Equal([0, 0.25f, 0.5f, 0.75f, 1], open.Frames.Select(frame => frame.Picture[0, 0, 0]));
        Assert.Equal(4.5, open.Seconds, 1e-9);

        var closed = Animation.CrossFade(pictures, hold: 2, fade: 0.5, framesPerSecond: 6);
        Assert.Equal([0, 0.25f, 0.5f, 0.75f, 1, 0.75f, 0.5f, 0.25f], closed.Frames.Select(frame => frame.Picture[0, 0, 0]));
        Assert.Equal(2, Animation.CrossFade(pictures, fade: 0).Frames.Count);
        Assert.Single(Animation.CrossFade([pictures[0]]).Frames);
    }

    [Fact]
    public void What_cannot_be_done_is_one_sentence()
    {
        var animation = new Animation([new Picture(4, 3)]);
        (Action Call, string Message)[] faults =
        [
            (() => animation.Add(new Picture(3, 4)), "it began with 4×3 and this one is 3×4; crop or resize it first."),
            (() => animation.Add(new Picture(4, 4)), "this one is 4×4; crop or resize it first."),
            (() => animation.Add(new Picture(4, 3), 0.01), "0.02 to 600 seconds, not 0.01."),
            (() => animation.Add(new Picture(4, 3), double.NaN), "not NaN."),
            (() => animation.Plays = -1, "not -1 times."),
            (() => new Animation().EncodeGif(), "add at least one picture."),
            (() => new Animation().Save("a.mp4"), "add at least one picture."),
            (() => animation.Save("a.png"), "end the name in .gif or .mp4."),
            (() => animation.Save(Path.Combine(_folder, "none", "a.gif")), "does not exist."),
            (() => animation.Save(Path.Combine(_folder, "none", "a.mp4")), "does not exist."),
            (() => Animation.CrossFade([]), "at least one picture."),
            (() => Animation.CrossFade([new Picture(4, 3), new Picture(3, 4)]), "crop or resize it first."),
            (() => Animation.CrossFade([new Picture(4, 3)], framesPerSecond: 0), "not 0."),
        ];
        foreach (var (call, message) in faults)
            Assert.EndsWith(message, Assert.Throws<StyleLabException>(call).Message);
        Assert.Single(animation.Frames);
    }

    [Theory]
    [InlineData(new[] { 20, 15, 40, 30, 80, 60 }, 80, 60)]
    [InlineData(new[] { 21, 64, 43, 128, 43, 128 }, 43, 128)] // 64 high it would be 21.5 wide
    [InlineData(new[] { 80, 60, 20, 15 }, 80, 60)]
    public void Small_pictures_are_enlarged_to_the_largest(int[] sides, int width, int height)
    {
        Picture[] pictures = [.. sides.Chunk(2).Select((side, i) => TestPictures.Scene(side[0], side[1], i))];
        var animation = new Animation(pictures, 0.2);
        Assert.Equal(pictures, animation.Frames.Select(frame => frame.Picture));
        Assert.StartsWith($"animation {width}×{height}, {pictures.Length} frames", animation.ToString());
        byte[] gif = animation.EncodeGif();
        Assert.Equal((width, height), (gif[6] | gif[7] << 8, gif[8] | gif[9] << 8));
        Assert.Equal(new Animation(pictures.Select(picture => picture.ResizeIfNeeded(width, height)), 0.2).EncodeGif(), gif);
        Assert.All(Animation.CrossFade(pictures).Frames, frame => Assert.Equal((width, height), (frame.Picture.Width, frame.Picture.Height)));
    }

    [Fact]
    public async Task A_run_is_animated_as_it_is()
    {
        var network = LossNetwork.Load("vgg19-slim");
        var animation = new Animation();
        var run = network.Synthesize(Loss.Style(TestPictures.Scene(96, 72, 1), "relu1_1"), size: new(130, 97), optimizer: Optimizer.Adam(6));
        await foreach (var step in run)
            animation.Add(step.Picture);
        Assert.Equal([65, 130], animation.Frames.Select(frame => frame.Picture.Width).Distinct());
        Assert.StartsWith("animation 130×97", animation.ToString());
    }

    [Fact]
    public void Saved_as_gif_it_replaces_an_older_file()
    {
        string path = Path.Combine(_folder, "a.gif");
        File.WriteAllText(path, "old");
        var animation = new Animation { { new Picture(4, 3), 0.5 }, new Picture(4, 3) };
        animation.Save(path);
        Assert.Equal(animation.EncodeGif(), File.ReadAllBytes(path));
        Assert.Equal("animation 4×3, 2 frames, 0.6 s", animation.ToString());
    }

    [Fact]
    public void Saved_as_film_it_needs_ffmpeg()
    {
        string path = Path.Combine(_folder, "a.mp4");
        var animation = new Animation([TestPictures.Scene(33, 21, 1), TestPictures.Scene(33, 21, 2)], 0.2);
        bool isInstalled = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "ffmpeg")));
        if (isInstalled)
        {
            animation.Save(path);
            Assert.Equal("ftyp"u8.ToArray(), File.ReadAllBytes(path)[4..8]);
        }
        else
            Assert.Contains("save an animated GIF (.gif) instead.", Assert.Throws<StyleLabException>(() => animation.Save(path)).Message);
        Assert.Equal(isInstalled ? 1 : 0, Directory.GetFiles(_folder).Length);
    }
}
