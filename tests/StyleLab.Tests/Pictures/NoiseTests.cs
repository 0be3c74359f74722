using StyleLab.Pictures;

namespace StyleLab.Tests.Pictures;

public class NoiseTests
{
    [Fact]
    public void BitsAreThoseOfSplitMix64()
    {
        // Published values of the generator for seed 1234567.
        var generator = new NoiseGenerator(1234567);
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431],
            Enumerable.Range(0, 4).Select(_ => generator.NextBits()));
    }

    [Fact]
    public void LogarithmIsAccurate()
    {
        var random = new Random(3);
        for (var i = 0; i < 10_000; i++)
        {
            var x = Math.ScaleB(random.NextDouble() + 1e-9, -random.Next(120));
            Assert.Equal(Math.Log(x), NoiseGenerator.Logarithm(x), 1e-14 * Math.Max(1, Math.Abs(Math.Log(x))));
        }
    }

    [Fact]
    public void DeviatesAreNormal()
    {
        var generator = new NoiseGenerator(42);
        var values = Enumerable.Range(0, 200_000).Select(_ => generator.NextGaussian()).ToArray();
        Assert.Equal(0, values.Average(), 0.01);
        Assert.Equal(1, values.Average(v => v * v), 0.01);
        Assert.Equal(0, values.Average(v => v * v * v), 0.03);
        Assert.Equal(3, values.Average(v => v * v * v * v), 0.06);
        // Shares within one and two standard deviations, and neighbours that know nothing of each other.
        Assert.Equal(0.6827, values.Count(v => Math.Abs(v) < 1) / 200_000.0, 0.004);
        Assert.Equal(0.9545, values.Count(v => Math.Abs(v) < 2) / 200_000.0, 0.002);
        Assert.Equal(0, values.Zip(values.Skip(1), (a, b) => a * b).Average(), 0.01);
    }

    [Fact]
    public void ASeedGivesTheSameNoiseForEver()
    {
        var picture = Picture.Noise(16, 16, seed: 1, (0.5f, 0.25f, 0.75f), sigma: 0.1);
        var bits = new HashCode64();
        foreach (var value in picture.Values)
            bits.Add(BitConverter.SingleToUInt32Bits(value));
        // Computed by an independent program.
        Assert.Equal(3282927100950770073UL, bits.Value);
        Assert.NotEqual(picture.Values, Picture.Noise(16, 16, seed: 2, (0.5f, 0.25f, 0.75f), sigma: 0.1).Values);
    }

    [Fact]
    public void NoiseScattersAroundTheColor()
    {
        var picture = Picture.Noise(200, 200, seed: 7, (0.5f, 0.25f, 0.75f), sigma: 0.1);
        var (red, green, blue) = picture.MeanColor();
        Assert.Equal(0.5f, red, 0.003f);
        Assert.Equal(0.25f, green, 0.003f);
        Assert.Equal(0.75f, blue, 0.003f);
        Assert.Equal(0.1, Math.Sqrt(picture.Crop(0, 0, 200, 200).Values.Take(40_000).Average(v => (v - 0.5) * (v - 0.5))), 0.002);
        Assert.All(Picture.Noise(5, 5, seed: 7, (0.1f, 0.1f, 0.1f), sigma: 0).Values, value => Assert.Equal(0.1f, value));
    }

    [Fact]
    public void BadArgumentsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Picture.Noise(0, 5, 1, default, 1));
        Assert.Equal("Noise needs a sigma of 0 or more, got -1.5.",
            Assert.Throws<ArgumentException>(() => Picture.Noise(5, 5, 1, default, -1.5)).Message);
    }

    // FNV-1a over 32-bit words.
    private struct HashCode64()
    {
        public ulong Value { get; private set; } = 14695981039346656037;

        public void Add(uint word) => Value = (Value ^ word) * 1099511628211;
    }
}
