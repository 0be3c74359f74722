using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Direct convolution. A part of the job is a band of output rows: its input rows are copied with their border into
// scratch memory, the tile kernel runs over them, and the results are written out while they lie in the first-level cache.
internal sealed unsafe partial class SimdEngine
{
    private const int BandRows = 4;

    // Positions of a row that are computed before they are written out; a multiple of the pixels of every tile kernel.
    private const int ForwardRun = 24;

    public override IFilters PackFilters(float[] weights, Shape shape) => new SimdFilters(weights, shape, algorithm);

    public override bool FusesPooling(Shape x, Shape weights) =>
        weights.Batch % Storage.Block == 0 && WinogradSchedule.Suits(weights.Height, x.Channels, x.Height, x.Width);

    public override void Convolution(
        Storage x, IFilters filters, Storage bias, Padding padding, bool withRelu, FusedPool pool, Storage y, Storage mask)
    {
        var simdFilters = (SimdFilters)filters;
        bool isThin = ThinFilters.Suits(simdFilters);
        if (isThin || WinogradSchedule.Suits(simdFilters.Size, simdFilters.Inputs, x.Shape.Height, x.Shape.Width))
        {
            var bits = mask.Layout == Layout.Bits ? mask : default;
            if (isThin)
                ThinConvolution(x, default, simdFilters.Thin, bias.Data, padding, withRelu, y);
            else
                WinogradConvolution(new(x, default, FusedPool.None), simdFilters, bias.Data, padding, withRelu, pool, y, bits);
            if (mask.Address != bits.Address)
                PositiveMask(y, mask);
            return;
        }
        if (SuitsPointwise(simdFilters))
        {
            PointwiseConvolution(x, default, simdFilters, bias.Data, withRelu, y);
            if (mask.Exists)
                PositiveMask(y, mask);
            return;
        }
        var bands = new Bands(simdFilters.Direct, y.Shape);
        for (int n = 0; n < y.Shape.Batch; n++)
            _pool.Run(bands.Parts, new ForwardJob(bands, x, n, bias.Data, padding, withRelu, y, mask.Layout == Layout.Bits ? mask : default));
        if (mask.Exists && mask.Layout != Layout.Bits)
            PositiveMask(y, mask);
    }

    public override void ConvolutionInputGradient(
        Storage gradient, Storage mask, IFilters filters, Padding padding, FusedPool pool, Storage result)
    {
        var simdFilters = ((SimdFilters)filters).Turned;
        var source = new ConvolutionSource(gradient, mask, pool);
        if (ThinFilters.Suits(simdFilters))
        {
            ThinConvolution(gradient, mask, simdFilters.Thin, bias: null, Padding.Zero, withRelu: false, result);
            AddBorder(source, simdFilters, padding, result);
            return;
        }
        if (WinogradSchedule.Suits(simdFilters.Size, simdFilters.Inputs, result.Shape.Height, result.Shape.Width))
        {
            WinogradInputGradient(source, simdFilters, padding, result);
            return;
        }
        if (SuitsPointwise(simdFilters))
        {
            PointwiseConvolution(gradient, mask, simdFilters, bias: null, withRelu: false, result);
            return;
        }
        var bands = new Bands(simdFilters.Direct, result.Shape);
        for (int n = 0; n < result.Shape.Batch; n++)
            _pool.Run(bands.Parts, new InputGradientJob(bands, gradient, mask, n, padding, result));
    }

    /// <summary>How one convolution is cut into parts: bands of rows, and for low maps also groups of output channels.</summary>
    private readonly struct Bands
    {
        public Bands(PackedFilters filters, Shape output)
        {
            Kernel = new FilterKernel(filters);
            Half = filters.Rows / 2;
            int bands = (output.Height + BandRows - 1) / BandRows;
            GroupsAPart = Math.Clamp(filters.Groups * bands / 8, 1, filters.Groups);
            PartsABand = (filters.Groups + GroupsAPart - 1) / GroupsAPart;
            Parts = bands * PartsABand;
        }

        public FilterKernel Kernel { get; }
        public int GroupsAPart { get; }
        public int PartsABand { get; }
        public int Parts { get; }
        public int Half { get; }
    }

    private readonly struct ForwardJob(Bands bands, Storage x, int n, float* bias, Padding padding, bool withRelu, Storage y, Storage mask) : IParallelJob
    {
        public void Run(int part)
        {
            int half = bands.Half, width = y.Shape.Width;
            int top = part / bands.PartsABand * BandRows, rows = Math.Min(BandRows, y.Shape.Height - top);
            int firstGroup = part % bands.PartsABand * bands.GroupsAPart;
            int lastGroup = Math.Min(firstGroup + bands.GroupsAPart, bands.Kernel.Groups);

            long rowStride = (long)(width + 2 * half) * Storage.Block, blockStride = (rows + 2 * half) * rowStride;
            long inputFloats = bands.Kernel.Blocks * blockStride + bands.Kernel.Pixels * Storage.Block;
            float* input = Scratch.Take(inputFloats + (long)ForwardRun * bands.Kernel.Channels);
            float* products = input + inputFloats;
            int targets = y.Layout == Layout.Planar ? 0 : bands.Kernel.Channels / Storage.Block;

            PaddedRows.Gather(x, default, n, top - half, rows + 2 * half, half, padding, input);
            for (int row = 0; row < rows; row++)
                for (int column = 0; column < width; column += ForwardRun)
                    for (int group = firstGroup; group < lastGroup; group++)
                    {
                        int count = Math.Min(ForwardRun, width - column);
                        long position = (long)(top + row) * width + column;
                        bands.Kernel.Run(input + row * rowStride + (long)column * Storage.Block, blockStride, rowStride, group, count, products,
                            Target(group, position), (long)y.Shape.Area * Storage.Block, targets);
                        ConvolvedValues.Store(products, bands.Kernel.Channels, group, count, bias, withRelu, y, mask, n, position);
                    }
        }

        /// <summary>Where a group's results will go.</summary>
        private float* Target(int group, long position) =>
            y.Data + ((long)n * y.Shape.Channels + group * bands.Kernel.Channels) * y.Shape.Area + position * Storage.Block;
    }

    /// <summary>
    /// The same kernel over the gradient with zeros around it, one row of the padded input at a time; what falls on
    /// the border is added where the border was copied from.
    /// </summary>
    private readonly struct InputGradientJob(Bands bands, Storage gradient, Storage mask, int n, Padding padding, Storage result) : IParallelJob
    {
        public void Run(int part)
        {
            int half = bands.Half, height = result.Shape.Height, width = result.Shape.Width;
            int top = part / bands.PartsABand * BandRows, rows = Math.Min(BandRows, height - top);
            int firstGroup = part % bands.PartsABand * bands.GroupsAPart;
            int lastGroup = Math.Min(firstGroup + bands.GroupsAPart, bands.Kernel.Groups);

            // Rows of the border that fold into this band need gradient rows still further out, all zeros.
            bool folds = padding != Padding.Zero;
            int firstRow = folds && top <= half ? -2 * half : top - half;
            int lastRow = folds && top + rows >= height - half ? height - 1 + 2 * half : top + rows - 1 + half;

            int paddedWidth = width + 4 * half;
            long rowStride = (long)paddedWidth * Storage.Block;
            long blockStride = (lastRow - firstRow + 1) * rowStride;
            int count = width + 2 * half;
            long inputFloats = bands.Kernel.Blocks * blockStride + bands.Kernel.Pixels * Storage.Block;
            long rowFloats = (long)(count + bands.Kernel.Pixels) * bands.Kernel.Channels;
            float* input = Scratch.Take(inputFloats + 2 * rowFloats);
            float* output = input + inputFloats;
            float* sum = output + rowFloats;

            PaddedRows.Gather(gradient, mask, n, firstRow, lastRow - firstRow + 1, 2 * half, Padding.Zero, input);
            for (int group = firstGroup; group < lastGroup; group++)
                for (int row = top; row < top + rows; row++)
                {
                    bands.Kernel.Run(input + (row - half - firstRow) * rowStride, blockStride, rowStride, group, count, sum);
                    for (int border = 1; folds && border <= half; border++)
                    {
                        AddBorderRow(-border, row, firstRow, group, input, blockStride, rowStride, count, output, sum);
                        AddBorderRow(height - 1 + border, row, firstRow, group, input, blockStride, rowStride, count, output, sum);
                    }
                    if (folds)
                        FoldColumns(sum);
                    WriteRow(sum + half * bands.Kernel.Channels, group, row);
                }
        }

        private void AddBorderRow(int borderRow, int row, int firstRow, int group,
            float* input, long blockStride, long rowStride, int count, float* output, float* sum)
        {
            if (padding.Source(borderRow, result.Shape.Height) != row)
                return;
            bands.Kernel.Run(input + (borderRow - bands.Half - firstRow) * rowStride, blockStride, rowStride, group, count, output);
            for (int i = 0; i < count * bands.Kernel.Channels; i++)
                sum[i] += output[i];
        }

        private void FoldColumns(float* sum)
        {
            int half = bands.Half, width = result.Shape.Width;
            for (int border = 1; border <= half; border++)
            {
                FoldColumn(sum, -border, width);
                FoldColumn(sum, width - 1 + border, width);
            }
        }

        private void FoldColumn(float* sum, int borderColumn, int width)
        {
            float* from = sum + (borderColumn + bands.Half) * bands.Kernel.Channels;
            float* to = sum + (padding.Source(borderColumn, width) + bands.Half) * bands.Kernel.Channels;
            for (int channel = 0; channel < bands.Kernel.Channels; channel++)
                to[channel] += from[channel];
        }

        private void WriteRow(float* values, int group, int row)
        {
            int width = result.Shape.Width, channels = result.Shape.Channels;
            if (result.Layout == Layout.Planar)
            {
                for (int channel = 0, k = group * bands.Kernel.Channels; channel < bands.Kernel.Channels && k < channels; channel++, k++)
                    for (int i = 0; i < width; i++)
                        result[n, k, row, i] = values[i * bands.Kernel.Channels + channel];
                return;
            }
            for (int lane = 0; lane < bands.Kernel.Channels; lane += Storage.Block)
            {
                int block = group * bands.Kernel.Channels + lane;
                if (block >= channels)
                    return;
                float* target = result.Data + (((long)n * channels + block) * result.Shape.Height + row * Storage.Block) * width;
                for (int i = 0; i < width; i++)
                    new ReadOnlySpan<float>(values + (long)i * bands.Kernel.Channels + lane, Storage.Block)
                        .CopyTo(new Span<float>(target + (long)i * Storage.Block, Storage.Block));
            }
        }
    }
}
