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
            if (Vector512.IsHardwareAccelerated)
                AddRow512(rows, blockStride, blocks, count, sums);
            else
                for (int b = 0; b < blocks; b++)
                    for (int i = 0; i < Storage.Block; i += 4)
                        GramTile.FourRows(rows + i, rows + b * blockStride, count, sums + b * Square + i * Storage.Block);
        }

        private static void AddRow512(float* rows, long blockStride, int blocks, int count, float* sums)
        {
            // The block's own next positions come meanwhile, shared out evenly over the calls.
            int calls = (blocks + 1) / 2 * 2, aheadBytes = (Storage.Block * sizeof(float) + calls - 1) / calls;
            byte* ahead = (byte*)(rows + GramStretch * Storage.Block);
            float* columns = rows;
            for (int b = 0; b < blocks; b += 2, columns += 2 * blockStride, sums += 2 * Square)
                for (int i = 0; i < Storage.Block; i += 8, ahead += count * aheadBytes)
                    if (b + 1 < blocks)
                        GramTile.EightRowsTwice(rows + i, columns, blockStride, count, sums + i * Storage.Block, Square, ahead, aheadBytes);
                    else
                        GramTile.EightRows(rows + i, columns, count, sums + i * Storage.Block, ahead, aheadBytes);
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
}
