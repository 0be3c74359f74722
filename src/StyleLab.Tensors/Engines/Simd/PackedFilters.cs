using System.Runtime.InteropServices;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// Filters in the order a tile kernel reads them: group of output channels, block of input channels, filter row,
/// filter column, input channel, output channel. Missing channels of a last group or block are zeros.
/// </summary>
internal sealed unsafe class PackedFilters : IFilters
{
    public PackedFilters(float[] weights, Shape shape, ConvolutionRecipe recipe)
    {
        Outputs = shape.Batch;
        Inputs = shape.Channels;
        Size = shape.Height;
        Tile = Outputs % recipe.Wide.Channels == 0 ? recipe.Wide : recipe.Narrow;
        Data = (float*)NativeMemory.AlignedAlloc((nuint)(FloatsOf(Outputs, Inputs, Size, Tile) * sizeof(float)), 64);
        fixed (float* source = weights)
            Pack(source, Outputs, Inputs, Size, Tile, Data);
    }

    ~PackedFilters() => NativeMemory.AlignedFree(Data);

    public int Outputs { get; }
    public int Inputs { get; }
    public int Size { get; }
    public Tile Tile { get; }
    public float* Data { get; }

    /// <summary>Input channels in a block: 16, or all of them when there are fewer.</summary>
    public static int Lanes(int inputs) => Math.Min(inputs, Storage.Block);

    public static int Blocks(int inputs) => (inputs + Storage.Block - 1) / Storage.Block;

    public static int Groups(int outputs, Tile tile) => (outputs + tile.Channels - 1) / tile.Channels;

    public static long FloatsOf(int outputs, int inputs, int size, Tile tile) =>
        (long)Groups(outputs, tile) * tile.Channels * Blocks(inputs) * Lanes(inputs) * size * size;

    /// <summary>Packs filters given in K×C×k×k order.</summary>
    public static void Pack(float* source, int outputs, int inputs, int size, Tile tile, float* target)
    {
        int lanes = Lanes(inputs), taps = size * size;
        for (int group = 0; group < Groups(outputs, tile); group++)
            for (int block = 0; block < Blocks(inputs); block++)
                for (int tap = 0; tap < taps; tap++)
                    for (int lane = 0; lane < lanes; lane++)
                        for (int channel = 0; channel < tile.Channels; channel++)
                        {
                            int k = group * tile.Channels + channel, c = block * Storage.Block + lane;
                            *target++ = k < outputs && c < inputs ? source[((long)k * inputs + c) * taps + tap] : 0;
                        }
    }
}
