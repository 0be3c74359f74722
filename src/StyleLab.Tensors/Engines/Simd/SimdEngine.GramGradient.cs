using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// The gradient of a Gram matrix: a convolution of the feature map with the 1×1 filters g + gᵀ. Arithmetic and memory take about
// as long as each other, so what the next stretch of positions reads is fetched during this one.
internal sealed unsafe partial class SimdEngine
{
    // Positions that all channels are computed of before the next ones; a multiple of the pixels of every tile kernel.
    private const int GramGradientStretch = 48;

    // A large map has this many parts or a few more: each then has several stretches to fetch ahead.
    private const int GramGradientParts = 64;

    public override void GramGradient(Storage x, Storage gradient, Storage addend, Storage result)
    {
        if (x.Layout == Layout.Planar)
        {
            for (int n = 0; n < x.Shape.Batch; n++)
                _pool.Run(Chunks(x.Shape.Area), new GramGradientOfPlanesJob(x, n, gradient, addend, result));
            return;
        }
        int channels = x.Shape.Channels;
        var tile = channels % algorithm.Wide.Channels == 0 ? algorithm.Wide : algorithm.Narrow;
        int groups = channels / tile.Channels, stretches = (x.Shape.Area + GramGradientStretch - 1) / GramGradientStretch;
        int stretchesARun = Math.Max(stretches / GramGradientParts, 1), runs = (stretches + stretchesARun - 1) / stretchesARun;
        int partsARun = Math.Clamp(GramParts / runs, 1, groups);
        float* packed = Scratch.TakeShared((long)channels * channels);
        for (int n = 0; n < x.Shape.Batch; n++)
        {
            _pool.Run(groups, new PackSymmetricJob(gradient.Data + (long)n * channels * channels, channels, tile.Channels, packed));
            _pool.Run(runs * partsARun, new GramGradientJob(
                x, n, stretchesARun * GramGradientStretch, partsARun, tile.Pixels, tile.Channels, tile.Run, packed, addend, result));
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

    /// <summary>One run of positions for some groups of channels.</summary>
    private readonly struct GramGradientJob(Storage x, int n, int run, int partsARun, int pixels, int tileChannels,
        delegate*<float*, long, long, int, int, int, int, float*, float*, float*, int, void> multiply, float* packed, Storage addend, Storage result) : IParallelJob
    {
        public void Run(int part)
        {
            int channels = x.Shape.Channels, area = x.Shape.Area, blocks = channels / Storage.Block;
            int first = part / partsARun * run, count = Math.Min(run, area - first);
            long blockStride = (long)area * Storage.Block, start = ((long)n * blocks * area + first) * Storage.Block;
            float* source = x.Data + start, target = result.Data + start, added = !addend.Exists ? null : addend.Data + start;

            // A tile reads whole pixels only, so the last few of a run go through a copy that is large enough.
            float* values = Scratch.Take((long)pixels * tileChannels + (long)pixels * channels);
            float* copy = values + pixels * tileChannels;
            int tileBlocks = tileChannels / Storage.Block, linesABlock = (tileBlocks * pixels + blocks - 1) / blocks;
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
                        // The tiles of a group share out the next stretch of the group's own channels, block after block.
                        int place = (pixel - stretch) * tileBlocks;
                        float* ahead = source + (group * tileBlocks + place / GramGradientStretch) * blockStride
                            + (stretch + GramGradientStretch + place % GramGradientStretch) * Storage.Block;
                        multiply(from, stride, 0, blocks, Storage.Block, 1, 1, packed + (long)group * tileChannels * channels, values, ahead, linesABlock);
                        for (int block = 0; block < tileBlocks; block++)
                        {
                            long offset = (group * tileBlocks + block) * blockStride + (long)pixel * Storage.Block;
                            Store(values + block * Storage.Block, valid, added == null ? null : added + offset, target + offset);
                        }
                    }
        }

        /// <summary>Adds and stores 16 channels of a tile's pixels.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Store(float* values, int count, float* addend, float* target)
        {
            for (int i = 0; i < count; i++, values += tileChannels)
            {
                var value = Vector512.Load(values);
                if (addend != null)
                {
                    if (Sse.IsSupported)
                        Sse.Prefetch1(addend + (i + GramGradientStretch) * Storage.Block);
                    value += Vector512.Load(addend + i * Storage.Block);
                }
                value.Store(target + i * Storage.Block);
            }
        }
    }
}
