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
        Run(x, blockStride, rowStride, group, count, y, null, 0, 0);

    /// <summary>
    /// The same; meanwhile other memory is fetched: <paramref name="aheadBlocks"/> times 16 floats a pixel from
    /// <paramref name="ahead"/> on, <paramref name="aheadStride"/> floats from one time to the next. That may be what the next call
    /// reads, or where these results will be stored: a store, too, waits for its cache line.
    /// </summary>
    public void Run(float* x, long blockStride, long rowStride, int group, int count, float* y, float* ahead, long aheadStride, int aheadBlocks)
    {
        float* weights = _weights + (long)group * Channels * Blocks * _lanes * _rows * _columns;
        int linesABlock = (aheadBlocks * Pixels + Blocks - 1) / Blocks;
        for (int pixel = 0; pixel < count; pixel += Pixels)
        {
            // The tiles share out all of it evenly.
            int place = pixel * aheadBlocks;
            _run(x + (long)pixel * Storage.Block, blockStride, rowStride, Blocks, _lanes, _rows, _columns, weights,
                y + (long)pixel * Channels, ahead + place / count * aheadStride + (long)(place % count) * Storage.Block, linesABlock);
        }
    }
}
