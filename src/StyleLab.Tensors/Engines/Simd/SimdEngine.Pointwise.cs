using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Convolution with 1×1 filters, which is a matrix product: the tile kernel reads the feature map where it lies. A part of the
// job is a run of positions, and for small maps a share of the output channels.
internal sealed unsafe partial class SimdEngine
{
    // A multiple of the pixels of every tile kernel.
    private const int PointwiseRun = 96;

    private static bool SuitsPointwise(SimdFilters filters) => filters.Size == 1 && filters.Inputs % Storage.Block == 0;

    private void PointwiseConvolution(Storage x, Storage mask, SimdFilters filters, float* bias, bool withRelu, Storage y)
    {
        int runs = (y.Shape.Area + PointwiseRun - 1) / PointwiseRun, groups = filters.Direct.Groups;
        int groupsAPart = Math.Clamp(groups * runs / 8, 1, groups);
        int partsARun = (groups + groupsAPart - 1) / groupsAPart;
        var kernel = new FilterKernel(filters.Direct);
        for (int n = 0; n < y.Shape.Batch; n++)
            _pool.Run(runs * partsARun, new PointwiseJob(kernel, groupsAPart, partsARun, x, mask, n, bias, withRelu, y));
    }

    private readonly struct PointwiseJob(FilterKernel kernel, int groupsAPart, int partsARun,
        Storage x, Storage mask, int n, float* bias, bool withRelu, Storage y) : IParallelJob
    {
        public void Run(int part)
        {
            int first = part / partsARun * PointwiseRun, count = Math.Min(PointwiseRun, x.Shape.Area - first);
            int firstGroup = part % partsARun * groupsAPart, lastGroup = Math.Min(firstGroup + groupsAPart, kernel.Groups);
            const int copyStride = PointwiseRun * Storage.Block;
            float* copy = Scratch.Take((long)kernel.Blocks * copyStride + (long)PointwiseRun * kernel.Channels);
            float* products = copy + (long)kernel.Blocks * copyStride;

            // The last tile reads whole, which must not be beyond the feature map.
            bool copies = mask.Exists || count < PointwiseRun;
            if (copies)
                for (int block = 0; block < kernel.Blocks; block++)
                    Copy(block, first, count, copy + (long)block * copyStride);
            float* source = copies ? copy : Position(0, first);
            long blockStride = copies ? copyStride : (long)x.Shape.Area * Storage.Block;

            for (int group = firstGroup; group < lastGroup; group++)
            {
                kernel.Run(source, blockStride, 0, group, count, products);
                ConvolvedValues.Store(products, kernel.Channels, group, count, bias, withRelu, y, default, n, first);
            }
        }

        private float* Position(int block, int position) =>
            x.Data + (((long)n * kernel.Blocks + block) * x.Shape.Area + position) * Storage.Block;

        /// <summary>Positions of one block, zeros where the mask has no bit.</summary>
        private void Copy(int block, int first, int count, float* target)
        {
            if (mask.Exists)
                MaskBits.Copy(Position(block, first), count, MaskBits.At(mask, n * kernel.Blocks + block, 0, first), target);
            else
                new ReadOnlySpan<float>(Position(block, first), count * Storage.Block).CopyTo(new Span<float>(target, count * Storage.Block));
        }
    }
}
