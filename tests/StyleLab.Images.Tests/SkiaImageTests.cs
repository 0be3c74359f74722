using SkiaSharp;

namespace StyleLab.Images.Tests;

public class SkiaImageTests
{
    [Theory]
    [InlineData(SKColorType.Rgba8888, SKAlphaType.Unpremul)]
    [InlineData(SKColorType.Bgra8888, SKAlphaType.Unpremul)]
    [InlineData(SKColorType.RgbaF16, SKAlphaType.Unpremul)]
    [InlineData(SKColorType.Rgba8888, SKAlphaType.Premul)]
    public void ABitmapAndAnImageAreTakenWithTheirAlpha(SKColorType colors, SKAlphaType alpha)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(3, 2, colors, alpha));
        bitmap.Erase(SKColors.Transparent);
        bitmap.SetPixel(1, 0, new(10, 20, 30, 255));
        bitmap.SetPixel(2, 1, new(200, 100, 50, 102));
        using var image = SKImage.FromBitmap(bitmap);
        foreach (var picture in new[] { Picture.From(bitmap), Picture.From(image) })
        {
            Assert.Equal((3, 2), (picture.Width, picture.Height));
            Assert.Equal([10 / 255f, 20 / 255f, 30 / 255f], [picture[0, 0, 1], picture[1, 0, 1], picture[2, 0, 1]], (a, b) => Math.Abs(a - b) < 2e-4f);
            Assert.Equal([0, 1, 0, 0, 0, 0.4f], picture.Alpha!, (a, b) => Math.Abs(a - b) < 2e-4f);
            // Colours behind alpha are rounded where they are stored multiplied by it.
            Assert.Equal(1 - 0.4f * (1 - 200 / 255f), picture[0, 1, 2], 2e-3f);
        }
    }

    [Fact]
    public void OpaqueAndGreyAreTakenExactly()
    {
        using var grey = new SKBitmap(new SKImageInfo(2, 1, SKColorType.Gray8, SKAlphaType.Opaque));
        grey.GetPixelSpan()[1] = 77;
        var picture = Picture.From(grey);
        Assert.Equal([0, 77 / 255f, 0, 77 / 255f, 0, 77 / 255f], picture.Values);
        Assert.Null(picture.Alpha);
    }

    [Fact]
    public void AColorSpaceIsFollowed()
    {
        using var p3 = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3);
        using var bitmap = new SKBitmap(new SKImageInfo(1, 1, SKColorType.Rgba8888, SKAlphaType.Opaque, p3));
        (bitmap.GetPixelSpan()[0], bitmap.GetPixelSpan()[1], bitmap.GetPixelSpan()[2], bitmap.GetPixelSpan()[3]) = (180, 120, 60, 255);
        // As Little CMS makes it, in 8 bits.
        Assert.Equal([190f, 117f, 45f], [.. Picture.From(bitmap).Values.Select(value => 255 * value)], (a, b) => Math.Abs(a - b) <= 0.55f);
    }

    [Fact]
    public void ABitmapWithoutPixelsGetsASentence()
    {
        using var empty = new SKBitmap();
        Assert.Throws<ArgumentException>(() => Picture.From(empty));
        using var bitmap = new SKBitmap(3, 3);
        bitmap.Reset();
        Assert.Throws<ArgumentException>(() => Picture.From(bitmap));
    }

    [Fact]
    public void OtherValuesAreRefusedByTheirType()
    {
        Assert.Equal("Picture.From takes an Image of ImageSharp, an SKBitmap or SKImage of SkiaSharp, or a MagickImage of Magick.NET, got List<System.Int32>.",
            Assert.Throws<ArgumentException>(() => Picture.From(new List<int>())).Message);
        var own = new Picture(2, 2);
        Assert.Same(own, Picture.From(own));
    }

    /// <summary>As in a program of a user's that refers to both packages: nothing is carried in a folder.</summary>
    [Fact]
    public void AProgramThatRefersToStyleLabSkiaReadsOtherFormats()
    {
        Assert.False(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "skia")));
        Assert.Equal(19, Picture.Load(Path.Combine(AppContext.BaseDirectory, "fixtures", "lossless.webp")).Width);
    }
}
