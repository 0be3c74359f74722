namespace StyleLab.Pictures.Png;

/// <summary>
/// The five row filters (PNG specification, section 9): a byte is stored as its difference from a prediction
/// made of the byte to the left, the byte above and the byte above left.
/// </summary>
internal static class PngFilter
{
    public const int Count = 5;

    /// <summary>Turns a stored row back into its bytes, in place.</summary>
    /// <param name="type">0 none, 1 sub, 2 up, 3 average, 4 Paeth.</param>
    /// <param name="row">The stored bytes.</param>
    /// <param name="above">The finished row above, zeros above the first.</param>
    /// <param name="distance">How many bytes to the left the left neighbour lies.</param>
    public static void Undo(int type, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        switch (type)
        {
            case 0:
                break;
            case 1:
                for (var i = distance; i < row.Length; i++)
                    row[i] += row[i - distance];
                break;
            case 2:
                for (var i = 0; i < row.Length; i++)
                    row[i] += above[i];
                break;
            case 3:
                for (var i = 0; i < row.Length; i++)
                    row[i] += (byte)((Left(row, i, distance) + above[i]) / 2);
                break;
            case 4:
                for (var i = 0; i < row.Length; i++)
                    row[i] += Paeth(Left(row, i, distance), above[i], Left(above, i, distance));
                break;
            default:
                throw new StyleLabException($"The PNG data is damaged: a row names filter {type}, there are only 0 to 4.");
        }
    }

    /// <summary>Stores a row: the differences go to <paramref name="stored"/>.</summary>
    public static void Apply(int type, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int distance, Span<byte> stored)
    {
        for (var i = 0; i < row.Length; i++)
        {
            int prediction = type switch
            {
                0 => 0,
                1 => Left(row, i, distance),
                2 => above[i],
                3 => (Left(row, i, distance) + above[i]) / 2,
                _ => Paeth(Left(row, i, distance), above[i], Left(above, i, distance)),
            };
            stored[i] = (byte)(row[i] - prediction);
        }
    }

    private static byte Left(ReadOnlySpan<byte> row, int i, int distance) => i < distance ? (byte)0 : row[i - distance];

    // The neighbour nearest to left + above − aboveLeft; a tie goes to the left, then to the one above.
    private static byte Paeth(byte left, byte above, byte aboveLeft)
    {
        var toLeft = Math.Abs(above - aboveLeft);
        var toAbove = Math.Abs(left - aboveLeft);
        var toAboveLeft = Math.Abs(left + above - 2 * aboveLeft);
        if (toLeft <= toAbove && toLeft <= toAboveLeft)
            return left;
        return toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
