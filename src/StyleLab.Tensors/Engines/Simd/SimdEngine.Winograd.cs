using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Winograd's convolution. A part of the job takes a block of tiles through all three stages while it lies in the cache:
// transform the inputs, multiply at each of the 36 points over the channels, transform the products back.
internal sealed unsafe partial class SimdEngine
{
    private void WinogradConvolution(
        Storage x, Storage mask, SimdFilters filters, float* bias, Padding padding, bool withRelu, Storage y, Storage yMask)
    {
        var schedule = new WinogradSchedule(filters, y.Shape, _pool.Threads);
        var winograd = filters.Winograd;
        for (int n = 0; n < y.Shape.Batch; n++)
            _pool.Run(schedule.Parts, new WinogradJob(
                schedule, x, mask, n, padding, winograd.Data, winograd.FloatsAPoint, filters.Tile.Pixels, filters.Tile.Channels, filters.Tile.Run,
                recipe.InputTransform, recipe.OutputTransform, bias, withRelu, y, yMask));
    }

    private readonly struct WinogradJob(
        WinogradSchedule schedule, Storage x, Storage mask, int n, Padding padding, float* filters, long filterStride,
        int pixels, int channels, delegate*<float*, long, long, int, int, int, int, float*, float*, void> multiply,
        delegate*<float*, long, ushort*, long, float*, long, float*, void> transformInput,
        delegate*<float*, long, float*, long, float*, bool, ushort*, long, float*, void> transformOutput,
        float* bias, bool withRelu, Storage y, Storage yMask) : IParallelJob
    {
        private const int Points = WinogradTransforms.Points, Patch = WinogradTransforms.Patch, Tile = WinogradTransforms.Tile;

        public void Run(int part)
        {
            int first = part / schedule.PartsABlock * schedule.TilesABlock;
            int count = Math.Min(schedule.TilesABlock, schedule.Tiles - first);
            int firstGroup = part % schedule.PartsABlock * schedule.GroupsAPart;
            int groups = Math.Min(schedule.GroupsAPart, schedule.Groups - firstGroup);
            int blocks = x.Shape.Channels / Storage.Block;
            int roundedCount = (count + pixels - 1) / pixels * pixels;

            // inputs: [point][block of inputs][tile][16]; products: [point][group of outputs][tile][channels].
            // A cache line between points keeps the 36 values of a tile from falling into the same cache set.
            long inputStride = (long)blocks * roundedCount * Storage.Block + Storage.Block;
            long productStride = (long)groups * roundedCount * channels + Storage.Block;
            float* inputs = Scratch.Take(Points * (inputStride + productStride) + 2 * Points * Storage.Block);
            float* products = inputs + Points * inputStride;
            float* patch = products + Points * productStride;
            float* columns = patch + Points * Storage.Block;

            for (int block = 0; block < blocks; block++)
                for (int i = 0; i < count; i++)
                    TransformInput(first + i, block, inputs + ((long)block * roundedCount + i) * Storage.Block, inputStride, patch, columns);

            for (int point = 0; point < Points; point++)
                for (int group = 0; group < groups; group++)
                {
                    float* weights = filters + point * filterStride + (long)(firstGroup + group) * channels * x.Shape.Channels;
                    float* source = inputs + point * inputStride, target = products + point * productStride + (long)group * roundedCount * channels;
                    for (int i = 0; i < count; i += pixels)
                        multiply(source + (long)i * Storage.Block, (long)roundedCount * Storage.Block, 0, blocks, Storage.Block, 1, 1, weights,
                            target + (long)i * channels);
                }

            for (int group = 0; group < groups; group++)
                for (int lane = 0; lane < channels; lane += Storage.Block)
                    for (int i = 0; i < count; i++)
                        TransformOutput(products + ((long)group * roundedCount + i) * channels + lane, productStride,
                            ((firstGroup + group) * channels + lane) / Storage.Block, first + i, patch, columns);
        }

        private void TransformInput(int tile, int block, float* target, long pointStride, float* patch, float* columns)
        {
            int height = x.Shape.Height, width = x.Shape.Width, plane = n * (x.Shape.Channels / Storage.Block) + block;
            int top = tile / schedule.TilesAcross * Tile - 1, left = tile % schedule.TilesAcross * Tile - 1;
            long rowStride = (long)width * Storage.Block;
            float* values = BlockRow(x, plane, 0);
            ushort* bits = mask.Address == 0 ? null : MaskBits.At(mask, plane, 0, 0);
            if (top >= 0 && left >= 0 && top + Patch <= height && left + Patch <= width)
            {
                long corner = top * rowStride + (long)left * Storage.Block;
                transformInput(values + corner, rowStride, bits == null ? null : bits + top * width + left, width, target, pointStride, columns);
                return;
            }
            int* sources = stackalloc int[Patch];
            for (int j = 0; j < Patch; j++)
                sources[j] = padding.Source(left + j, width);
            for (int i = 0; i < Patch; i++)
            {
                int row = padding.Source(top + i, height);
                for (int j = 0; j < Patch; j++)
                {
                    float* position = patch + (i * Patch + j) * Storage.Block;
                    if (row < 0 || sources[j] < 0)
                    {
                        new Span<float>(position, Storage.Block).Clear();
                        continue;
                    }
                    new ReadOnlySpan<float>(values + row * rowStride + (long)sources[j] * Storage.Block, Storage.Block)
                        .CopyTo(new Span<float>(position, Storage.Block));
                    if (bits != null)
                        MaskBits.Apply(position, 1, bits + row * width + sources[j]);
                }
            }
            transformInput(patch, Patch * Storage.Block, null, 0, target, pointStride, columns);
        }

        private void TransformOutput(float* products, long pointStride, int block, int tile, float* patch, float* columns)
        {
            int height = y.Shape.Height, width = y.Shape.Width;
            int top = tile / schedule.TilesAcross * Tile, left = tile % schedule.TilesAcross * Tile;
            float* tileBias = bias == null ? null : bias + block * Storage.Block;
            long rowStride = (long)width * Storage.Block;
            bool blocked = y.Layout == Layout.ChannelBlocks;
            int plane = n * (y.Shape.Channels / Storage.Block) + block;
            float* target = blocked ? BlockRow(y, plane, top) + (long)left * Storage.Block : null;
            ushort* bits = yMask.Address == 0 ? null : MaskBits.At(yMask, plane, top, left);
            if (blocked && top + Tile <= height && left + Tile <= width)
            {
                transformOutput(products, pointStride, target, rowStride, tileBias, withRelu, bits, width, columns);
                return;
            }
            transformOutput(products, pointStride, patch, Tile * Storage.Block, tileBias, withRelu, null, 0, columns);
            int rows = Math.Min(Tile, height - top), across = Math.Min(Tile, width - left);
            for (int i = 0; i < rows; i++)
                if (blocked)
                {
                    float* row = patch + i * Tile * Storage.Block;
                    new ReadOnlySpan<float>(row, across * Storage.Block).CopyTo(new Span<float>(target + i * rowStride, across * Storage.Block));
                    if (bits != null)
                        MaskBits.Of(row, across, bits + i * width);
                }
                else
                    for (int j = 0; j < across; j++)
                        for (int lane = 0, k = block * Storage.Block; lane < Storage.Block && k < y.Shape.Channels; lane++, k++)
                            y[n, k, top + i, left + j] = patch[(i * Tile + j) * Storage.Block + lane];
        }
    }
}
