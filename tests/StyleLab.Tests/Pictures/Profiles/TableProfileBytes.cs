using System.Buffers.Binary;

namespace StyleLab.Tests.Pictures.Profiles;

/// <summary>ICC profiles of the table form, of a device whose green is weak and whose blue leaks into red.</summary>
internal static class TableProfileBytes
{
    private static readonly double[] s_d50 = [0.9642, 1, 0.8249];

    /// <summary>lut8Type or lut16Type with a grid of so many points, to Lab or XYZ.</summary>
    public static byte[] Classic(int bits, bool isLab, int points)
    {
        int before = bits == 8 ? 256 : 300, after = bits == 8 ? 256 : 2;
        // The first curves are of 1.2, the last leave all as it is.
        byte[] table =
        [
            .. bits == 8 ? "mft1"u8 : "mft2"u8, 0, 0, 0, 0, 3, 3, (byte)points, 0, .. Fixed(1, 0, 0, 0, 1, 0, 0, 0, 1),
            .. bits == 8 ? [] : Number(before, 16), .. bits == 8 ? [] : Number(after, 16),
            .. Numbers(bits, Enumerable.Repeat(Curve(before, 1.2), 3).SelectMany(curve => curve)),
            .. Numbers(bits, Grid([points, points, points], color => Coded(Light(color, 1.8 / 1.2), isLab, bits == 16 ? 65280 / 65535.0 : 1))),
            .. Numbers(bits, Enumerable.Repeat(Curve(after, 1), 3).SelectMany(curve => curve)),
        ];
        return ProfileBytes.OfTables([("A2B0", table)], isLab ? "Lab " : "XYZ ", version: 2);
    }

    /// <summary>lutAToBType: with all its stages to XYZ, without the middle ones to Lab.</summary>
    public static byte[] Modern(int bits, bool isLab)
    {
        int[] points = [9, 11, 13];
        byte[] curves = [.. Padded(ProfileBytes.Gamma(1.8)), .. Padded(ProfileBytes.Parametric(0, 1.8)), .. Padded(ProfileBytes.Table(500, x => Math.Pow(x, 1.8)))];
        byte[] plain = [.. Padded(ProfileBytes.Parametric(0, 1)), .. Padded(ProfileBytes.Gamma(1)), .. Padded(ProfileBytes.Table(2, x => x))];
        byte[] squared = [.. Padded(ProfileBytes.Gamma(2)), .. Padded(ProfileBytes.Parametric(0, 2)), .. Padded(ProfileBytes.Gamma(2))];
        byte[] grid = Padded([.. points.Select(count => (byte)count), .. new byte[13], (byte)(bits / 8), 0, 0, 0,
            .. Numbers(bits, Grid(points, color => isLab ? Coded(Light(color, 1), true, 1) : [.. Light(color, 1).Select(Math.Sqrt)]))]);
        var matrix = ProfileBytes.Srgb;
        const double half = 32768 / 65535.0;
        byte[] factors = [.. Fixed([.. Enumerable.Range(0, 9).Select(i => half * matrix[i / 3, i % 3])]), .. Fixed(0, 0, 0)];
        int last = 32, middle = last + plain.Length, factorsAt = middle + squared.Length, gridAt = factorsAt + factors.Length, first = gridAt + grid.Length;
        byte[] table =
        [
            .. "mAB "u8, 0, 0, 0, 0, 3, 3, 0, 0, .. Number(last, 32), .. Number(isLab ? 0 : factorsAt, 32), .. Number(isLab ? 0 : middle, 32), .. Number(gridAt, 32), .. Number(first, 32),
            .. plain, .. squared, .. factors, .. grid, .. curves,
        ];
        return ProfileBytes.OfTables([("A2B0", table)], isLab ? "Lab " : "XYZ ", version: 4);
    }

    private static double[] Light(double[] color, double exponent)
    {
        double[] light = [.. color.Select(value => Math.Pow(value, exponent))];
        return [0.9 * light[0] + 0.1 * light[2], 0.85 * light[1], light[2]];
    }

    private static double[] Coded(double[] light, bool isLab, double scale)
    {
        double[] xyz = [.. Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Sum(column => ProfileBytes.Srgb[row, column] * light[column]))];
        if (!isLab)
            return [.. xyz.Select(value => value * 32768 / 65535)];
        double[] f = [.. xyz.Zip(s_d50, (value, white) => value / white > 216 / 24389.0 ? Math.Cbrt(value / white) : value / white * 841 / 108 + 4 / 29.0)];
        return [(1.16 * f[1] - 0.16) * scale, (500 * (f[0] - f[1]) + 128) / 255 * scale, (200 * (f[1] - f[2]) + 128) / 255 * scale];
    }

    private static IEnumerable<double> Curve(int count, double exponent) => Enumerable.Range(0, count).Select(i => Math.Pow((double)i / (count - 1), exponent));

    private static IEnumerable<double> Grid(int[] points, Func<double[], double[]> of) =>
        from red in Enumerable.Range(0, points[0])
        from green in Enumerable.Range(0, points[1])
        from blue in Enumerable.Range(0, points[2])
        from value in of([(double)red / (points[0] - 1), (double)green / (points[1] - 1), (double)blue / (points[2] - 1)])
        select value;

    private static IEnumerable<byte> Numbers(int bits, IEnumerable<double> values) =>
        values.SelectMany(value => Number((int)Math.Round(Math.Clamp(value, 0, 1) * ((1 << bits) - 1)), bits));

    private static byte[] Number(int value, int bits)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes[(4 - bits / 8)..];
    }

    private static byte[] Fixed(params double[] values) => [.. values.SelectMany(value => Number((int)Math.Round(65536 * value), 32))];

    private static byte[] Padded(byte[] data) => [.. data, .. new byte[(4 - data.Length % 4) % 4]];
}
