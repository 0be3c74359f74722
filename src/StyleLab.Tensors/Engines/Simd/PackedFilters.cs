using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// Filters in the order a tile kernel reads them: group of output channels, block of input channels, filter row,
/// filter column, input channel, output channel. Missing channels of a last group or block are zeros.
/// </summary>
internal sealed unsafe class PackedFilters
{
    /// <param name="weight">The weight for an output channel, an input channel, a filter row and a filter column.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="inputs">Input channels.</param>
    /// <param name="rows">Filter height.</param>
    /// <param name="columns">Filter width.</param>
    /// <param name="tile">The tile kernel that will read them.</param>
    public PackedFilters(Func<int, int, int, int, float> weight, int outputs, int inputs, int rows, int columns, Tile tile)
    {
        Inputs = inputs;
        Rows = rows;
        Columns = columns;
        Tile = tile;
        Groups = GroupsOf(outputs, tile);
        Data = NativeMemoryBlock.Allocate(FloatsOf(outputs, inputs, rows * columns, tile));

        float* target = Data;
        int lanes = LanesOf(inputs);
        for (int group = 0; group < Groups; group++)
            for (int block = 0; block < BlocksOf(inputs); block++)
                for (int row = 0; row < rows; row++)
                    for (int column = 0; column < columns; column++)
                        for (int lane = 0; lane < lanes; lane++)
                            for (int channel = 0; channel < tile.Channels; channel++)
                            {
                                int k = group * tile.Channels + channel, c = block * Storage.Block + lane;
                                *target++ = k < outputs && c < inputs ? weight(k, c, row, column) : 0;
                            }
    }

    ~PackedFilters() => NativeMemoryBlock.Free(Data);

    public int Inputs { get; }
    public int Rows { get; }
    public int Columns { get; }
    public Tile Tile { get; }

    /// <summary>Groups of as many output channels as the tile kernel computes at once.</summary>
    public int Groups { get; }

    public float* Data { get; }

    /// <summary>Input channels in a block: 16, or all of them when there are fewer.</summary>
    public static int LanesOf(int inputs) => Math.Min(inputs, Storage.Block);

    public static int BlocksOf(int inputs) => (inputs + Storage.Block - 1) / Storage.Block;

    public static int GroupsOf(int outputs, Tile tile) => (outputs + tile.Channels - 1) / tile.Channels;

    public static long FloatsOf(int outputs, int inputs, int taps, Tile tile) =>
        (long)GroupsOf(outputs, tile) * tile.Channels * BlocksOf(inputs) * LanesOf(inputs) * taps;
}
