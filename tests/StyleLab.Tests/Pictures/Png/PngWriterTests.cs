using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace StyleLab.Tests.Pictures.Png;

public class PngWriterTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(40, 1)]
    [InlineData(33, 27)]
    public void WhatIsWrittenReadsBackExactly(int width, int height)
    {
        var picture = TestPictures.Scene(width, height, seed: width);
        var read = Picture.Decode(picture.EncodePng());
        Assert.Equal((width, height), (read.Width, read.Height));
        Assert.Equal(picture.Values, read.Values);
    }

    [Fact]
    public void AllBytesSurvive()
    {
        var picture = new Picture(256, 1);
        for (var i = 0; i < 256; i++)
            (picture[0, 0, i], picture[1, 0, i], picture[2, 0, i]) = (i / 255f, (255 - i) / 255f, i * 7 % 256 / 255f);
        Assert.Equal(picture.Values, Picture.Decode(picture.EncodePng()).Values);
    }

    [Fact]
    public void ValuesAreClampedAndRoundedToTheNearest()
    {
        var picture = new Picture(1, 4, [-1, 2, float.NaN, 0.5f, 10.49f / 255, 10.51f / 255, 254.6f / 255, float.PositiveInfinity,
            -0f, 0.4f / 255, 1, float.NegativeInfinity]);
        var read = Picture.Decode(picture.EncodePng());
        Assert.Equal([0, 255, 0, 128, 10, 11, 255, 255, 0, 0, 255, 0], read.Values.Select(value => (int)MathF.Round(value * 255)));
    }

    [Fact]
    public void FiltersMakeSmoothPicturesSmall()
    {
        var smooth = new Picture(200, 200);
        for (var i = 0; i < smooth.Values.Length; i++)
            smooth.Values[i] = (i % 200 + i / 200 % 200) / 400f;
        var rows = UnpackedRows(smooth.EncodePng());
        var filters = Enumerable.Range(0, 200).Select(y => rows[y * 601]).ToHashSet();
        Assert.DoesNotContain((byte)0, filters);
        Assert.True(smooth.EncodePng().Length < 200 * 200 * 3 / 20);
    }

    private static byte[] UnpackedRows(byte[] png)
    {
        var data = Encoding.Latin1.GetString(png).IndexOf("IDAT", StringComparison.Ordinal);
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(data - 4));
        using var stream = new ZLibStream(new MemoryStream(png, data + 4, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        stream.CopyTo(rows);
        return rows.ToArray();
    }
}
