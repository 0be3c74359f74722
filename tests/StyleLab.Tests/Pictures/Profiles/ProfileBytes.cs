using System.Buffers.Binary;
using System.Text;
using StyleLab.Pictures;

namespace StyleLab.Tests.Pictures.Profiles;

/// <summary>ICC profiles put together part by part, from published primaries.</summary>
internal static class ProfileBytes
{
    private static readonly double[] s_d50 = [0.9642, 1, 0.8249];

    // Adapted to D50 as their makers' profiles hold them.
    public static readonly double[,] DisplayP3 = { { 0.51512, 0.29198, 0.15710 }, { 0.24120, 0.69225, 0.06657 }, { -0.00105, 0.04189, 0.78407 } };
    public static readonly double[,] AdobeRgb = { { 0.60974, 0.20528, 0.14919 }, { 0.31111, 0.62567, 0.06322 }, { 0.01947, 0.06087, 0.74457 } };
    public static readonly double[,] ProPhoto = { { 0.79767, 0.13519, 0.03134 }, { 0.28804, 0.71188, 0.00009 }, { 0, 0, 0.82491 } };
    public static readonly double[,] Srgb = { { 0.43607, 0.38515, 0.14307 }, { 0.22249, 0.71687, 0.06061 }, { 0.01392, 0.09708, 0.71410 } };

    /// <summary>sRGB's curve, parametric of kind 3.</summary>
    public static byte[] SrgbCurve => Parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);

    public static byte[] Gamma(double exponent)
    {
        var data = new byte[14];
        "curv"u8.CopyTo(data);
        data[11] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(12), (ushort)Math.Round(256 * exponent));
        return data;
    }

    public static byte[] Table(int count, Func<double, double> curve)
    {
        var data = new byte[12 + 2 * count];
        "curv"u8.CopyTo(data);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(8), count);
        for (int i = 0; i < count; i++)
            BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(12 + 2 * i), (ushort)Math.Round(65535 * curve((double)i / (count - 1))));
        return data;
    }

    public static byte[] Parametric(int kind, params double[] numbers)
    {
        var data = new byte[12 + 4 * numbers.Length];
        "para"u8.CopyTo(data);
        data[9] = (byte)kind;
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(12 + 4 * i), (int)Math.Round(65536 * numbers[i]));
        return data;
    }

    public static byte[] Colors(double[,] xyz, byte[] curve) => Whole("RGB ", "mntr",
    [
        ("wtpt", Xyz(s_d50)),
        .. Enumerable.Range(0, 3).Select(c => ($"{"rgb"[c]}XYZ", Xyz([xyz[0, c], xyz[1, c], xyz[2, c]]))),
        .. "rgb".Select(c => ($"{c}TRC", curve)),
    ]);

    /// <summary>A profile of a matrix and curves with the tables of another beside them.</summary>
    public static byte[] Colors(double[,] xyz, byte[] curve, byte[] ofTables)
    {
        byte[] data = ofTables[Place(ofTables, "A2B0")];
        return Whole("RGB ", "mntr",
        [
            ("wtpt", Xyz(s_d50)),
            .. Enumerable.Range(0, 3).Select(c => ($"{"rgb"[c]}XYZ", Xyz([xyz[0, c], xyz[1, c], xyz[2, c]]))),
            .. "rgb".Select(c => ($"{c}TRC", curve)),
            ("A2B0", data),
        ]);
    }

    public static byte[] OfTables(IReadOnlyList<(string Name, byte[] Data)> tables, string connection, byte version)
    {
        var bytes = Whole("RGB ", "scnr", [("wtpt", Xyz(s_d50)), .. tables]);
        bytes[8] = version;
        bytes[9] = version == 4 ? (byte)0x20 : (byte)0x40;
        Encoding.ASCII.GetBytes(connection, bytes.AsSpan(20));
        return bytes;
    }

    private static Range Place(byte[] profile, string part)
    {
        for (int at = 132; ; at += 12)
        {
            if (Encoding.ASCII.GetString(profile, at, 4) == part)
                return BinaryPrimitives.ReadInt32BigEndian(profile.AsSpan(at + 4)) is var start ? start..(start + BinaryPrimitives.ReadInt32BigEndian(profile.AsSpan(at + 8))) : default;
        }
    }

    public static byte[] Grey(byte[] curve) => Whole("GRAY", "mntr", [("wtpt", Xyz(s_d50)), ("kTRC", curve)]);

    private static byte[] Xyz(double[] values)
    {
        var data = new byte[20];
        "XYZ "u8.CopyTo(data);
        for (int i = 0; i < 3; i++)
            BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(8 + 4 * i), (int)Math.Round(65536 * values[i]));
        return data;
    }

    private static byte[] Whole(string space, string kind, IReadOnlyList<(string Name, byte[] Data)> parts)
    {
        var all = new List<(string Name, byte[] Data)> { ("desc", Description()), ("cprt", [.. "text\0\0\0\0None\0"u8]) };
        all.AddRange(parts);
        int place = 128 + 4 + 12 * all.Count;
        using var file = new MemoryStream();
        file.Write(new byte[place]);
        var table = new byte[place];
        BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(128), all.Count);
        for (int i = 0; i < all.Count; i++)
        {
            var entry = table.AsSpan(132 + 12 * i);
            Encoding.ASCII.GetBytes(all[i].Name, entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], (int)file.Length);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], all[i].Data.Length);
            file.Write(all[i].Data);
            file.Write(new byte[(4 - file.Length % 4) % 4]);
        }
        var bytes = file.ToArray();
        table.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        bytes[8] = 2;
        bytes[9] = 0x40;
        Encoding.ASCII.GetBytes(kind + space + "XYZ ", bytes.AsSpan(12));
        "acsp"u8.CopyTo(bytes.AsSpan(36));
        Xyz(s_d50)[8..].CopyTo(bytes, 68);
        return bytes;
    }

    private static byte[] Description()
    {
        var data = new byte[12 + 5 + 12 + 67];
        "desc"u8.CopyTo(data);
        data[11] = 5;
        "Test\0"u8.CopyTo(data.AsSpan(12));
        return data;
    }

    /// <summary>A JPEG of the picture with the profile in pieces of the given size.</summary>
    public static byte[] Jpeg(Picture picture, byte[] profile, int pieceBytes = 60_000)
    {
        var jpeg = picture.EncodeJpeg(quality: 100);
        var pieces = profile.Chunk(pieceBytes).ToArray();
        var segments = pieces.SelectMany((piece, i) => Segment(0xE2, [.. "ICC_PROFILE\0"u8, (byte)(i + 1), (byte)pieces.Length, .. piece]));
        return [.. jpeg[..2], .. segments, .. jpeg[2..]];
    }

    public static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    /// <summary>A PNG of the picture with more chunks before its pixels.</summary>
    public static byte[] Png(Picture picture, params byte[][] chunks)
    {
        var png = picture.EncodePng();
        const int AfterHeader = 8 + 25;
        return [.. png[..AfterHeader], .. chunks.SelectMany(chunk => chunk), .. png[AfterHeader..]];
    }

    public static byte[] ProfiledPng(Picture picture, byte[] profile) =>
        Png(picture, [StyleLab.Tests.Pictures.Png.PngBytes.Chunk("iCCP", [.. "Profile\0\0"u8, .. StyleLab.Tests.Pictures.Png.PngBytes.Packed(profile)])]);

    /// <summary>The mean difference in levels of 8 bits.</summary>
    public static double MeanError(byte[] rgb, Picture picture) =>
        rgb.Zip(TestPictures.ToRgb(picture), (a, b) => Math.Abs(a - (double)b)).Average();
}
