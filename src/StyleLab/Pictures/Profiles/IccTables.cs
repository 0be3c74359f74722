using System.Buffers.Binary;

namespace StyleLab.Pictures.Profiles;

/// <summary>The part of an ICC profile that leads from three components to the connection space by a table: lut8Type, lut16Type and lutAToBType
/// (ICC.1:2022, 10.10 to 10.12).</summary>
internal static class IccTables
{
    private static readonly double[] s_d50 = [0.9642, 1, 0.8249];

    /// <param name="data">The part, from its type on.</param>
    /// <param name="isLab">Whether the connection space is CIELAB; else it is XYZ.</param>
    /// <param name="xyzToLinearSrgb">From XYZ under D50 to light in sRGB.</param>
    /// <exception cref="InvalidDataException">It is damaged, of another type, or for other pictures.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It ends too early.</exception>
    public static ColorSpace Read(ReadOnlySpan<byte> data, bool isLab, double[,] xyzToLinearSrgb)
    {
        const int headerBytes = 32;
        if (data.Length < headerBytes)
            throw new InvalidDataException("The profile's table ends too early.");
        bool isLong = data.StartsWith("mft2"u8), isModern = data.StartsWith("mAB "u8);
        if (!isLong && !isModern && !data.StartsWith("mft1"u8))
            throw new InvalidDataException("The profile's table is of an unknown type.");
        if (data[8] != 3 || data[9] != 3)
            throw new InvalidDataException("The profile's table is not for three components.");
        Action<double[]> toXyz = !isLab ? FromXyz : isLong ? color => FromLab(color, 65535 / 65280.0) : color => FromLab(color, 1);
        return isModern ? Modern(data, toXyz, xyzToLinearSrgb) : Classic(data, isLong, toXyz, xyzToLinearSrgb);
    }

    // The matrix of these types is for XYZ coming in.
    private static TableColorSpace Classic(ReadOnlySpan<byte> data, bool isLong, Action<double[]> toXyz, double[,] xyzToLinearSrgb)
    {
        int points = data[10], bytes = isLong ? 2 : 1;
        int before = isLong ? BinaryPrimitives.ReadUInt16BigEndian(data[48..]) : 256, after = isLong ? BinaryPrimitives.ReadUInt16BigEndian(data[50..]) : 256;
        if (before < 2 || after < 2)
            throw new InvalidDataException("The profile has a curve of less than two values.");
        var rest = data[(isLong ? 52 : 48)..];
        var curves = Curves(rest, before, bytes);
        rest = rest[(3 * before * bytes)..];
        var grid = Grid(rest, [points, points, points], bytes);
        rest = rest[(3 * points * points * points * bytes)..];
        return new(curves, grid, null, null, Curves(rest, after, bytes), toXyz, xyzToLinearSrgb);
    }

    private static TableColorSpace Modern(ReadOnlySpan<byte> data, Action<double[]> toXyz, double[,] xyzToLinearSrgb)
    {
        int last = Offset(data, 12), matrix = Offset(data, 16), middle = Offset(data, 20), grid = Offset(data, 24), first = Offset(data, 28);
        return new(
            first == 0 ? null : Curves(data[first..]),
            grid == 0 ? null : Grid(data[(grid + 20)..], [data[grid], data[grid + 1], data[grid + 2]], data[grid + 16]),
            middle == 0 ? null : Curves(data[middle..]),
            matrix == 0 ? null : Matrix(data[matrix..]),
            last == 0 ? null : Curves(data[last..]),
            toXyz, xyzToLinearSrgb);
    }

    private static int Offset(ReadOnlySpan<byte> data, int at) =>
        BinaryPrimitives.ReadUInt32BigEndian(data[at..]) is var offset && offset <= data.Length ? (int)offset : throw new InvalidDataException("The profile's table lies outside it.");

    private static ToneCurve[] Curves(ReadOnlySpan<byte> data, int count, int bytes)
    {
        var curves = new ToneCurve[3];
        for (int channel = 0; channel < 3; channel++)
            curves[channel] = ToneCurve.Sampled(Array.ConvertAll(Numbers(data[(channel * count * bytes)..], count, bytes), number => (double)number));
        return curves;
    }

    // Each begins at a multiple of four bytes.
    private static ToneCurve[] Curves(ReadOnlySpan<byte> data)
    {
        var curves = new ToneCurve[3];
        for (int channel = 0; channel < 3; channel++)
        {
            curves[channel] = IccCurve.Read(data, out int length);
            if (channel < 2)
                data = data[((length + 3) / 4 * 4)..];
        }

        return curves;
    }

    private static ColorGrid Grid(ReadOnlySpan<byte> data, int[] points, int bytes)
    {
        if (points.Min() < 2 || bytes is not (1 or 2))
            throw new InvalidDataException("The profile's table has no points between which a colour can lie.");
        return new(points, Numbers(data, 3 * points[0] * points[1] * points[2], bytes));
    }

    private static float[] Numbers(ReadOnlySpan<byte> data, int count, int bytes)
    {
        // What does not fit is not made room for.
        data = data[..(count * bytes)];
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = bytes == 1 ? data[i] / 255f : BinaryPrimitives.ReadUInt16BigEndian(data[(2 * i)..]) / 65535f;
        return numbers;
    }

    private static double[,] Matrix(ReadOnlySpan<byte> data)
    {
        var matrix = new double[3, 4];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
                matrix[row, column] = IccCurve.Fixed(data[(4 * (3 * row + column))..]);
            matrix[row, 3] = IccCurve.Fixed(data[(36 + 4 * row)..]);
        }

        return matrix;
    }

    private static void FromXyz(double[] color)
    {
        for (int i = 0; i < 3; i++)
            color[i] *= 1 + 32767 / 32768.0;
    }

    // CIE 1976, with L* of 0..100 and a* and b* of -128..127.
    private static void FromLab(double[] color, double scale)
    {
        double y = (color[0] * scale * 100 + 16) / 116, x = y + (color[1] * scale * 255 - 128) / 500, z = y - (color[2] * scale * 255 - 128) / 200;
        (color[0], color[1], color[2]) = (s_d50[0] * Cube(x), s_d50[1] * Cube(y), s_d50[2] * Cube(z));
    }

    private static double Cube(double root) => root > 6 / 29.0 ? root * root * root : 108 / 841.0 * (root - 4 / 29.0);
}
