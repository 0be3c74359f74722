using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.PixelFormats;

namespace StyleLab.Images.Tests;

public class ImageSharpTests
{
    [Fact]
    public void AnImageOf8BitsIsTakenExactlyWithItsAlpha()
    {
        using var image = new Image<Rgba32>(3, 2);
        image[1, 0] = new(10, 20, 30, 255);
        image[2, 1] = new(200, 100, 50, 102);
        var picture = Picture.From(image);
        Assert.Equal((3, 2), (picture.Width, picture.Height));
        Assert.Equal((10 / 255f, 20 / 255f, 30 / 255f), (picture[0, 0, 1], picture[1, 0, 1], picture[2, 0, 1]));
        Assert.Equal([0, 1, 0, 0, 0, 0.4f], picture.Alpha!);
        // Laid over white.
        Assert.Equal(1 - 0.4f * (1 - 200 / 255f), picture[0, 1, 2], 1e-6f);
        Assert.Equal(1, picture[0, 0, 0]);
        Assert.Null(picture.Origin);
    }

    [Fact]
    public void OtherPixelsAreTakenToo()
    {
        using var bgr = new Image<Bgr24>(2, 1, new(1, 2, 3));
        Assert.Equal([1 / 255f, 1 / 255f, 2 / 255f, 2 / 255f, 3 / 255f, 3 / 255f], Picture.From(bgr).Values);
        Assert.Null(Picture.From(bgr).Alpha);
        using var grey = new Image<L8>(1, 1, new(77));
        Assert.Equal([77 / 255f, 77 / 255f, 77 / 255f], Picture.From(grey).Values);
        // More than 8 bits stay.
        using var deep = new Image<Rgb48>(1, 1, new(0x1234, 0x8001, 0xFFFE));
        var values = Picture.From(deep).Values;
        Assert.Equal([0x1234 / 65535f, 0x8001 / 65535f, 0xFFFE / 65535f], values, (a, b) => Math.Abs(a - b) < 1e-7f);
    }

    [Fact]
    public void AProfileIsFollowed()
    {
        byte[] webp = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", "display-p3.webp"));
        byte[] expected = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", "display-p3.webp.rgba"));
        using var image = Image.Load<Rgb24>(webp);
        Assert.NotNull(image.Metadata.IccProfile);
        var picture = Picture.From(image);
        double error = 0;
        for (int i = 0; i < 19 * 16; i++)
            for (int channel = 0; channel < 3; channel++)
                error += Math.Abs(255 * picture.Values[channel * 19 * 16 + i] - expected[4 * i + channel]);
        Assert.InRange(error / (3 * 19 * 16), 0, 0.3);
        image.Metadata.IccProfile = null;
        Assert.NotEqual(picture.Values, Picture.From(image).Values);
    }

    [Fact]
    public void ADisposedImageGetsASentence()
    {
        var image = new Image<Rgba32>(2, 2);
        image.Dispose();
        Assert.StartsWith("The Image cannot be read: ", Assert.Throws<StyleLabException>(() => Picture.From(image)).Message);
    }
}
