using ImageMagick;

namespace StyleLab.Images.Tests;

/// <summary>What a user's Magick.NET reads; it is found although nothing of it was used before.</summary>
public sealed class MagickImageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-");
    private readonly Picture _scene = Picture.Decode(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", "lossless-alpha.webp")));

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(MagickFormat.Tiff, 0, true)]
    [InlineData(MagickFormat.Jp2, 1, true)]
    [InlineData(MagickFormat.Avif, 2, true)]
    [InlineData(MagickFormat.Jxl, 2, true)]
    [InlineData(MagickFormat.Psd, 0, false)]
    [InlineData(MagickFormat.Pnm, 0, false)]
    public void OtherFormatsAreReadWithTheirAlpha(MagickFormat format, double most, bool hasAlpha)
    {
        var scene = hasAlpha ? Even().WithAlpha(Mask.Ellipse(48, 32, feather: 8)) : Even();
        scene = Picture.Decode(scene.EncodePng());
        using var image = new MagickImage(scene.EncodePng()) { Quality = 98 };
        string path = Path.Combine(_folder.FullName, "scene.file");
        File.WriteAllBytes(path, image.ToByteArray(format));
        var picture = Picture.Load(path);
        Assert.Equal((48, 32), (picture.Width, picture.Height));
        Assert.Equal(hasAlpha, picture.Alpha is not null);
        if (hasAlpha)
            Assert.InRange(255 * scene.Alpha!.Zip(picture.Alpha!, (a, b) => Math.Abs(a - b)).Average(), 0, most + 1e-3);
        Assert.InRange(255 * scene.Values.Zip(picture.Values, (a, b) => Math.Abs(a - b)).Average(), 0, most + 1e-3);
        Assert.Equal(picture.Values, picture.Origin!.Replay().Values);
    }

    /// <summary>As phones save it; the library reads it and does not write it.</summary>
    [Fact]
    public void AHeicIsRead()
    {
        var picture = Picture.Load(Path.Combine(AppContext.BaseDirectory, "fixtures", "even.heic"));
        Assert.InRange(255 * Even().Values.Zip(picture.Values, (a, b) => Math.Abs(a - b)).Average(), 0, 4);
    }

    [Fact]
    public void OrientationAndProfileAreFollowed()
    {
        using var image = new MagickImage(_scene.WithoutAlpha().EncodePng());
        byte[] p3 = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", "display-p3.webp"));
        using (var profiled = new MagickImage(p3))
            image.SetProfile(profiled.GetColorProfile()!);
        image.Orientation = Orientation.RightTop;
        var upright = Picture.Decode(image.ToByteArray(MagickFormat.Tiff));
        Assert.Equal((_scene.Height, _scene.Width), (upright.Width, upright.Height));
        // Our own reader's way with the same profile.
        image.Orientation = Orientation.TopLeft;
        var expected = Picture.Decode(image.ToByteArray(MagickFormat.Png));
        double error = 0;
        for (int y = 0; y < _scene.Height; y++)
            for (int x = 0; x < _scene.Width; x++)
                for (int channel = 0; channel < 3; channel++)
                    error += Math.Abs(255 * (expected[channel, y, x] - upright[channel, x, _scene.Height - 1 - y]));
        Assert.InRange(error / _scene.Values.Length, 0, 0.5);
        Assert.True(_scene.WithoutAlpha().Values.Zip(expected.Values, (a, b) => Math.Abs(255 * (a - b))).Average() > 1);
    }

    [Fact]
    public void InksAndGreyBecomeColours()
    {
        using var image = new MagickImage(_scene.WithoutAlpha().EncodePng()) { ColorSpace = ColorSpace.CMYK };
        Assert.InRange(255 * _scene.Values.Zip(Picture.Decode(image.ToByteArray(MagickFormat.Tiff)).Values, (a, b) => Math.Abs(a - b)).Average(), 0, 1.5);
        using var grey = new MagickImage(_scene.Luminance().WithoutAlpha().EncodePng()) { ColorType = ColorType.Grayscale };
        var read = Picture.Decode(grey.ToByteArray(MagickFormat.Tiff));
        Assert.Equal(read.Values[..10], read.Values[(19 * 16)..(19 * 16 + 10)]);
    }

    [Fact]
    public void AnImageInMemoryIsTakenAndStaysAsItIs()
    {
        using var image = new MagickImage(_scene.EncodePng()) { Depth = 16 };
        var picture = Picture.From(image);
        Assert.Equal(_scene.Values, picture.Values, (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal(16u, image.Depth);
    }

    [Fact]
    public void DamagedAndHugeFilesGetOneSentence()
    {
        using var image = new MagickImage(_scene.EncodePng());
        byte[] tiff = image.ToByteArray(MagickFormat.Tiff);
        Assert.Matches("^The data cannot be read: the TIFF data is damaged, or of a kind that Magick.NET does not read \\([^\\n]*\\); fetch or save the file again.$",
            Assert.Throws<StyleLabException>(() => Picture.Decode(tiff.AsMemory(0, 100))).Message);
        byte[] huge = System.Text.Encoding.Latin1.GetBytes("P6\n20000 20000\n255\n");
        Assert.Contains("cannot be read: the ", Assert.Throws<StyleLabException>(() => Picture.Decode(huge)).Message);
    }

    /// <summary>Gradients, which formats with losses keep.</summary>
    private static Picture Even()
    {
        var picture = new Picture(48, 32);
        for (int y = 0; y < 32; y++)
            for (int x = 0; x < 48; x++)
                (picture[0, y, x], picture[1, y, x], picture[2, y, x]) = ((40 + 4 * x) / 255f, (220 - 6 * y) / 255f, (60 + 2 * x + 2 * y) / 255f);
        return picture;
    }
}
