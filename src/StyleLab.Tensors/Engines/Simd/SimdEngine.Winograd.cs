using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Winograd's convolution in three stages: transform the inputs, multiply at each of the 36 points over the channels, transform
// the products back. Where the filters fit a core's cache, a part of the job takes a few tiles through all three. Where they do
// not, the filters are what is to be read as seldom as possible: all threads take part in one stage of many tiles at a time.
internal sealed unsafe partial class SimdEngine
{
    private const int Points = WinogradTransforms.Points;

    private void WinogradConvolution(
        ConvolutionSource source, SimdFilters filters, float* bias, Padding padding, bool withRelu, FusedPool pool, Storage y, Storage mask)
    {
        var schedule = new WinogradSchedule(filters, source.Height, source.Width, _pool.Threads);
        for (int n = 0; n < y.Shape.Batch; n++)
        {
            var input = new WinogradInput(source, n, padding, schedule.TilesAcross, algorithm);
            var output = new WinogradOutput(
                y, mask, source.Height, source.Width, n, bias, withRelu, pool, schedule.TilesAcross, algorithm.OutputTransform);
            WinogradConvolution(schedule, input, filters, output, border: default);
        }
    }

    /// <summary>The gradient is the convolution with turned filters over zeros, and what that leaves on the border.</summary>
    private void WinogradInputGradient(ConvolutionSource gradient, SimdFilters turnedFilters, Padding padding, Storage result)
    {
        var schedule = new WinogradSchedule(turnedFilters, gradient.Height, gradient.Width, _pool.Threads);
        for (int n = 0; n < result.Shape.Batch; n++)
        {
            var input = new WinogradInput(gradient, n, Padding.Zero, schedule.TilesAcross, algorithm);
            var output = new WinogradOutput(result, mask: default, gradient.Height, gradient.Width, n, bias: null,
                withRelu: false, FusedPool.None, schedule.TilesAcross, algorithm.OutputTransform);
            WinogradConvolution(schedule, input, turnedFilters, output, new WinogradBorder(gradient, n, padding, result, algorithm));
        }
    }

    /// <summary>What a gradient leaves on the border alone.</summary>
    private void AddBorder(ConvolutionSource gradient, SimdFilters turnedFilters, Padding padding, Storage result)
    {
        for (int n = 0; n < result.Shape.Batch; n++)
            if (new WinogradBorder(gradient, n, padding, result, algorithm) is { Exists: true } border)
                WinogradStage(new WinogradProducts(turnedFilters, border.Room), 1, default, default, border, 0, 0);
    }

    private void WinogradConvolution(
        WinogradSchedule schedule, WinogradInput input, SimdFilters filters, WinogradOutput output, WinogradBorder border)
    {
        if (!schedule.InStages)
        {
            _pool.Run(schedule.Parts, new WinogradJob(schedule, input, new WinogradProducts(filters, schedule.TilesABlock), output));
            if (border.Exists)
                WinogradStage(new WinogradProducts(filters, border.Room), 1, input, output, border, 0, 0);
            return;
        }
        // The border goes along with the last tiles, so that it does not need the filters once more.
        var products = new WinogradProducts(filters, schedule.TilesABlock + border.Room);
        for (int first = 0; first < schedule.Tiles; first += schedule.TilesABlock)
        {
            int count = Math.Min(schedule.TilesABlock, schedule.Tiles - first);
            bool isLast = first + count == schedule.Tiles;
            WinogradStage(products, schedule.PartsABlock, input, output, isLast ? border : default, first, count);
        }
    }

    /// <summary>Takes some tiles, and a border if it exists, through the three stages, one after the other.</summary>
    private void WinogradStage(
        WinogradProducts products, int partsAPoint, WinogradInput input, WinogradOutput output, WinogradBorder border, int first, int count)
    {
        float* inputs = Scratch.TakeShared(Points * (products.InputStride + products.ProductStride(products.Groups)));
        float* results = inputs + Points * products.InputStride;
        if (count > 0)
            _pool.Run(products.Blocks, new WinogradInputJob(input, products, first, count, inputs));
        if (border.Exists)
            _pool.Run(WinogradBorder.Sides * products.Blocks, new BorderInputJob(border, products, count, inputs));
        _pool.Run(Points * partsAPoint, new WinogradProductJob(products, partsAPoint, border, count, inputs, results));
        if (count > 0)
            _pool.Run(products.Groups, new WinogradOutputJob(products, output, first, count, results));
        if (border.Exists)
            _pool.Run(products.Groups, new BorderOutputJob(border, products, count, results));
    }

    /// <summary>A part is a block of tiles, or some groups of its output channels.</summary>
    private readonly struct WinogradJob(
        WinogradSchedule schedule, WinogradInput input, WinogradProducts products, WinogradOutput output) : IParallelJob
    {
        public void Run(int part)
        {
            int first = part / schedule.PartsABlock * schedule.TilesABlock;
            int count = Math.Min(schedule.TilesABlock, schedule.Tiles - first);
            int firstGroup = part % schedule.PartsABlock * schedule.GroupsAPart;
            int lastGroup = Math.Min(firstGroup + schedule.GroupsAPart, schedule.Groups);
            long inputStride = products.InputStride, productStride = products.ProductStride(1);
            float* inputs = Scratch.Take(Points * (inputStride + productStride) + WinogradTransforms.Working + products.Room);
            float* results = inputs + Points * inputStride, working = results + Points * productStride;
            float* room = working + WinogradTransforms.Working;

            for (int block = 0; block < input.Blocks; block++)
                for (int i = 0; i < count; i++)
                    input.Transform(first + i, block, inputs + products.InputOffset(block, i), inputStride, working);

            // A group at a time, so that its products are still in the cache when they are transformed.
            for (int group = firstGroup; group < lastGroup; group++)
            {
                for (int point = 0; point < Points; point++)
                    products.Multiply(inputs + point * inputStride, count, point, group, (point + 1) % Points,
                        point + 1 < Points ? group : group + 1, results + point * productStride, room);
                products.TransformBack(output, group, first, count, results, productStride, working);
            }
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

    /// <summary>A part is one side and one block of input channels.</summary>
    private readonly struct BorderInputJob(WinogradBorder border, WinogradProducts products, int first, float* inputs) : IParallelJob
    {
        public void Run(int part) => border.Transform(
            part % WinogradBorder.Sides, part / WinogradBorder.Sides, products, first, inputs, Scratch.Take(WinogradTransforms.Working));
    }

    /// <summary>A part is one point, or some groups of its output channels.</summary>
    private readonly struct WinogradProductJob(
        WinogradProducts products, int partsAPoint, WinogradBorder border, int count, float* inputs, float* results) : IParallelJob
    {
        public void Run(int part)
        {
            int point = part / partsAPoint, tiles = count + border.TilesAt(point);
            if (tiles == 0)
                return;
            int groups = (products.Groups + partsAPoint - 1) / partsAPoint;
            int firstGroup = part % partsAPoint * groups, lastGroup = Math.Min(firstGroup + groups, products.Groups);
            float* room = Scratch.Take(products.Room);
            float* target = results + point * products.ProductStride(products.Groups);
            for (int group = firstGroup; group < lastGroup; group++)
                products.Multiply(inputs + point * products.InputStride, tiles, point, group, point, group + 1,
                    target + products.ProductOffset(group, 0), room);
        }
    }

    /// <summary>A part is one group of output channels.</summary>
    private readonly struct WinogradOutputJob(
        WinogradProducts products, WinogradOutput output, int first, int count, float* results) : IParallelJob
    {
        public void Run(int part) => products.TransformBack(output, part, first, count,
            results + products.ProductOffset(part, 0), products.ProductStride(products.Groups), Scratch.Take(WinogradTransforms.Working));
    }

    /// <summary>A part is one group of output channels.</summary>
    private readonly struct BorderOutputJob(WinogradBorder border, WinogradProducts products, int first, float* results) : IParallelJob
    {
        public void Run(int part) => border.Add(part, products, first, results, Scratch.Take(WinogradTransforms.Working));
    }
}
