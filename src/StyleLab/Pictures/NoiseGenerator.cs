namespace StyleLab.Pictures;

/// <summary>
/// Random numbers that are the same on every machine and in every version of .NET. Bits come from SplitMix64
/// (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014); normal deviates from Marsaglia's polar form
/// of the Box–Muller transform, which needs no sine, and a logarithm made of exactly rounded operations only,
/// because the one of the C library differs between machines in its last bits.
/// </summary>
internal sealed class NoiseGenerator(long seed)
{
    private ulong _state = (ulong)seed;
    private double? _spare;

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>A number in 0..1, evenly distributed; 0 can occur, 1 cannot.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A normally distributed number with mean 0 and variance 1.</summary>
    public double NextGaussian()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }
        while (true)
        {
            var u = 2 * NextUniform() - 1;
            var v = 2 * NextUniform() - 1;
            var square = u * u + v * v;
            if (square is >= 1 or 0)
                continue;
            var factor = Math.Sqrt(-2 * Logarithm(square) / square);
            _spare = v * factor;
            return u * factor;
        }
    }

    /// <summary>The natural logarithm of a positive normal number, good to about 15 digits.</summary>
    internal static double Logarithm(double x)
    {
        var exponent = Math.ILogB(x);
        var mantissa = Math.ScaleB(x, -exponent);
        // ln m = 2 artanh(t) with t = (m − 1)/(m + 1); m in 0.7..1.4 makes t small and the series short.
        if (mantissa > 1.4)
        {
            mantissa /= 2;
            exponent++;
        }
        var t = (mantissa - 1) / (mantissa + 1);
        var series = 0.0;
        for (var power = 23; power >= 1; power -= 2)
            series = series * t * t + 1.0 / power;
        return exponent * 0.6931471805599453 + 2 * t * series;
    }
}
