namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// Filters with at most three output channels, laid out as a 1×1 convolution that has an output for every tap and channel:
/// all taps of a pixel are then computed at once with full vectors, and added where they belong afterwards.
/// </summary>
internal sealed class ThinFilters
{
    /// <summary>Output channels of a tap; a fourth value beside them is read but has no meaning.</summary>
    public const int Outputs = 3;

    public ThinFilters(FilterView filters, Tile tile)
    {
        Size = filters.Size;
        RowsAGroup = Math.Min(Size, tile.Channels / (Outputs * Size));
        int groups = (Size + RowsAGroup - 1) / RowsAGroup;
        Taps = new PackedFilters(
            (output, c, _, _) =>
            {
                int place = output % tile.Channels, row = output / tile.Channels * RowsAGroup + place / (Outputs * Size);
                int column = place / Outputs % Size, k = place % Outputs;
                return place < RowsAGroup * Outputs * Size && row < Size && k < filters.Outputs ? filters[k, c, row, column] : 0;
            },
            groups * tile.Channels, filters.Inputs, 1, 1, tile);
    }

    /// <summary>The 1×1 filters; in a group of outputs: filter row, filter column, output channel.</summary>
    public PackedFilters Taps { get; }

    /// <summary>Filter rows in one group of outputs.</summary>
    public int RowsAGroup { get; }

    /// <summary>Height and width of a filter.</summary>
    public int Size { get; }

    /// <summary>3×3 filters with few enough outputs, over whole blocks of inputs.</summary>
    public static bool Suits(SimdFilters filters) =>
        filters.Size == 3 && filters.Outputs <= Outputs && filters.Inputs % Storage.Block == 0;
}
