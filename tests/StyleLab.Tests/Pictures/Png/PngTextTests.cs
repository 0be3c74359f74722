using System.Text;
using StyleLab.Pictures.Png;

namespace StyleLab.Tests.Pictures.Png;

public class PngTextTests
{
    [Theory]
    [InlineData("Title", "plain")]
    [InlineData("Title", "")]
    [InlineData("Author", "Hokusai é ÿ\nsecond line")]
    [InlineData("Author", "北斎 🌊 “quoted”")]
    [InlineData("StyleLab.Recipe", "{\r\n\t\"size\": 256\r\n}")]
    public void TextSurvivesAFile(string keyword, string text)
    {
        var read = Picture.Decode(new Picture(2, 1).WithText(keyword, text).EncodePng());
        Assert.Equal(new Dictionary<string, string> { [keyword] = text }, read.Text);
    }

    [Fact]
    public void LatinTextIsPlainAndOtherTextIsUtf8()
    {
        var png = Encoding.Latin1.GetString(new Picture(1, 1).WithText("A", "é").WithText("B", "北").EncodePng());
        Assert.Contains("tEXtA\0é", png);
        Assert.Contains("iTXtB\0", png);
    }

    [Fact]
    public void ReadsCompressedText()
    {
        var packed = PngBytes.Packed(PngBytes.Latin1("déjà vu"));
        var packedUtf8 = PngBytes.Packed(Encoding.UTF8.GetBytes("北斎"));
        var text = ReadText(
            PngBytes.Chunk("zTXt", [.. PngBytes.Latin1("Old"), 0, 0, .. packed]),
            PngBytes.Chunk("iTXt", [.. PngBytes.Latin1("New"), 0, 1, 0, .. PngBytes.Latin1("ja"), 0, .. Encoding.UTF8.GetBytes("新"), 0, .. packedUtf8]));
        Assert.Equal(new Dictionary<string, string> { ["Old"] = "déjà vu", ["New"] = "北斎" }, text);
    }

    [Fact]
    public void MalformedTextIsLeftOut()
    {
        var text = ReadText(
            PngBytes.Chunk("tEXt", PngBytes.Latin1("no separator")),
            PngBytes.Chunk("tEXt", PngBytes.Latin1("\0no keyword")),
            PngBytes.Chunk("tEXt", []),
            PngBytes.Chunk("zTXt", PngBytes.Latin1("A\0")),
            PngBytes.Chunk("zTXt", PngBytes.Latin1("B\0\0not packed")),
            PngBytes.Chunk("iTXt", PngBytes.Latin1("C\0\0\0only a language")),
            PngBytes.Chunk("iTXt", PngBytes.Latin1("D\0")),
            PngBytes.Chunk("tEXt", PngBytes.Latin1("Good\0kept")));
        Assert.Equal(new Dictionary<string, string> { ["Good"] = "kept" }, text);
    }

    [Fact]
    public void ATextBombIsLeftOut()
    {
        var bomb = PngBytes.Chunk("zTXt", [.. PngBytes.Latin1("Bomb"), 0, 0, .. PngBytes.Packed(new byte[60_000_000])]);
        Assert.Empty(ReadText(bomb, bomb, bomb));
    }

    [Fact]
    public void WithTextSharesTheValuesAndLeavesTheOriginalAlone()
    {
        var plain = new Picture(2, 2);
        var noted = plain.WithText("Title", "first").WithText("Title", "second").WithText("Author", "me");
        Assert.Same(plain.Values, noted.Values);
        Assert.Empty(plain.Text);
        Assert.Equal(new Dictionary<string, string> { ["Title"] = "second", ["Author"] = "me" }, noted.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" leading")]
    [InlineData("trailing ")]
    [InlineData("two  spaces")]
    [InlineData("line\nbreak")]
    [InlineData("北斎")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public void RefusesKeywordsThatPngDoesNotAllow(string keyword)
    {
        Assert.False(PngText.IsKeyword(keyword));
        Assert.Contains("keyword", Assert.Throws<ArgumentException>(() => new Picture(1, 1).WithText(keyword, "")).Message);
    }

    [Fact]
    public void RefusesTextThatPngCannotStore()
    {
        foreach (var text in new[] { "a\0b", "half \uD83C" })
            Assert.Contains("no PNG file can store", Assert.Throws<ArgumentException>(() => new Picture(1, 1).WithText("Title", text)).Message);
    }

    private static IReadOnlyDictionary<string, string> ReadText(params byte[][] chunks) =>
        Picture.Decode(PngBytes.File([PngBytes.Header(1, 1, 8, 0), .. chunks, PngBytes.Data([0, 7])])).Text;
}
