using System.Buffers.Binary;

namespace StyleLab.Pictures.Profiles;

/// <summary>Tone curves of ICC profiles: curveType and parametricCurveType (ICC.1:2022, 10.6 and 10.18).</summary>
internal static class IccCurve
{
    private const int MaxCurve = 65536;

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, out int)"/>
    public static ToneCurve Read(ReadOnlySpan<byte> data) => Read(data, out _);

    /// <param name="data">The curve, from its type on.</param>
    /// <param name="length">How many bytes it takes.</param>
    /// <exception cref="InvalidDataException">It is of an unknown form.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It ends too early.</exception>
    public static ToneCurve Read(ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        if (IccProfile.Is(data, "para"))
            return ReadParametric(data, out length);
        if (!IccProfile.Is(data, "curv"))
            throw new InvalidDataException("The profile has a tone curve of an unknown type.");
        uint count = BinaryPrimitives.ReadUInt32BigEndian(data[8..]);
        var numbers = data[12..];
        length = count <= MaxCurve ? 12 + 2 * (int)count : 0;
        switch (count)
        {
            case 0:
                return ToneCurve.Gamma(1);
            case 1:
                return Power(BinaryPrimitives.ReadUInt16BigEndian(numbers) / 256.0);
            case > MaxCurve:
                throw new InvalidDataException("The profile has a tone curve of too many values.");
        }
        var light = new double[count];
        for (int i = 0; i < light.Length; i++)
            light[i] = BinaryPrimitives.ReadUInt16BigEndian(numbers[(2 * i)..]) / 65535.0;
        return ToneCurve.Sampled(light);
    }

    // ICC.1:2010, table 65: Y = (aX + b)^g + c from d on, and below it 0, c or cX (+ f).
    private static ToneCurve ReadParametric(ReadOnlySpan<byte> data, out int length)
    {
        int kind = BinaryPrimitives.ReadUInt16BigEndian(data[8..]);
        int count = kind switch { 0 => 1, 1 => 3, 2 => 4, 3 => 5, 4 => 7, _ => throw new InvalidDataException("The profile has a tone curve of an unknown form.") };
        length = 12 + 4 * count;
        var p = new double[7];
        for (int i = 0; i < count; i++)
            p[i] = Fixed(data[(12 + 4 * i)..]);
        double g = p[0], a = p[1], b = p[2], c = p[3], d = p[4], e = p[5], f = p[6];
        return kind switch
        {
            0 => Power(g),
            1 => new(x => a * x + b >= 0 ? Math.Pow(a * x + b, g) : 0),
            2 => new(x => c + (a * x + b >= 0 ? Math.Pow(a * x + b, g) : 0)),
            3 => new(x => x >= d ? Math.Pow(Math.Max(0, a * x + b), g) : c * x),
            _ => new(x => x >= d ? Math.Pow(Math.Max(0, a * x + b), g) + e : c * x + f),
        };
    }

    private static ToneCurve Power(double exponent) =>
        exponent > 0 ? ToneCurve.Gamma(exponent) : throw new InvalidDataException("The profile has a tone curve without a rise.");

    /// <summary>A number of 16 bits and 16 bits behind the point.</summary>
    public static double Fixed(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadInt32BigEndian(data) / 65536.0;
}
