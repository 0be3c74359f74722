using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Winograd's convolution. A part of the job takes a block of tiles through all three stages while it lies in the cache:
// transform the inputs, multiply at each of the 36 points over the channels, transform the products back.
internal sealed unsafe partial class SimdEngine
{
    private void WinogradConvolution(
        Storage x, Storage mask, SimdFilters filters, float* bias, Padding padding, bool withRelu, Storage y)
    {
        var schedule = new WinogradSchedule(filters, y.Shape, _pool.Threads);
        var winograd = filters.Winograd;
        for (int n = 0; n < y.Shape.Batch; n++)
            _pool.Run(schedule.Parts, new WinogradJob(
                schedule, x, mask, n, padding, winograd.Data, winograd.FloatsAPoint, filters.Tile.Pixels, filters.Tile.Channels, filters.Tile.Run,
                recipe.InputTransform, recipe.OutputTransform, bias, withRelu, y));
    }

    private readonly struct WinogradJob(
        WinogradSchedule schedule, Storage x, Storage mask, int n, Padding padding, float* filters, long filterStride,
        int pixels, int channels, delegate*<float*, long, long, int, int, int, int, float*, float*, void> multiply,
        delegate*<float*, long, float*, long, float*, void> transformInput,
        delegate*<float*, long, float*, long, float*, bool, float*, void> transformOutput,
        float* bias, bool withRelu, Storage y) : IParallelJob
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
            long inputStride = (long)blocks * roundedCount * Storage.Block;
            long productStride = (long)groups * roundedCount * channels;
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
            int height = x.Shape.Height, width = x.Shape.Width;
            int top = tile / schedule.TilesAcross * Tile - 1, left = tile % schedule.TilesAcross * Tile - 1;
            float* plane = BlockRow(x, n * (x.Shape.Channels / Storage.Block) + block, 0);
            long rowStride = (long)width * Storage.Block;
            bool inside = top >= 0 && left >= 0 && top + Patch <= height && left + Patch <= width;
            if (inside && mask.Address == 0)
            {
                transformInput(plane + top * rowStride + (long)left * Storage.Block, rowStride, target, pointStride, columns);
                return;
            }
            float* maskPlane = mask.Address == 0 ? null : BlockRow(mask, n * (x.Shape.Channels / Storage.Block) + block, 0);
            for (int i = 0; i < Patch; i++)
                for (int j = 0; j < Patch; j++)
                {
                    int row = inside ? top + i : padding.Source(top + i, height), column = inside ? left + j : padding.Source(left + j, width);
                    long offset = row < 0 || column < 0 ? -1 : row * rowStride + (long)column * Storage.Block;
                    CopyPosition(plane, maskPlane, offset, patch + (i * Patch + j) * Storage.Block);
                }
            transformInput(patch, Patch * Storage.Block, target, pointStride, columns);
        }

        /// <summary>16 channels at one position, zeros beyond the edge or where the mask is not positive.</summary>
        private static void CopyPosition(float* plane, float* maskPlane, long offset, float* target)
        {
            if (offset < 0)
                new Span<float>(target, Storage.Block).Clear();
            else if (maskPlane == null)
                new ReadOnlySpan<float>(plane + offset, Storage.Block).CopyTo(new Span<float>(target, Storage.Block));
            else
                for (int lane = 0; lane < Storage.Block; lane += System.Numerics.Vector<float>.Count)
                    System.Numerics.Vector.Store(
                        default(ReluGradientOf).Of(
                            System.Numerics.Vector.Load(maskPlane + offset + lane), System.Numerics.Vector.Load(plane + offset + lane)),
                        target + lane);
        }

        private void TransformOutput(float* products, long pointStride, int block, int tile, float* patch, float* columns)
        {
            int height = y.Shape.Height, width = y.Shape.Width, channelBlocks = y.Shape.Channels / Storage.Block;
            int top = tile / schedule.TilesAcross * Tile, left = tile % schedule.TilesAcross * Tile;
            float* tileBias = bias == null ? null : bias + block * Storage.Block;
            float* target = BlockRow(y, n * channelBlocks + block, top) + (long)left * Storage.Block;
            long rowStride = (long)width * Storage.Block;
            if (top + Tile <= height && left + Tile <= width)
            {
                transformOutput(products, pointStride, target, rowStride, tileBias, withRelu, columns);
                return;
            }
            transformOutput(products, pointStride, patch, Tile * Storage.Block, tileBias, withRelu, columns);
            int floats = Math.Min(Tile, width - left) * Storage.Block;
            for (int i = 0; i < Math.Min(Tile, height - top); i++)
                new ReadOnlySpan<float>(patch + i * Tile * Storage.Block, floats).CopyTo(new Span<float>(target + i * rowStride, floats));
        }
    }
}
