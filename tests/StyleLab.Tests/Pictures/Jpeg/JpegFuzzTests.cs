using StyleLab.Pictures.Jpeg;

namespace StyleLab.Tests.Pictures.Jpeg;

/// <summary>Broken files: each decodes or gives one sentence, with memory in proportion to the file.</summary>
public class JpegFuzzTests
{
    private static readonly byte[][] s_files = [.. JpegFixture.Names.Select(JpegFixture.Data)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ChangedBytes(int seed) => Fuzz(seed, 1500, random =>
    {
        byte[] data = Pick(random);
        for (int i = random.Next(1, 12); i > 0; i--)
            data[random.Next(2, data.Length)] = (byte)random.Next(256);
        return data;
    });

    [Fact]
    public void ChangedHeaders() => Fuzz(5, 2000, random =>
    {
        // Aims at the bytes after a marker: sizes, sampling factors, table numbers, scan parameters.
        byte[] data = Pick(random);
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int marker = random.Next(2, data.Length);
            while (marker < data.Length - 1 && !(data[marker] == 0xFF && data[marker + 1] >= Marker.BaselineFrame))
                marker++;
            data[Math.Min(marker + random.Next(1, 20), data.Length - 1)] = (byte)random.Next(random.Next(2) == 0 ? 16 : 256);
        }
        return data;
    });

    [Fact]
    public void CutOff() => Fuzz(6, 1000, random =>
    {
        byte[] data = Pick(random);
        return data[..random.Next(data.Length)];
    });

    [Fact]
    public void Spliced() => Fuzz(7, 2000, random =>
    {
        byte[] head = Pick(random), tail = Pick(random);
        return [.. head[..random.Next(2, head.Length)], .. tail[random.Next(tail.Length)..]];
    });

    [Fact]
    public void PartsRemovedAndRepeated() => Fuzz(8, 2000, random =>
    {
        byte[] data = Pick(random);
        int from = random.Next(2, data.Length), to = Math.Min(data.Length, from + random.Next(200));
        return random.Next(2) == 0 ? [.. data[..from], .. data[to..]] : [.. data[..to], .. data[from..]];
    });

    private static byte[] Pick(Random random) => (byte[])s_files[random.Next(s_files.Length)].Clone();

    private static void Fuzz(int seed, int files, Func<Random, byte[]> make)
    {
        var random = new Random(seed);
        for (int i = 0; i < files; i++)
        {
            byte[] data = make(random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var picture = JpegReader.Read(data);
                Assert.DoesNotContain(picture.Values, v => v is not (>= 0 and <= 1));
            }
            catch (StyleLabException e)
            {
                Assert.True(e.Message.EndsWith('.') && !e.Message.Contains('\n'), e.Message);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"File {i} of seed {seed}: {e}");
            }
            // A byte holds at most eight blocks of a progressive picture, and a block needs about 2 kB while it is decoded.
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 1_000_000 + 20_000L * data.Length, $"File {i} of seed {seed} took {allocated} bytes.");
        }
    }
}
