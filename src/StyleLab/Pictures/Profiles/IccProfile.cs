using System.Buffers.Binary;
using System.Text;

namespace StyleLab.Pictures.Profiles;

/// <summary>
/// An ICC profile (ICC.1, versions 2 and 4) of the matrix and curve form, which cameras, phones and editors write, or of grey.
/// Profiles of tables, such as those of scanners and printers, are not followed. A damaged profile counts as none, since the pixels are fine.
/// </summary>
internal static class IccProfile
{
    /// <summary>The longest profile that is taken together from its pieces.</summary>
    public const int MaxBytes = 16 << 20;

    private const int HeaderBytes = 128, TagBytes = 12, MaxTags = 1000, MaxCurve = 65536;

    // sRGB's primaries as nearly all profiles of it hold them, adapted to D50 and rounded to 1/65536.
    private static readonly double[,] s_srgb =
    {
        { 0.436065674, 0.385147095, 0.143066406 }, { 0.222488403, 0.716873169, 0.060607910 }, { 0.013916016, 0.097076416, 0.714096069 },
    };

    /// <summary>The colour space that a profile describes.</summary>
    /// <param name="profile">The whole profile.</param>
    /// <param name="isGrey">True for a picture with grey alone: a profile for colours says nothing of it, and the other way round.</param>
    /// <returns>Null if the profile is damaged, of another form, or for other pictures.</returns>
    public static ColorSpace? Read(ReadOnlySpan<byte> profile, bool isGrey)
    {
        if (profile.Length < HeaderBytes + 4 || !profile[36..].StartsWith("acsp"u8))
            return null;
        try
        {
            return profile[16..20] switch
            {
                [(byte)'R', (byte)'G', (byte)'B', (byte)' '] when !isGrey => ReadColors(profile),
                [(byte)'G', (byte)'R', (byte)'A', (byte)'Y'] when isGrey => ReadGrey(profile),
                _ => null,
            };
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Whether it is a profile with tables for pictures of so many components: what scanners, printers and presses have.</summary>
    public static bool IsOfTables(ReadOnlySpan<byte> profile, int components)
    {
        if (profile.Length < HeaderBytes + 4 || !profile[36..].StartsWith("acsp"u8))
            return false;
        if (!profile[16..].StartsWith(components switch { 1 => "GRAY"u8, 3 => "RGB "u8, _ => "CMYK"u8 }))
            return false;
        try
        {
            return !Tag(profile, "A2B0").IsEmpty;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static ColorSpace ReadColors(ReadOnlySpan<byte> profile)
    {
        var xyz = new double[3, 3];
        var curves = new ToneCurve[3];
        for (int channel = 0; channel < 3; channel++)
        {
            char letter = "rgb"[channel];
            var color = Tag(profile, $"{letter}XYZ", "XYZ ");
            for (int row = 0; row < 3; row++)
                xyz[row, channel] = Fixed(color[(8 + 4 * row)..]);
            curves[channel] = ReadCurve(Tag(profile, $"{letter}TRC"));
        }
        return new(curves, Matrix3.Multiply(Matrix3.Inverse(s_srgb), xyz));
    }

    private static ColorSpace ReadGrey(ReadOnlySpan<byte> profile)
    {
        var curve = ReadCurve(Tag(profile, "kTRC"));
        return new([curve, curve, curve], new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } });
    }

    private static ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> profile, string signature, string? type = null)
    {
        int count = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(profile[HeaderBytes..]), MaxTags);
        var tags = profile[(HeaderBytes + 4)..];
        for (int i = 0; i < count; i++, tags = tags[TagBytes..])
            if (Is(tags, signature))
            {
                uint begin = BinaryPrimitives.ReadUInt32BigEndian(tags[4..]), length = BinaryPrimitives.ReadUInt32BigEndian(tags[8..]);
                if (begin > profile.Length || length > profile.Length - begin)
                    throw new InvalidDataException($"The profile's part {signature} lies outside it.");
                var data = profile.Slice((int)begin, (int)length);
                return type is null || Is(data, type) ? data : throw new InvalidDataException($"The profile's part {signature} is of another type.");
            }
        throw new InvalidDataException($"The profile has no part {signature}.");
    }

    private static bool Is(ReadOnlySpan<byte> data, string signature) => Encoding.Latin1.GetString(data[..4]) == signature;

    private static ToneCurve ReadCurve(ReadOnlySpan<byte> data)
    {
        if (Is(data, "para"))
            return ReadParametric(data);
        if (!Is(data, "curv"))
            throw new InvalidDataException("The profile has a tone curve of an unknown type.");
        uint count = BinaryPrimitives.ReadUInt32BigEndian(data[8..]);
        var numbers = data[12..];
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
    private static ToneCurve ReadParametric(ReadOnlySpan<byte> data)
    {
        int kind = BinaryPrimitives.ReadUInt16BigEndian(data[8..]);
        int count = kind switch { 0 => 1, 1 => 3, 2 => 4, 3 => 5, 4 => 7, _ => throw new InvalidDataException("The profile has a tone curve of an unknown form.") };
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

    private static double Fixed(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadInt32BigEndian(data) / 65536.0;
}
