using System.Numerics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Convolution of any size and stride without padding, as a matrix product over patches: what a filter sees at one position,
// laid out tap by tap. A part is one output row. In the gradient a part is a band of input rows: the rows of patches that touch
// it are computed and added up where the taps came from.
internal sealed unsafe partial class SimdEngine
{
    private const int StridedBandRows = 16;

    public override void StridedConvolution(Storage x, IFilters filters, Storage bias, int stride, bool withRelu, Storage y)
    {
        var simdFilters = (SimdFilters)filters;
        _pool.Run(y.Shape.Batch * y.Shape.Height, new StridedJob(
            new FilterKernel(simdFilters.Patches), simdFilters.Size, stride, x, bias.Data, withRelu, y));
    }

    public override void StridedConvolutionInputGradient(
        Storage gradient, Storage mask, IFilters filters, int stride, Storage result)
    {
        var simdFilters = ((SimdFilters)filters).Turned;
        var job = new StridedGradientJob(
            new FilterKernel(simdFilters.PatchGradients), simdFilters.Size, stride, gradient, mask, result);
        _pool.Run(result.Shape.Batch * job.Bands, job);
    }

    private readonly struct StridedJob(
        FilterKernel kernel, int size, int stride, Storage x, float* bias, bool withRelu, Storage y) : IParallelJob
    {
        public void Run(int part)
        {
            int n = part / y.Shape.Height, row = part % y.Shape.Height, width = y.Shape.Width;
            long blockStride = (long)(width + kernel.Pixels) * Storage.Block;
            long interleaved = x.Layout == Layout.Planar ? (long)x.Shape.Width * x.Shape.Channels : 0;
            float* patches = Scratch.Take(kernel.Blocks * blockStride + (long)(width + kernel.Pixels) * kernel.Channels + interleaved);
            float* products = patches + kernel.Blocks * blockStride;

            int channels = x.Shape.Channels, lanes = size * size * channels;
            if (x.Layout == Layout.ChannelBlocks)
                for (int lane = 0; lane < lanes; lane += Storage.Block)
                    GatherBlock(n, row, lane / channels, lane % channels / Storage.Block, patches + lane / Storage.Block * blockStride);
            else
            {
                // Lanes of the last block that belong to no tap meet weights of zero, and must be numbers.
                new Span<float>(patches + (kernel.Blocks - 1) * blockStride, width * Storage.Block).Clear();
                for (int i = 0; i < size; i++)
                    GatherPlanes(n, row * stride + i, i * size * channels, products + (long)(width + kernel.Pixels) * kernel.Channels, patches, blockStride);
            }

            for (int group = 0; group < kernel.Groups; group++)
            {
                kernel.Run(patches, blockStride, 0, group, width, products);
                ConvolvedValues.Store(products, kernel.Channels, group, width, bias, withRelu, y, default, n, (long)row * width);
            }
        }

        /// <summary>What one filter tap sees of one block of 16 channels along an output row.</summary>
        private void GatherBlock(int n, int row, int tap, int block, float* target)
        {
            float* source = BlockRow(x, n * (x.Shape.Channels / Storage.Block) + block, row * stride + tap / size)
                + (long)(tap % size) * Storage.Block;
            for (int i = 0; i < y.Shape.Width; i++, source += stride * Storage.Block, target += Storage.Block)
                for (int lane = 0; lane < Storage.Block; lane += Vector<float>.Count)
                    Vector.Store(Vector.Load(source + lane), target + lane);
        }

        /// <summary>
        /// What one row of filter taps sees of one row of all planes. With the channels side by side that is one run of values for each output.
        /// </summary>
        private void GatherPlanes(int n, int row, int firstLane, float* interleaved, float* patches, long blockStride)
        {
            int channels = x.Shape.Channels, columns = x.Shape.Width, run = size * channels;
            for (int channel = 0; channel < channels; channel++)
            {
                float* source = x.Data + (((long)n * channels + channel) * x.Shape.Height + row) * columns;
                for (int column = 0; column < columns; column++)
                    interleaved[(long)column * channels + channel] = source[column];
            }
            for (int lane = firstLane; lane < firstLane + run;)
            {
                // As many as are left in their block of 16.
                int count = Math.Min(Storage.Block - lane % Storage.Block, firstLane + run - lane);
                float* source = interleaved + lane - firstLane, target = patches + lane / Storage.Block * blockStride + lane % Storage.Block;
                for (int i = 0; i < y.Shape.Width; i++, source += (long)stride * channels, target += Storage.Block)
                    new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
                lane += count;
            }
        }
    }

    private readonly struct StridedGradientJob(
        FilterKernel kernel, int size, int stride, Storage gradient, Storage mask, Storage result) : IParallelJob
    {
        private readonly PoolWindow _windows = new(size, stride);

        public int Bands => (result.Shape.Height + StridedBandRows - 1) / StridedBandRows;

        public void Run(int part)
        {
            int n = part / Bands, top = part % Bands * StridedBandRows;
            int bottom = Math.Min(top + StridedBandRows, result.Shape.Height), width = gradient.Shape.Width;
            ClearRows(result, n, top, bottom);

            long blockStride = (long)width * Storage.Block, inputs = (kernel.Blocks * (long)width + kernel.Pixels) * Storage.Block;
            float* row = Scratch.Take(inputs + (long)(width + kernel.Pixels) * kernel.Channels);
            float* patches = row + inputs;
            for (int y = _windows.FirstTouching(top); y <= _windows.LastTouching(bottom - 1, gradient.Shape.Height); y++)
            {
                PaddedRows.Gather(gradient, mask, n, y, 1, 0, Padding.Zero, row);
                for (int group = 0; group < kernel.Groups; group++)
                {
                    kernel.Run(row, blockStride, 0, group, width, patches);
                    Scatter(patches, n, y, group, top, bottom);
                }
            }
        }

        /// <summary>Adds the gradients of a row of patches to the positions they were taken from, those in the band only.</summary>
        private void Scatter(float* patches, int n, int y, int group, int top, int bottom)
        {
            int channels = result.Shape.Channels, lanes = Math.Min(size * size * channels - group * kernel.Channels, kernel.Channels);
            int step = result.Layout == Layout.ChannelBlocks ? Storage.Block : 1;
            for (int lane = 0; lane < lanes; lane += step)
            {
                var (tap, channel) = Math.DivRem(group * kernel.Channels + lane, channels);
                int row = y * stride + tap / size;
                if (row < top || row >= bottom)
                    continue;
                if (step == 1)
                    AddToPlane(patches + lane, n, channel, row, tap % size);
                else
                    AddToBlock(patches + lane, n, channel / Storage.Block, row, tap % size);
            }
        }

        private void AddToPlane(float* values, int n, int channel, int row, int column)
        {
            float* target = result.Data + (((long)n * result.Shape.Channels + channel) * result.Shape.Height + row) * result.Shape.Width + column;
            for (int i = 0; i < gradient.Shape.Width; i++)
                target[(long)i * stride] += values[(long)i * kernel.Channels];
        }

        private void AddToBlock(float* values, int n, int block, int row, int column)
        {
            float* target = BlockRow(result, n * (result.Shape.Channels / Storage.Block) + block, row) + (long)column * Storage.Block;
            for (int i = 0; i < gradient.Shape.Width; i++, values += kernel.Channels, target += stride * Storage.Block)
                for (int lane = 0; lane < Storage.Block; lane += Vector<float>.Count)
                    Vector.Store(Vector.Load(target + lane) + Vector.Load(values + lane), target + lane);
        }
    }

    /// <summary>Clears rows of all channels of one picture of the batch.</summary>
    private static void ClearRows(Storage x, int n, int top, int bottom)
    {
        int groups = ChannelGroups(x) / x.Shape.Batch;
        for (int group = n * groups; group < (n + 1) * groups; group++)
            for (int row = top; row < bottom; row++)
                Row(x, group, row).Clear();
    }
}
