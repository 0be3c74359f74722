using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

internal sealed unsafe partial class SimdEngine
{
    // A Gram matrix is summed over runs of this many positions in float, then over the runs in double.
    private const int GramRun = 1024;

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
        float* partial = Scratch.TakeShared((long)runs * pairs * Storage.Block * Storage.Block);
        for (int n = 0; n < x.Shape.Batch; n++)
        {
            _pool.Run(runs * pairs, new GramJob(x, n, partial, pairs));
            SumRuns(partial, runs, pairs, blocks, y.Data + (long)n * channels * channels);
        }
    }

    /// <summary>A convolution of the feature map with the 1×1 filters g + gᵀ.</summary>
    public override void GramGradient(Storage x, Storage gradient, Storage result)
    {
        if (x.Layout == Layout.Planar)
        {
            for (int n = 0; n < x.Shape.Batch; n++)
                _pool.Run(Chunks(x.Shape.Area), new GramGradientOfPlanesJob(x, n, gradient, result));
            return;
        }
        int channels = x.Shape.Channels;
        var tile = channels % recipe.Wide.Channels == 0 ? recipe.Wide : recipe.Narrow;
        float* packed = Scratch.TakeShared((long)channels * channels);
        for (int n = 0; n < x.Shape.Batch; n++)
        {
            float* g = gradient.Data + (long)n * channels * channels;
            _pool.Run(channels / tile.Channels, new PackSymmetricJob(g, channels, tile.Channels, packed));
            int parts = (x.Shape.Area + GramRun - 1) / GramRun;
            _pool.Run(parts, new GramGradientJob(x, n, tile.Pixels, tile.Channels, tile.Run, packed, result));
        }
    }

    private static void SumRuns(float* partial, int runs, int pairs, int blocks, float* gram)
    {
        const int square = Storage.Block * Storage.Block;
        int channels = blocks * Storage.Block, pair = 0;
        for (int a = 0; a < blocks; a++)
            for (int b = a; b < blocks; b++, pair++)
                for (int i = 0; i < square; i++)
                {
                    double sum = 0;
                    for (int run = 0; run < runs; run++)
                        sum += partial[((long)run * pairs + pair) * square + i];
                    int row = a * Storage.Block + i / Storage.Block, column = b * Storage.Block + i % Storage.Block;
                    gram[row * channels + column] = gram[column * channels + row] = (float)sum;
                }
    }

    /// <summary>One run of positions for one pair of blocks: 16×16 sums of products.</summary>
    private readonly struct GramJob(Storage x, int n, float* partial, int pairs) : IParallelJob
    {
        public void Run(int part)
        {
            int blocks = x.Shape.Channels / Storage.Block, area = x.Shape.Area;
            int run = part / pairs, a = 0, b = part % pairs;
            while (b >= blocks - a)
                b -= blocks - a++;
            b += a;
            int first = run * GramRun, count = Math.Min(GramRun, area - first);
            float* rows = x.Data + (((long)n * blocks + a) * area + first) * Storage.Block;
            float* columns = x.Data + (((long)n * blocks + b) * area + first) * Storage.Block;
            float* sums = partial + (long)part * Storage.Block * Storage.Block;
            if (Vector512.IsHardwareAccelerated)
                for (int i = 0; i < Storage.Block; i += 8)
                    EightRows(rows + i, columns, count, sums + i * Storage.Block);
            else
                for (int i = 0; i < Storage.Block; i += 4)
                    FourRows(rows + i, columns, count, sums + i * Storage.Block);
        }

        /// <summary>Accumulators a and b of row i hold channel i of the first block times the lower and upper 8 of the second.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void FourRows(float* rows, float* columns, int count, float* sums)
        {
            Vector256<float> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default;
            for (int i = 0; i < count; i++, rows += Storage.Block, columns += Storage.Block)
            {
                var low = Vector256.Load(columns);
                var high = Vector256.Load(columns + 8);
                var row = Vector256.Create(rows[0]);
                a0 = Vector256.MultiplyAddEstimate(row, low, a0);
                b0 = Vector256.MultiplyAddEstimate(row, high, b0);
                row = Vector256.Create(rows[1]);
                a1 = Vector256.MultiplyAddEstimate(row, low, a1);
                b1 = Vector256.MultiplyAddEstimate(row, high, b1);
                row = Vector256.Create(rows[2]);
                a2 = Vector256.MultiplyAddEstimate(row, low, a2);
                b2 = Vector256.MultiplyAddEstimate(row, high, b2);
                row = Vector256.Create(rows[3]);
                a3 = Vector256.MultiplyAddEstimate(row, low, a3);
                b3 = Vector256.MultiplyAddEstimate(row, high, b3);
            }
            a0.Store(sums);
            b0.Store(sums + 8);
            a1.Store(sums + Storage.Block);
            b1.Store(sums + Storage.Block + 8);
            a2.Store(sums + 2 * Storage.Block);
            b2.Store(sums + 2 * Storage.Block + 8);
            a3.Store(sums + 3 * Storage.Block);
            b3.Store(sums + 3 * Storage.Block + 8);
        }

        /// <summary>Accumulator i holds channel i of the first block times all 16 of the second.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void EightRows(float* rows, float* columns, int count, float* sums)
        {
            Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
            for (int i = 0; i < count; i++, rows += Storage.Block, columns += Storage.Block)
            {
                var v = Vector512.Load(columns);
                s0 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[0]), v, s0);
                s1 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[1]), v, s1);
                s2 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[2]), v, s2);
                s3 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[3]), v, s3);
                s4 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[4]), v, s4);
                s5 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[5]), v, s5);
                s6 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[6]), v, s6);
                s7 = Vector512.MultiplyAddEstimate(Vector512.Create(rows[7]), v, s7);
            }
            s0.Store(sums);
            s1.Store(sums + Storage.Block);
            s2.Store(sums + 2 * Storage.Block);
            s3.Store(sums + 3 * Storage.Block);
            s4.Store(sums + 4 * Storage.Block);
            s5.Store(sums + 5 * Storage.Block);
            s6.Store(sums + 6 * Storage.Block);
            s7.Store(sums + 7 * Storage.Block);
        }
    }

    /// <summary>g + gᵀ in the order of <see cref="PackedFilters"/> for 1×1 filters; a part is one group of output channels.</summary>
    private readonly struct PackSymmetricJob(float* g, int channels, int groupChannels, float* packed) : IParallelJob
    {
        public void Run(int part)
        {
            float* target = packed + (long)part * groupChannels * channels;
            for (int c = 0; c < channels; c++)
                for (int k = part * groupChannels; k < (part + 1) * groupChannels; k++)
                    *target++ = g[(long)c * channels + k] + g[(long)k * channels + c];
        }
    }

    private readonly struct GramGradientJob(Storage x, int n, int pixels, int tileChannels,
        delegate*<float*, long, long, int, int, int, int, float*, float*, void> run, float* packed, Storage result) : IParallelJob
    {
        public void Run(int part)
        {
            int channels = x.Shape.Channels, area = x.Shape.Area, blocks = channels / Storage.Block;
            int first = part * GramRun, count = Math.Min(GramRun, area - first);
            long blockStride = (long)area * Storage.Block;
            float* source = x.Data + ((long)n * blocks * area + first) * Storage.Block;
            float* target = result.Data + ((long)n * blocks * area + first) * Storage.Block;

            // A tile reads whole pixels only, so the last few of a run go through a copy that is large enough.
            float* values = Scratch.Take((long)pixels * tileChannels + (long)pixels * channels);
            float* copy = values + pixels * tileChannels;
            for (int group = 0; group < channels / tileChannels; group++)
                for (int pixel = 0; pixel < count; pixel += pixels)
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
                    run(from, stride, 0, blocks, Storage.Block, 1, 1, packed + (long)group * tileChannels * channels, values);
                    for (int i = 0; i < valid; i++)
                        for (int lane = 0; lane < tileChannels; lane += Storage.Block)
                        {
                            int block = (group * tileChannels + lane) / Storage.Block;
                            Vector512.Load(values + i * tileChannels + lane)
                                .Store(target + block * blockStride + (long)(pixel + i) * Storage.Block);
                        }
                }
        }
    }
}
