namespace StyleLab.Tensors.Engines.Simd;

/// <summary>A tile kernel bound to packed filters, free of references so that a job can hold it.</summary>
internal readonly unsafe struct FilterKernel(PackedFilters filters)
{
    private readonly float* _weights = filters.Data;
    private readonly delegate*<float*, long, long, int, int, int, int, float*, float*, float*, int, void> _run = filters.Tile.Run;
    private readonly int _lanes = PackedFilters.LanesOf(filters.Inputs);
    private readonly int _rows = filters.Rows, _columns = filters.Columns;

    /// <summary>Output pixels computed at once.</summary>
    public int Pixels { get; } = filters.Tile.Pixels;

    /// <summary>Output channels of a group.</summary>
    public int Channels { get; } = filters.Tile.Channels;

    /// <summary>Groups of output channels.</summary>
    public int Groups { get; } = filters.Groups;

    /// <summary>Blocks of input channels.</summary>
    public int Blocks { get; } = PackedFilters.BlocksOf(filters.Inputs);

    /// <summary>
    /// Computes <paramref name="count"/> neighbouring pixels of one group as [pixel][channel]; reads and writes up to
    /// <see cref="Pixels"/> − 1 pixels beyond.
    /// </summary>
    public void Run(float* x, long blockStride, long rowStride, int group, int count, float* y) =>
        Run(x, blockStride, rowStride, group, count, y, null, 0);

    /// <summary>
    /// The same; meanwhile the memory that the results are meant for is fetched, because a store, too, waits for its cache line:
    /// 16 floats a pixel, <paramref name="targetStride"/> floats from 16 channels to the next; none if <paramref name="target"/> is null.
    /// </summary>
    public void Run(float* x, long blockStride, long rowStride, int group, int count, float* y, float* target, long targetStride)
    {
        float* weights = _weights + (long)group * Channels * Blocks * _lanes * _rows * _columns;
        int targets = Channels / Storage.Block, linesABlock = target == null ? 0 : (targets * Pixels + Blocks - 1) / Blocks;
        for (int pixel = 0; pixel < count; pixel += Pixels)
        {
            // The tiles share out the channels of all pixels.
            float* ahead = target + pixel * targets / count * targetStride + (long)(pixel * targets % count) * Storage.Block;
            _run(x + (long)pixel * Storage.Block, blockStride, rowStride, Blocks, _lanes, _rows, _columns, weights,
                y + (long)pixel * Channels, ahead, linesABlock);
        }
    }
}
