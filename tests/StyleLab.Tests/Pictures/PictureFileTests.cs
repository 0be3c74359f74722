namespace StyleLab.Tests.Pictures;

public sealed class PictureFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-");
    private readonly Picture _scene = TestPictures.Scene(12, 9, seed: 21);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void PngFilesKeepPixelsAndText()
    {
        var path = PathOf("scene.PNG");
        _scene.WithText("StyleLab.Recipe", "{\"steps\":300}").Save(path);
        var loaded = Picture.Load(path);
        Assert.Equal(_scene.Values, loaded.Values);
        Assert.Equal("{\"steps\":300}", loaded.Text["StyleLab.Recipe"]);
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
    }

    [Theory]
    [InlineData("scene.jpg")]
    [InlineData("scene.jpeg")]
    public void JpegFilesKeepWhatTheEyeSees(string name)
    {
        _scene.Save(PathOf(name));
        Assert.Equal([0xFF, 0xD8, 0xFF], File.ReadAllBytes(PathOf(name))[..3]);
        Assert.True(Picture.Load(PathOf(name)).Psnr(_scene) > 25);
    }

    [Fact]
    public void TheContentDecidesTheFormat()
    {
        File.WriteAllBytes(PathOf("misnamed.jpg"), _scene.EncodePng());
        Assert.Equal(_scene.Values, Picture.Load(PathOf("misnamed.jpg")).Values);
    }

    [Fact]
    public void SavingReplacesAnEarlierFile()
    {
        File.WriteAllText(PathOf("out.png"), "something else");
        _scene.Save(PathOf("out.png"));
        Assert.Equal(_scene.Values, Picture.Load(PathOf("out.png")).Values);
    }

    [Theory]
    [InlineData("out.gif", "has the extension .gif: pictures are saved as .png, .jpg or .jpeg.")]
    [InlineData("out", "has no extension: pictures are saved as .png, .jpg or .jpeg.")]
    [InlineData("nowhere/out.png", "does not exist.")]
    public void FilesThatCannotBeWrittenAreNamed(string name, string reason)
    {
        var error = Assert.Throws<StyleLabException>(() => _scene.Save(PathOf(name)));
        Assert.Contains(PathOf(name), error.Message);
        Assert.EndsWith(reason, error.Message);
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void AFolderIsNotAFile()
    {
        Assert.Contains("is a folder", Assert.Throws<StyleLabException>(() => Picture.Load(_folder.FullName)).Message);
        Assert.Contains("is a folder", Assert.Throws<StyleLabException>(() => _scene.Save(_folder.FullName)).Message);
    }

    [Fact]
    public void AMissingFileIsNamedWithItsPlace()
    {
        var error = Assert.Throws<StyleLabException>(() => Picture.Load("no/such.png"));
        Assert.Equal($"no/such.png does not exist (looked for {Path.GetFullPath("no/such.png")}).", error.Message);
        Assert.Contains("is empty", Assert.Throws<StyleLabException>(() => Picture.Load("")).Message);
    }

    [Theory]
    [InlineData("", "is empty: there is no picture in it.")]
    [InlineData("Dear diary,\n", "it holds text; PNG, JPEG, WebP, GIF, BMP and icons are read.")]
    [InlineData("<!doctype html><title>404</title>", "it holds a web page; PNG, JPEG, WebP, GIF, BMP and icons are read.")]
    [InlineData("  <svg xmlns=", "it holds an SVG drawing; PNG, JPEG, WebP, GIF, BMP and icons are read.")]
    [InlineData("\0\0\0\u0018ftypheic", " holds a HEIC picture, which is not read: `#r \"nuget: Magick.NET-Q8-AnyCPU\"` in a cell reads it; or save it as PNG or JPEG first, with any image program or by `magick INPUT output.png`.")]
    [InlineData("\0\0\0\u001cftypavif", " holds an AVIF picture, which is not read: `#r \"nuget: Magick.NET-Q8-AnyCPU\"` in a cell reads it; or save it as PNG or JPEG first, with any image program or by `magick INPUT output.png`.")]
    [InlineData("II*\0\u0008\0\0\0", " holds a TIFF picture, which is not read: `#r \"nuget: Magick.NET-Q8-AnyCPU\"` in a cell reads it; or save it as PNG or JPEG first, with any image program or by `magick INPUT output.png`.")]
    [InlineData("8BPS\0\u0001", " holds a Photoshop picture, which is not read: `#r \"nuget: Magick.NET-Q8-AnyCPU\"` in a cell reads it; or save it as PNG or JPEG first, with any image program or by `magick INPUT output.png`.")]
    [InlineData("#?RADIANCE\n", " holds a Radiance HDR picture, which is not read: save it as PNG or JPEG first, with any image program or by `magick INPUT output.png`.")]
    [InlineData("P6\n16 16\n255\n", " holds a PNM picture, which is not read: `#r \"nuget: Magick.NET-Q8-AnyCPU\"` in a cell reads it; or save it as PNG or JPEG first, with any image program or by `magick INPUT output.png`.")]
    [InlineData("\0\0\0\u0020ftypisom", "it holds a film; PNG, JPEG, WebP, GIF, BMP and icons are read.")]
    [InlineData("\0\u0001\u0002\u0003", "it holds bytes that begin with 00010203; PNG, JPEG, WebP, GIF, BMP and icons are read.")]
    public void OtherContentIsNamed(string content, string reason)
    {
        File.WriteAllText(PathOf("notes.png"), content);
        var error = Assert.Throws<StyleLabException>(() => Picture.Load(PathOf("notes.png")));
        Assert.StartsWith(PathOf("notes.png"), error.Message);
        Assert.EndsWith(reason, error.Message);
    }

    [Fact]
    public void ErrorsOfTheFormatCarryTheName()
    {
        File.WriteAllBytes(PathOf("cut.png"), _scene.EncodePng()[..100]);
        Assert.Equal($"{PathOf("cut.png")} cannot be read: the PNG data ends too early, the file was cut off.",
            Assert.Throws<StyleLabException>(() => Picture.Load(PathOf("cut.png"))).Message);
        Assert.StartsWith("The data cannot be read: the PNG data ends too early",
            Assert.Throws<StyleLabException>(() => Picture.Decode(_scene.EncodePng().AsMemory(0, 100))).Message);
    }

    [Fact]
    public void AWrongFileIsNotReadThrough()
    {
        using (var file = File.Create(PathOf("film.png")))
            file.SetLength(3L << 30);
        Assert.Contains("begin with 0000000000000000", Assert.Throws<StyleLabException>(() => Picture.Load(PathOf("film.png"))).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void JpegQualityHasARange(int quality) =>
        Assert.Equal($"JPEG quality runs from 1 to 100, got {quality}.",
            Assert.Throws<ArgumentException>(() => _scene.EncodeJpeg(quality)).Message);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
