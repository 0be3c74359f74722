using StyleLab.Tensors.Operations;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Winograd's convolution in three stages: transform the inputs, multiply at each of the 36 points over the channels, transform
// the products back. Where the filters fit a core's cache, a part of the job takes a few tiles through all three. Where they do
// not, the filters are what is to be read as seldom as possible: all threads take part in one stage of many tiles at a time.
internal sealed unsafe partial class SimdEngine
{
    private void WinogradConvolution(
        ConvolutionSource source, SimdFilters filters, float* bias, Padding padding, bool withRelu, FusedPool pool, Storage y, Storage mask)
    {
        var schedule = new WinogradSchedule(filters, source.Height, source.Width, _pool.Threads);
        for (int n = 0; n < y.Shape.Batch; n++)
        {
            var input = new WinogradInput(source, n, padding, schedule.TilesAcross, recipe);
            var output = new WinogradOutput(
                y, mask, source.Height, source.Width, n, bias, withRelu, pool, schedule.TilesAcross, recipe.OutputTransform);
            if (schedule.InStages)
                WinogradInStages(schedule, input, filters, output);
            else
                _pool.Run(schedule.Parts, new WinogradJob(schedule, input, new WinogradProducts(filters, schedule.TilesABlock), output));
        }
    }

    private void WinogradInStages(WinogradSchedule schedule, WinogradInput input, SimdFilters filters, WinogradOutput output)
    {
        var products = new WinogradProducts(filters, schedule.TilesABlock);
        float* inputs = Scratch.TakeShared(WinogradTransforms.Points * (products.InputStride + products.ProductStride(schedule.Groups)));
        float* results = inputs + WinogradTransforms.Points * products.InputStride;
        for (int first = 0; first < schedule.Tiles; first += schedule.TilesABlock)
        {
            int count = Math.Min(schedule.TilesABlock, schedule.Tiles - first);
            _pool.Run(input.Blocks, new WinogradInputJob(input, products, first, count, inputs));
            _pool.Run(WinogradTransforms.Points * schedule.PartsABlock, new WinogradProductJob(schedule, products, count, inputs, results));
            _pool.Run(schedule.Groups, new WinogradOutputJob(schedule, products, output, first, count, results));
        }
    }

    /// <summary>A part is a block of tiles, or some groups of its output channels.</summary>
    private readonly struct WinogradJob(
        WinogradSchedule schedule, WinogradInput input, WinogradProducts products, WinogradOutput output) : IParallelJob
    {
        private const int Points = WinogradTransforms.Points;

        public void Run(int part)
        {
            int first = part / schedule.PartsABlock * schedule.TilesABlock;
            int count = Math.Min(schedule.TilesABlock, schedule.Tiles - first);
            int firstGroup = part % schedule.PartsABlock * schedule.GroupsAPart;
            int groups = Math.Min(schedule.GroupsAPart, schedule.Groups - firstGroup);
            long inputStride = products.InputStride, productStride = products.ProductStride(groups);
            float* inputs = Scratch.Take(Points * (inputStride + productStride) + WinogradTransforms.Working);
            float* results = inputs + Points * inputStride, working = results + Points * productStride;

            for (int block = 0; block < input.Blocks; block++)
                for (int i = 0; i < count; i++)
                    input.Transform(first + i, block, inputs + products.InputOffset(block, i), inputStride, working);
            for (int point = 0; point < Points; point++)
                products.Multiply(inputs + point * inputStride, point, count, firstGroup, groups, results + point * productStride);
            for (int group = 0; group < groups; group++)
                for (int lane = 0; lane < products.Channels; lane += Storage.Block)
                    for (int i = 0; i < count; i++)
                        output.Transform(results + products.ProductOffset(group, i) + lane, productStride,
                            ((firstGroup + group) * products.Channels + lane) / Storage.Block, first + i, working);
        }
    }

    /// <summary>A part is one block of input channels.</summary>
    private readonly struct WinogradInputJob(
        WinogradInput input, WinogradProducts products, int first, int count, float* inputs) : IParallelJob
    {
        public void Run(int part)
        {
            float* working = Scratch.Take(WinogradTransforms.Working);
            for (int i = 0; i < count; i++)
                input.Transform(first + i, part, inputs + products.InputOffset(part, i), products.InputStride, working);
        }
    }

    /// <summary>A part is one point, or some groups of its output channels.</summary>
    private readonly struct WinogradProductJob(
        WinogradSchedule schedule, WinogradProducts products, int count, float* inputs, float* results) : IParallelJob
    {
        public void Run(int part)
        {
            int point = part / schedule.PartsABlock, firstGroup = part % schedule.PartsABlock * schedule.GroupsAPart;
            int groups = Math.Min(schedule.GroupsAPart, schedule.Groups - firstGroup);
            products.Multiply(inputs + point * products.InputStride, point, count, firstGroup, groups,
                results + point * products.ProductStride(schedule.Groups) + products.ProductOffset(firstGroup, 0));
        }
    }

    /// <summary>A part is one group of output channels.</summary>
    private readonly struct WinogradOutputJob(
        WinogradSchedule schedule, WinogradProducts products, WinogradOutput output, int first, int count, float* results) : IParallelJob
    {
        public void Run(int part)
        {
            float* working = Scratch.Take(WinogradTransforms.Working);
            for (int lane = 0; lane < products.Channels; lane += Storage.Block)
                for (int i = 0; i < count; i++)
                    output.Transform(results + products.ProductOffset(part, i) + lane, products.ProductStride(schedule.Groups),
                        (part * products.Channels + lane) / Storage.Block, first + i, working);
        }
    }
}
