namespace StyleLab.Pictures.Jpeg;

/// <summary>The order in which a block's 64 coefficients are stored: from low to high frequency along diagonals (T.81, figure A.6).</summary>
internal static class ZigZag
{
    private static readonly byte[] s_toRowMajor = BuildOrder();

    /// <summary>Index = place in the file, value = row × 8 + column.</summary>
    public static ReadOnlySpan<byte> ToRowMajor => s_toRowMajor;

    private static byte[] BuildOrder()
    {
        var order = new byte[64];
        int place = 0;
        for (int diagonal = 0; diagonal < 15; diagonal++)
            for (int step = 0; step <= diagonal; step++)
            {
                // Odd diagonals run down and left, even ones up and right.
                int row = diagonal % 2 == 1 ? step : diagonal - step;
                int column = diagonal - row;
                if (row < 8 && column < 8)
                    order[place++] = (byte)(row * 8 + column);
            }
        return order;
    }
}
