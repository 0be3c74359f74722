using System.Numerics;
using System.Runtime.Intrinsics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

internal sealed unsafe partial class SimdEngine
{
    // A Gram matrix is summed over runs of this many positions in float, then over the runs in double.
    private const int GramRun = 1024;

    // Positions whose channels are multiplied with each other before the next ones are read.
    private const int GramStretch = 128;

    // The same for the gradient; a multiple of the pixels of every tile kernel.
    private const int GramGradientStretch = 192;

    // Fewer runs than this are shared out by channels as well.
    private const int GramParts = 16;

    public override void Gram(Storage x, Storage y)
    {
        if (x.Layout == Layout.Planar)
        {
            GramOfPlanes(x, y);
            return;
        }
        int channels = x.Shape.Channels, blocks = channels / Storage.Block;
        int runs = (x.Shape.Area + GramRun - 1) / GramRun;
        // The matrix is symmetric: pairs of blocks (a, b) with a ≤ b, numbered row by row.
        int pairs = blocks * (blocks + 1) / 2;
        int partsARun = Math.Clamp(GramParts / runs, 1, blocks);
        float* partial = Scratch.TakeShared((long)runs * pairs * Storage.Block * Storage.Block);
        for (int n = 0; n < x.Shape.Batch; n++)
        {
            _pool.Run(runs * partsARun, new GramJob(x, n, partial, pairs, partsARun));
            _pool.Run(blocks, new SumRunsJob(partial, runs, pairs, blocks, y.Data + (long)n * channels * channels));
        }
    }

    /// <summary>A convolution of the feature map with the 1×1 filters g + gᵀ.</summary>
    public override void GramGradient(Storage x, Storage gradient, Storage addend, Storage result)
    {
        if (x.Layout == Layout.Planar)
        {
            for (int n = 0; n < x.Shape.Batch; n++)
                _pool.Run(Chunks(x.Shape.Area), new GramGradientOfPlanesJob(x, n, gradient, addend, result));
            return;
        }
        int channels = x.Shape.Channels;
        var tile = channels % recipe.Wide.Channels == 0 ? recipe.Wide : recipe.Narrow;
        float* packed = Scratch.TakeShared((long)channels * channels);
        for (int n = 0; n < x.Shape.Batch; n++)
        {
            float* g = gradient.Data + (long)n * channels * channels;
            int groups = channels / tile.Channels, runs = (x.Shape.Area + GramRun - 1) / GramRun;
            int partsARun = Math.Clamp(GramParts / runs, 1, groups);
            _pool.Run(groups, new PackSymmetricJob(g, channels, tile.Channels, packed));
            _pool.Run(runs * partsARun, new GramGradientJob(x, n, partsARun, tile.Pixels, tile.Channels, tile.Run, packed, addend, result));
        }
    }

    /// <summary>One run of positions for some of the pairs: 16×16 sums of products each.</summary>
    private readonly struct GramJob(Storage x, int n, float* partial, int pairs, int partsARun) : IParallelJob
    {
        private const int Square = Storage.Block * Storage.Block;

        public void Run(int part)
        {
            int blocks = x.Shape.Channels / Storage.Block, area = x.Shape.Area;
            int run = part / partsARun, first = run * GramRun, end = Math.Min(first + GramRun, area);

            // A few positions of all channels at a time, so that they are still in the cache for the next pair.
            for (int position = first; position < end; position += GramStretch)
                for (int a = part % partsARun, count = Math.Min(GramStretch, end - position); a < blocks; a += partsARun)
                {
                    float* sums = partial + ((long)run * pairs + a * blocks - a * (a - 1) / 2) * Square;
                    if (position == first)
                        new Span<float>(sums, (blocks - a) * Square).Clear();
                    AddRow(BlockOf(a, position), (long)area * Storage.Block, blocks - a, count, sums);
                }
        }

        /// <summary>A block with itself and all blocks behind it.</summary>
        private static void AddRow(float* rows, long blockStride, int blocks, int count, float* sums)
        {
            float* columns = rows;
            int b = 0;
            for (; Vector512.IsHardwareAccelerated && b + 1 < blocks; b += 2, columns += 2 * blockStride, sums += 2 * Square)
                for (int i = 0; i < Storage.Block; i += 8)
                    GramTile.EightRowsTwice(rows + i, columns, blockStride, count, sums + i * Storage.Block, Square);
            for (; b < blocks; b++, columns += blockStride, sums += Square)
                if (Vector512.IsHardwareAccelerated)
                    for (int i = 0; i < Storage.Block; i += 8)
                        GramTile.EightRows(rows + i, columns, count, sums + i * Storage.Block);
                else
                    for (int i = 0; i < Storage.Block; i += 4)
                        GramTile.FourRows(rows + i, columns, count, sums + i * Storage.Block);
        }

        private float* BlockOf(int block, int position) =>
            x.Data + (((long)n * (x.Shape.Channels / Storage.Block) + block) * x.Shape.Area + position) * Storage.Block;
    }

    /// <summary>Adds the runs of one block with itself and all blocks behind it, and fills both halves of the matrix.</summary>
    private readonly struct SumRunsJob(float* partial, int runs, int pairs, int blocks, float* gram) : IParallelJob
    {
        private const int Square = Storage.Block * Storage.Block;

        public void Run(int part)
        {
            int channels = blocks * Storage.Block;
            double* sums = stackalloc double[Square];
            for (int b = part; b < blocks; b++)
            {
                int pair = part * blocks - part * (part - 1) / 2 + b - part;
                new Span<double>(sums, Square).Clear();
                for (int run = 0; run < runs; run++)
                    Add(partial + ((long)run * pairs + pair) * Square, sums);
                for (int i = 0; i < Square; i++)
                {
                    int row = part * Storage.Block + i / Storage.Block, column = b * Storage.Block + i % Storage.Block;
                    gram[row * channels + column] = gram[column * channels + row] = (float)sums[i];
                }
            }
        }

        private static void Add(float* run, double* sums)
        {
            for (int i = 0; i < Square; i += Vector<float>.Count)
            {
                Vector.Widen(Vector.Load(run + i), out var low, out var high);
                Vector.Store(Vector.Load(sums + i) + low, sums + i);
                Vector.Store(Vector.Load(sums + i + Vector<double>.Count) + high, sums + i + Vector<double>.Count);
            }
        }
    }

    /// <summary>g + gᵀ in the order of <see cref="PackedFilters"/> for 1×1 filters; a part is one group of output channels.</summary>
    private readonly struct PackSymmetricJob(float* g, int channels, int groupChannels, float* packed) : IParallelJob
    {
        public void Run(int part)
        {
            // Whole cache lines of a column at a time: columns lie a power of two apart and would drive each other out.
            int first = part * groupChannels;
            float* target = packed + (long)first * channels;
            for (int line = 0; line < channels; line += Storage.Block)
                for (int k = 0; k < groupChannels; k++)
                    for (int c = line; c < line + Storage.Block; c++)
                        target[c * groupChannels + k] = g[(long)c * channels + first + k] + g[(long)(first + k) * channels + c];
        }
    }

    private readonly struct GramGradientJob(Storage x, int n, int partsARun, int pixels, int tileChannels,
        delegate*<float*, long, long, int, int, int, int, float*, float*, float*, int, void> run, float* packed, Storage addend, Storage result) : IParallelJob
    {
        public void Run(int part)
        {
            int channels = x.Shape.Channels, area = x.Shape.Area, blocks = channels / Storage.Block;
            int first = part / partsARun * GramRun, count = Math.Min(GramRun, area - first);
            long blockStride = (long)area * Storage.Block;
            float* source = x.Data + ((long)n * blocks * area + first) * Storage.Block;
            long start = ((long)n * blocks * area + first) * Storage.Block;
            float* target = result.Data + start, added = addend.Address == 0 ? null : addend.Data + start;

            // A tile reads whole pixels only, so the last few of a run go through a copy that is large enough.
            float* values = Scratch.Take((long)pixels * tileChannels + (long)pixels * channels);
            float* copy = values + pixels * tileChannels;
            for (int stretch = 0; stretch < count; stretch += GramGradientStretch)
                for (int group = part % partsARun; group < channels / tileChannels; group += partsARun)
                    for (int pixel = stretch; pixel < Math.Min(stretch + GramGradientStretch, count); pixel += pixels)
                    {
                        float* from = source + (long)pixel * Storage.Block;
                        long stride = blockStride;
                        int valid = Math.Min(pixels, count - pixel);
                        if (valid < pixels)
                        {
                            for (int block = 0; block < blocks; block++)
                                new ReadOnlySpan<float>(from + block * blockStride, valid * Storage.Block)
                                    .CopyTo(new Span<float>(copy + block * pixels * Storage.Block, valid * Storage.Block));
                            from = copy;
                            stride = pixels * Storage.Block;
                        }
                        run(from, stride, 0, blocks, Storage.Block, 1, 1, packed + (long)group * tileChannels * channels, values, null, 0);
                        for (int i = 0; i < valid; i++)
                            for (int lane = 0; lane < tileChannels; lane += Storage.Block)
                            {
                                int block = (group * tileChannels + lane) / Storage.Block;
                                long offset = block * blockStride + (long)(pixel + i) * Storage.Block;
                                var value = Vector512.Load(values + i * tileChannels + lane);
                                if (added != null)
                                    value += Vector512.Load(added + offset);
                                value.Store(target + offset);
                            }
                    }
        }
    }
}
