namespace StyleLab.Tests.Pictures;

public class BlendTests
{
    private static readonly Picture Scene = TestPictures.Scene(48, 40, 1), Other = TestPictures.Scene(48, 40, 2);
    private static readonly Picture Ellipse = Mask.Ellipse(48, 40);

    private static Picture Made(int width, int height, Func<int, int, double> value)
    {
        var picture = new Picture(width, height);
        for (int channel = 0; channel < 3; channel++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    picture[channel, y, x] = (float)(value(x, y) * (channel + 1) / 3);
        return picture;
    }

    [Fact]
    public void An_even_source_is_filled_by_the_harmonic_function_of_its_rim()
    {
        // The five-point Laplacian of x² − y² and of x·y is zero everywhere: the only solution is the picture itself.
        var harmonic = Made(60, 44, (x, y) => 0.5 + (x * x - y * y + x * y) / 6000.0);
        var holed = harmonic.Overlay(new Picture(60, 44), Mask.Ellipse(60, 44));
        Assert.True(holed.Psnr(harmonic) < 20);

        var filled = holed.BlendSeamlessly(new Picture(60, 44), Mask.Ellipse(60, 44, radiusX: 27, radiusY: 20));

        Assert.InRange(filled.Values.Zip(harmonic.Values, (a, b) => Math.Abs(a - b)).Max(), 0, 2e-6);
    }

    [Fact]
    public void A_source_that_differs_by_a_constant_disappears()
    {
        var brighter = new Picture(48, 40, Array.ConvertAll(Scene.Values, v => v + 0.3f));
        Assert.InRange(Scene.BlendSeamlessly(brighter, Ellipse).Values.Zip(Scene.Values, (a, b) => Math.Abs(a - b)).Max(), 0, 2e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Differences_inside_are_those_of_the_source_as_well_as_possible(bool mix)
    {
        var blended = Scene.BlendSeamlessly(Other, Ellipse, mixGradients: mix);
        for (int y = 1; y < 39; y++)
            for (int x = 1; x < 47; x++)
            {
                if (Ellipse[0, y, x] <= 0.5f)
                {
                    Assert.Equal(Scene[1, y, x], blended[1, y, x]);
                    continue;
                }
                double laplacian = 0, wanted = 0;
                foreach (var (dx, dy) in new[] { (1, 0), (-1, 0), (0, 1), (0, -1) })
                {
                    laplacian += blended[1, y, x] - blended[1, y + dy, x + dx];
                    double mine = Scene[1, y, x] - Scene[1, y + dy, x + dx], other = Other[1, y, x] - Other[1, y + dy, x + dx];
                    wanted += mix && Math.Abs(mine) > Math.Abs(other) ? mine : other;
                }
                Assert.Equal(wanted, laplacian, 2e-6);
            }
    }

    [Theory]
    [InlineData(-20, -15)]
    [InlineData(30, 25)]
    [InlineData(5, 3)]
    public void A_source_may_stick_out(int x, int y)
    {
        var small = Other.Crop(0, 0, 30, 28);
        var blended = Scene.BlendSeamlessly(small, Mask.Ellipse(30, 28), x, y);
        Assert.All(blended.Values, value => Assert.InRange(value, -0.6f, 1.6f));
        Assert.NotEqual(Scene.Values, blended.Values);

        // A mask that ends at the edge of the source and of the picture has a rim on the other sides.
        var white = new Picture(30, 28, [.. Enumerable.Repeat(1f, 3 * 30 * 28)]);
        Assert.All(Scene.BlendSeamlessly(small, white, x, y).Values, value => Assert.InRange(value, -1.5f, 2.5f));
    }

    [Fact]
    public void An_overlay_mixes_by_the_mask()
    {
        var mask = Made(4, 4, (_, _) => 0.75);
        Array.Fill(mask.Values, 0.25f);
        var over = Scene.Overlay(Other.Crop(0, 0, 4, 4), mask, 46, -1);
        Assert.Equal(0.75f * Scene[2, 2, 47] + 0.25f * Other[2, 3, 1], over[2, 2, 47], 1e-6);
        Assert.Equal(Scene[2, 3, 47], over[2, 3, 47]);
        Assert.Equal(Scene[2, 2, 45], over[2, 2, 45]);
    }

    [Fact]
    public void Masks_are_white_inside_and_soft_at_the_rim()
    {
        var hard = Mask.Rectangle(20, 10, 5, 2, 15, 8);
        Assert.Equal(60.0, hard.Values.Sum() / 3.0, 1e-4);
        Assert.All(hard.Values, value => Assert.True(value is 0 or 1));

        var soft = Mask.Ellipse(200, 100, feather: 20);
        Assert.InRange(soft.Values.Sum() / 3, Math.PI * 80 * 40 - 120, Math.PI * 80 * 40 + 120);
        Assert.Equal(1, soft[0, 50, 100]);
        Assert.Equal(0, soft[0, 0, 0]);
        Assert.Equal(0.5f, soft[0, 50, 180], 0.05f);
        Assert.InRange(soft[0, 50, 176], 0.6f, 0.95f);
        Assert.Equal(0, soft[0, 50, 192]);
    }

    [Fact]
    public void What_cannot_be_blended_is_refused()
    {
        var white = new Picture(48, 40, [.. Enumerable.Repeat(1f, 3 * 48 * 40)]);
        (Action Call, string Message)[] faults =
        [
            (() => Scene.BlendSeamlessly(Other, new Picture(48, 40)), "leaves nothing to blend."),
            (() => Scene.BlendSeamlessly(Other, Ellipse, 500), "leaves nothing to blend."),
            (() => Scene.BlendSeamlessly(Other, white), "leave some of it black."),
            (() => Scene.BlendSeamlessly(Other, new Picture(4, 4)), "the size of the source, 48×40, got 4×4."),
            (() => Scene.Overlay(Other, new Picture(4, 4)), "the size of the source, 48×40, got 4×4."),
            (() => Mask.Ellipse(10, 10, radiusX: 0), "got 0 and 4."),
            (() => Mask.Rectangle(10, 10, 5, 5, 5, 9), "got 5..5 and 5..9."),
            (() => Mask.Rectangle(10, 10, 1, 1, 5, 9, -1), "got -1."),
        ];
        foreach (var (call, message) in faults)
            Assert.EndsWith(message, Assert.Throws<ArgumentException>(call).Message);
    }
}
