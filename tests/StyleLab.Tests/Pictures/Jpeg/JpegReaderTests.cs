using StyleLab.Pictures;
using StyleLab.Pictures.Jpeg;

namespace StyleLab.Tests.Pictures.Jpeg;

public class JpegReaderTests
{
    public static TheoryData<string> Fixtures => [.. JpegFixture.Names];

    // Pillow (libjpeg) and we do the same integer arithmetic, so nothing less than the same bytes will do.
    [Theory]
    [MemberData(nameof(Fixtures))]
    public void DecodesLikePillow(string name)
    {
        var (width, height, rgb) = JpegFixture.Expected(name);
        var picture = JpegReader.Read(JpegFixture.Data(name));
        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.Equal(rgb, JpegFixture.ToRgb(picture));
    }

    [Fact]
    public void AllKindsAreAmongTheFixtures() => Assert.True(JpegFixture.Names.Count() >= 50);

    [Theory]
    [InlineData("baseline-420")]
    [InlineData("progressive-420")]
    [InlineData("plain-restart")]
    [InlineData("plain-restart-progressive")]
    public void EveryTruncationIsReported(string name)
    {
        byte[] data = JpegFixture.Data(name);
        byte[] whole = JpegFixture.Expected(name).Rgb;
        // Without the end marker (2 bytes), and perhaps the last bits of padding, the picture is still whole.
        for (int length = 2; length < data.Length - 3; length++)
        {
            var error = Assert.Throws<StyleLabException>(() => JpegReader.Read(data.AsSpan(0, length)));
            Assert.Contains("truncated", error.Message);
        }
        Assert.Equal(whole, JpegFixture.ToRgb(JpegReader.Read(data.AsSpan(0, data.Length - 2))));
    }

    [Fact]
    public void TruncationInsideAScanNamesIt()
    {
        byte[] data = JpegFixture.Data("baseline-444");
        var error = Assert.Throws<StyleLabException>(() => JpegReader.Read(data.AsSpan(0, data.Length - 100)));
        Assert.Equal("The JPEG data ends in the middle of a scan: the file is truncated; fetch or save it again.", error.Message);
    }

    [Theory]
    [InlineData(0xC3, "lossless coding")]
    [InlineData(0xC5, "hierarchical coding")]
    public void RareCodingsAreRefusedByName(int frameMarker, string coding)
    {
        byte[] data = JpegFixture.Data("baseline-444");
        data[FrameMarker(data)] = (byte)frameMarker;
        var error = Assert.Throws<StyleLabException>(() => JpegReader.Read(data));
        Assert.Equal(
            $"The JPEG uses {coding}, which cannot be read here; save it again as an ordinary 8-bit baseline or progressive JPEG.",
            error.Message);
    }

    [Fact]
    public void TwelveBitSamplesAreRefused()
    {
        byte[] data = JpegFixture.Data("baseline-444");
        data[FrameMarker(data) + 3] = 12;
        Assert.Contains("12-bit samples", Assert.Throws<StyleLabException>(() => JpegReader.Read(data)).Message);
    }

    [Theory]
    [InlineData(60000, 60000, "at most 100 megapixels")]
    [InlineData(10000, 10000, "cannot hold that many")]
    [InlineData(0, 29, "0 pixels wide")]
    [InlineData(37, 0, "height")]
    public void ImpossibleSizesAreRefusedWithoutSettingMemoryAside(int width, int height, string reason)
    {
        byte[] data = JpegFixture.Data("progressive-420");
        int size = FrameMarker(data) + 4;
        (data[size], data[size + 1]) = ((byte)(height >> 8), (byte)height);
        (data[size + 2], data[size + 3]) = ((byte)(width >> 8), (byte)width);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<StyleLabException>(() => JpegReader.Read(data));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void ScansWithoutEndAreRefused()
    {
        byte[] data = JpegFixture.Data("plain-restart-progressive");
        int lastScan = data.AsSpan().LastIndexOf([(byte)0xFF, Marker.StartOfScan]);
        byte[] scan = data[lastScan..^2];
        var endless = data[..^2].Concat(Enumerable.Repeat(scan, 5000).SelectMany(s => s)).ToArray();
        var error = Assert.Throws<StyleLabException>(() => JpegReader.Read(endless));
        Assert.Contains("out of order", error.Message);
    }

    [Fact]
    public void OtherFilesAreNotTakenForJpeg()
    {
        var error = Assert.Throws<StyleLabException>(() => JpegReader.Read("GIF89a"u8));
        Assert.Equal("The data is not a JPEG: it does not start with the bytes FF D8.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("II*\0")]
    [InlineData("II*\0\u00ff\u00ff\u00ff\u00ff")]                          // the directory is far outside
    [InlineData("MM\0*\0\0\0\u0008\u00ff\u00ff")]                          // more entries than bytes
    [InlineData("II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0\u0009\0\0\0")] // orientation 9
    [InlineData("II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0\u0006")]       // cut off in the entry
    public void BrokenExifBlocksMeanUpright(string tiff) =>
        Assert.Equal(ExifData.None, ExifData.Parse(System.Text.Encoding.Latin1.GetBytes(tiff)));

    // The place of the frame marker's code.
    private static int FrameMarker(byte[] data)
    {
        int baseline = data.AsSpan().IndexOf([(byte)0xFF, Marker.BaselineFrame]);
        return 1 + (baseline >= 0 ? baseline : data.AsSpan().IndexOf([(byte)0xFF, Marker.ProgressiveFrame]));
    }
}
