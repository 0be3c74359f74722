using System.Buffers.Binary;
using System.IO.Compression;
using StyleLab.Pictures.Profiles;

namespace StyleLab.Pictures.Png;

/// <summary>
/// What a PNG file says about its colours: cICP counts before iCCP, that before sRGB, that before gAMA and cHRM (PNG specification,
/// section 4.3). A file that says nothing is sRGB, and what is malformed says nothing.
/// </summary>
internal sealed class PngColorSpace
{
    private const uint Whole = 100_000;

    // The reciprocal of 2.2, which stands for sRGB: programs wrote it for files that were made on ordinary screens.
    private const double UsualGamma = 0.45455, AboutUsual = 0.005;

    private byte[]? _cicp, _iccp, _chromaticities;
    private double? _gamma;
    private bool _isSrgb;

    public static bool Knows(string type) => type is "cICP" or "iCCP" or "sRGB" or "gAMA" or "cHRM";

    public void Add(PngChunk chunk)
    {
        switch (chunk.Type)
        {
            case "cICP" when chunk.Data.Length >= 4: _cicp = chunk.Data.ToArray(); break;
            case "iCCP": _iccp = chunk.Data.ToArray(); break;
            case "sRGB": _isSrgb = true; break;
            case "cHRM" when chunk.Data.Length >= 32: _chromaticities = chunk.Data.ToArray(); break;
            case "gAMA" when chunk.Data.Length >= 4:
                uint gamma = BinaryPrimitives.ReadUInt32BigEndian(chunk.Data);
                _gamma = gamma is >= Whole / 100 and <= 100 * Whole ? (double)gamma / Whole : null;
                break;
        }
    }

    /// <summary>The colour space of the pixels; null for sRGB.</summary>
    /// <exception cref="StyleLabException">The brightness has the range of a film (PQ or HLG), which has no place in 0..1.</exception>
    public ColorSpace? Read(bool isGrey)
    {
        try
        {
            return _cicp is not null && OfCodePoints(_cicp) is { } coded ? coded
                : _iccp is not null && Unpacked(_iccp) is { } profile && IccProfile.Read(profile, isGrey) is { } described ? described
                : _isSrgb || (_gamma is null && _chromaticities is null) ? null
                : new MatrixColorSpace(Curve(), isGrey || _chromaticities is null ? Primaries.Srgb : Chromaticities(_chromaticities));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private ToneCurve Curve() =>
        _gamma is { } gamma && Math.Abs(gamma - UsualGamma) > AboutUsual ? ToneCurve.Gamma(1 / gamma) : ToneCurve.Srgb;

    private static Primaries Chromaticities(byte[] data)
    {
        (double, double) At(int i) => (
            BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(8 * i)) / (double)Whole, BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(8 * i + 4)) / (double)Whole);
        return new(White: At(0), Red: At(1), Green: At(2), Blue: At(3));
    }

    // Primaries and transfer of ITU-T H.273; a matrix other than RGB or a narrow range is not for PNG.
    private static ColorSpace? OfCodePoints(byte[] data)
    {
        if (data[1] is 16 or 18)
            throw new StyleLabException(
                $"The PNG data has the brightness range of a film ({(data[1] == 16 ? "PQ" : "HLG")}), which is not read; save the picture as an sRGB PNG or JPEG.");
        Primaries? primaries = data[0] switch { 1 => Primaries.Srgb, 9 => Primaries.Bt2020, 12 => Primaries.DisplayP3, _ => null };
        ToneCurve? curve = data[1] switch
        {
            1 or 6 or 14 or 15 => ToneCurve.Bt709,
            4 => ToneCurve.Gamma(2.2),
            5 => ToneCurve.Gamma(2.8),
            8 => ToneCurve.Gamma(1),
            13 => ToneCurve.Srgb,
            _ => null,
        };
        return primaries is null || curve is null || data[2] != 0 || data[3] != 1 ? null : new MatrixColorSpace(curve, primaries);
    }

    private static byte[]? Unpacked(byte[] chunk)
    {
        // A name, its NUL, and the compression method, always 0.
        int nul = Array.IndexOf(chunk, (byte)0);
        if (nul < 0 || nul + 1 >= chunk.Length || chunk[nul + 1] != 0)
            return null;
        try
        {
            using var stream = new ZLibStream(new MemoryStream(chunk, nul + 2, chunk.Length - nul - 2), CompressionMode.Decompress);
            using var profile = new MemoryStream();
            var buffer = new byte[8192];
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                if (profile.Length + count > IccProfile.MaxBytes)
                    return null;
                profile.Write(buffer, 0, count);
            }
            return profile.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
