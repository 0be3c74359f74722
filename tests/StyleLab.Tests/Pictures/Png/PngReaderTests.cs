namespace StyleLab.Tests.Pictures.Png;

public class PngReaderTests
{
    public static TheoryData<string> Names => [.. Fixtures.PngNames];

    [Theory, MemberData(nameof(Names))]
    public void ReadsEveryKindOfPng(string name) =>
        Assert.Equal(Fixtures.ExpectedRgb(name), TestPictures.ToRgb(Picture.Decode(Fixtures.Png(name))));

    [Fact]
    public void FixturesCoverEveryLayout()
    {
        var layouts = Fixtures.PngNames.Select(Fixtures.Png).Select(png => (Color: png[25], Depth: png[24], Interlaced: png[28])).ToHashSet();
        (int Color, int[] Depths)[] all = [(0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16])];
        foreach (var (color, depths) in all)
            foreach (var depth in depths)
                foreach (var interlaced in new byte[] { 0, 1 })
                    Assert.Contains(((byte)color, (byte)depth, interlaced), layouts);
    }

    [Fact]
    public void KeepsThePrecisionOf16Bits()
    {
        // One RGB pixel, filter 0.
        byte[] row = [0, 0x12, 0x34, 0x80, 0x00, 0xFF, 0xFE];
        var picture = Picture.Decode(PngBytes.File(PngBytes.Header(1, 1, 16, 2), PngBytes.Data(row)));
        Assert.Equal([0x1234 / 65535f, 0x8000 / 65535f, 0xFFFE / 65535f], picture.Values);
    }

    [Fact]
    public void IgnoresChunksItDoesNotNeed()
    {
        var plain = PngBytes.File(PngBytes.Header(1, 1, 8, 0), PngBytes.Chunk("gAMA", [0, 0, 0, 1]), PngBytes.Data([0, 51]));
        Assert.Equal([0.2f, 0.2f, 0.2f], Picture.Decode(plain).Values);
    }

    [Fact]
    public void EveryTruncationIsAnError()
    {
        var png = Fixtures.Png("rgb8-interlaced");
        for (var length = 1; length < png.Length; length++)
            Assert.Throws<StyleLabException>(() => Picture.Decode(png.AsMemory(0, length)));
    }

    [Fact]
    public void EveryFlippedByteOfTheHeaderAndThePixelsIsAnError()
    {
        var png = Fixtures.Png("grey8");
        for (var i = 0; i < png.Length; i++)
        {
            var damaged = (byte[])png.Clone();
            damaged[i] ^= 0x41;
            Assert.Throws<StyleLabException>(() => Picture.Decode(damaged));
        }
    }

    [Fact]
    public void ErrorsSayWhatIsWrong()
    {
        var header = PngBytes.Header(1, 1, 8, 2);
        var pixels = PngBytes.Data([0, 1, 2, 3]);
        var wrongChecksum = PngBytes.File(header, pixels);
        wrongChecksum[^20] ^= 1;

        Expect("the checksum of its IDAT chunk is wrong", wrongChecksum);
        Expect("ends too early, the file was cut off", PngBytes.File(header, pixels)[..^5]);
        Expect("ends too early, rows are missing", PngBytes.File(header, PngBytes.Data([0, 1, 2])));
        Expect("0 bytes cannot hold the 1×1 pixels", PngBytes.File(header));
        Expect("does not begin with a header", PngBytes.File(pixels));
        Expect("rows cannot be unpacked", PngBytes.File(header, PngBytes.Chunk("IDAT", [1, 2, 3, 4, 5, 6])));
        Expect("filter 5", PngBytes.File(header, PngBytes.Data([5, 1, 2, 3])));
        Expect("colour type 2 with 4 bits", PngBytes.File(PngBytes.Header(1, 1, 4, 2), pixels));
        Expect("0×1 pixels", PngBytes.File(PngBytes.Header(0, 1, 8, 2), pixels));
        Expect("an extension of the format, ABCD", PngBytes.File(header, PngBytes.Chunk("ABCD", []), pixels));
        Expect("palette has 0 bytes", PngBytes.File(PngBytes.Header(1, 1, 8, 3), PngBytes.Data([0, 0])));
        Expect("colour 1 of a palette with 1 colours",
            PngBytes.File(PngBytes.Header(1, 1, 8, 3), PngBytes.Chunk("PLTE", [1, 2, 3]), PngBytes.Data([0, 1])));
        Expect("transparent colour is incomplete", PngBytes.File(header, PngBytes.Chunk("tRNS", [1]), pixels));

        static void Expect(string part, byte[] png) =>
            Assert.Contains(part, Assert.Throws<StyleLabException>(() => Picture.Decode(png)).Message);
    }

    [Fact]
    public void DamageBehindThePixelsIsNoticed()
    {
        // The checksum of the packed data itself, the last four bytes before the chunk's own.
        var packed = PngBytes.Packed([0, 1, 2, 3]);
        packed[^1] ^= 1;
        var error = Assert.Throws<StyleLabException>(
            () => Picture.Decode(PngBytes.File(PngBytes.Header(1, 1, 8, 2), PngBytes.Chunk("IDAT", packed))));
        Assert.Contains("cannot be unpacked", error.Message);
    }

    [Fact]
    public void RefusesTooManyPixelsFromTheHeaderAlone()
    {
        var png = PngBytes.File(PngBytes.Header(10_001, 10_000, 8, 2), PngBytes.Data([0]));
        var (error, allocated) = Allocated(() => Assert.Throws<StyleLabException>(() => Picture.Decode(png)));
        Assert.Contains("10001×10000 pixels, at most 100 megapixels", error.Message);
        Assert.InRange(allocated, 0, 1 << 20);
    }

    [Fact]
    public void DoesNotAllocateWhatAFewBytesPromise()
    {
        var png = PngBytes.File(PngBytes.Header(10_000, 10_000, 8, 2), PngBytes.Data([0, 1, 2]));
        var (_, allocated) = Allocated(() => Assert.Throws<StyleLabException>(() => Picture.Decode(png)));
        Assert.InRange(allocated, 0, 1 << 20);
    }

    [Fact]
    public void NeverUnpacksMoreThanTheHeaderImplies()
    {
        var bomb = PngBytes.File(PngBytes.Header(1, 1, 8, 0), PngBytes.Data(new byte[50_000_000]));
        var (picture, allocated) = Allocated(() => Picture.Decode(bomb));
        Assert.Equal([0f, 0f, 0f], picture.Values);
        Assert.InRange(allocated, 0, 1 << 20);
    }

    private static (T Result, long Bytes) Allocated<T>(Func<T> action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = action();
        return (result, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
