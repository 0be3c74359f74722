using System.Buffers.Binary;
using System.Text;

namespace StyleLab.Pictures.Profiles;

/// <summary>
/// An ICC profile (ICC.1, versions 2 and 4): of the matrix and curve form, which cameras, phones and editors write; of the table form, which scanners
/// and printers have, for three components; or of grey. Colours are taken relative to white, as they were measured. A damaged profile counts as none, since the pixels are fine.
/// </summary>
internal static class IccProfile
{
    /// <summary>The longest profile that is taken together from its pieces.</summary>
    public const int MaxBytes = 16 << 20;

    private const int HeaderBytes = 128, TagBytes = 12, MaxTags = 1000;

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
            return Has(profile, "A2B0");
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static bool Has(ReadOnlySpan<byte> profile, string signature)
    {
        try
        {
            return !Tag(profile, signature).IsEmpty;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // Tables count before the matrix (ICC.1:2022, 8.10), those of measured colours before those of pleasant ones.
    private static ColorSpace ReadColors(ReadOnlySpan<byte> profile)
    {
        foreach (string tables in (string[])["A2B1", "A2B0"])
        {
            try
            {
                if (Has(profile, tables))
                    return IccTables.Read(Tag(profile, tables), profile[20..].StartsWith("Lab "u8), Matrix3.Inverse(s_srgb));
            }
            catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException)
            {
                // The next form is there for that.
            }
        }

        var xyz = new double[3, 3];
        var curves = new ToneCurve[3];
        for (int channel = 0; channel < 3; channel++)
        {
            char letter = "rgb"[channel];
            var color = Tag(profile, $"{letter}XYZ", "XYZ ");
            for (int row = 0; row < 3; row++)
                xyz[row, channel] = IccCurve.Fixed(color[(8 + 4 * row)..]);
            curves[channel] = IccCurve.Read(Tag(profile, $"{letter}TRC"));
        }
        return new MatrixColorSpace(curves, Matrix3.Multiply(Matrix3.Inverse(s_srgb), xyz));
    }

    private static ColorSpace ReadGrey(ReadOnlySpan<byte> profile)
    {
        var curve = IccCurve.Read(Tag(profile, "kTRC"));
        return new MatrixColorSpace([curve, curve, curve], new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } });
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

    internal static bool Is(ReadOnlySpan<byte> data, string signature) => Encoding.Latin1.GetString(data[..4]) == signature;
}
