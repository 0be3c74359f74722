using StyleLab.Pictures.Jpeg;

namespace StyleLab.Tests.Pictures.Jpeg;

public class HuffmanEncoderTests
{
    [Fact]
    public void FrequentSymbolsGetShortCodes()
    {
        var frequencies = new int[256];
        (frequencies[7], frequencies[1], frequencies[200]) = (50, 20, 10);
        var code = new HuffmanEncoder(frequencies);
        // Lengths 1, 2, 3; the second code of length 3, all ones, stays free.
        Assert.Equal([1, 1, 1], code.Counts[..3]);
        Assert.Equal([7, 1, 200], code.Symbols);
    }

    [Fact]
    public void NoCodeIsLongerThan16BitsOrAllOnes()
    {
        // Fibonacci frequencies would make codes of 29 bits without a limit.
        var frequencies = new int[256];
        (int a, int b) = (1, 1);
        for (int i = 0; i < 30; i++)
            (frequencies[i], a, b) = (a, b, a + b);
        var code = new HuffmanEncoder(frequencies);
        Assert.Equal(30, code.Symbols.Length);
        int used = code.Counts.Select((count, i) => count << (15 - i)).Sum();
        Assert.Equal((1 << 16) - 1, used);
    }

    [Fact]
    public void TheDecoderReadsWhatTheEncoderWrites()
    {
        var random = new Random(11);
        int[] symbols = [.. Enumerable.Range(0, 5000).Select(_ => (int)(256 * Math.Pow(random.NextDouble(), 6)))];
        var frequencies = new int[256];
        foreach (int symbol in symbols)
            frequencies[symbol]++;
        var code = new HuffmanEncoder(frequencies);

        var output = new MemoryStream();
        var writer = new BitWriter(output);
        foreach (int symbol in symbols)
            code.Write(writer, symbol);
        writer.Finish();

        var decoder = new HuffmanDecoder(code.Counts, code.Symbols);
        var reader = new BitReader(output.ToArray(), 0);
        foreach (int symbol in symbols)
            Assert.Equal(symbol, decoder.Read(ref reader));
        Assert.Contains(code.Counts[HuffmanDecoder.LookupBits..], count => count > 0);
    }

    [Fact]
    public void OverfullTablesAreRefused()
    {
        byte[] counts = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var error = Assert.Throws<StyleLabException>(() => new HuffmanDecoder(counts, [1, 2, 3]));
        Assert.Contains("more codes than fit", error.Message);
    }
}
