namespace StyleLab.Extensions.Tests;

/// <summary>A program that carries neither StyleLab.Skia nor Magick.NET, as these tests: other formats are refused with what to do.</summary>
public sealed class WithoutSkiaTests
{
    [Theory]
    [InlineData("GIF89a\u0001", "a GIF")]
    [InlineData("RIFF....WEBPVP8 ", "a WebP")]
    [InlineData("BM....\0\0\0\0", "a BMP")]
    public void Other_formats_are_refused_with_what_to_do(string content, string format) => Assert.Equal(
        $"The data holds {format} picture, which is not read: add the package StyleLab.Skia, or save it as PNG or JPEG first, with any image program or by `magick INPUT output.png`.",
        Assert.Throws<StyleLabException>(() => Picture.Decode(System.Text.Encoding.Latin1.GetBytes(content))).Message);

    [Fact]
    public void Only_what_is_read_is_named() =>
        Assert.EndsWith("it holds text; PNG and JPEG are read.", Assert.Throws<StyleLabException>(() => Picture.Decode("Dear diary,\n"u8.ToArray())).Message);
}
