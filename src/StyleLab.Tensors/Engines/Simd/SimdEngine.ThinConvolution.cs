using System.Runtime.Intrinsics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Convolutions with at most three outputs, such as the gradient at the picture. A part of the job is a band of output rows;
// every input row is multiplied once with all taps, and each tap's products are added to the row they belong to.
internal sealed unsafe partial class SimdEngine
{
    private const int ThinBandRows = 16;

    private void ThinConvolution(
        Storage x, Storage mask, ThinFilters filters, float* bias, Padding padding, bool withRelu, Storage y)
    {
        int bands = (y.Shape.Height + ThinBandRows - 1) / ThinBandRows;
        for (int n = 0; n < y.Shape.Batch; n++)
            _pool.Run(bands, new ThinJob(new FilterKernel(filters.Taps), filters.Size, filters.RowsAGroup, x, mask, n, bias, padding, withRelu, y));
    }

    private readonly struct ThinJob(FilterKernel kernel, int size, int rowsAGroup,
        Storage x, Storage mask, int n, float* bias, Padding padding, bool withRelu, Storage y) : IParallelJob
    {
        // The sums of a pixel: three outputs and a place that is not used.
        private const int Sums = 4;

        public void Run(int part)
        {
            int half = size / 2, width = y.Shape.Width, paddedWidth = width + 2 * half;
            int top = part * ThinBandRows, rows = Math.Min(ThinBandRows, y.Shape.Height - top);
            long blockStride = (long)paddedWidth * Storage.Block;
            long inputFloats = (kernel.Blocks + 1) * blockStride + kernel.Pixels * Storage.Block;
            long productFloats = (long)(paddedWidth + kernel.Pixels) * kernel.Channels;
            float* input = Scratch.Take(inputFloats + productFloats + (long)rows * width * Sums);
            float* products = input + inputFloats, sums = products + productFloats;
            new Span<float>(sums, rows * width * Sums).Clear();

            for (int row = top - half; row < top + rows + half; row++)
            {
                if (padding.Source(row, x.Shape.Height) < 0)
                    continue;
                PaddedRows.Gather(x, mask, n, row, 1, half, padding, input);
                for (int filterRow = 0; filterRow < size; filterRow++)
                {
                    if (filterRow % rowsAGroup == 0)
                        kernel.Run(input, blockStride, 0, filterRow / rowsAGroup, paddedWidth, products);
                    int target = row + half - filterRow - top;
                    if (target >= 0 && target < rows)
                        AddTaps(products + filterRow % rowsAGroup * size * ThinFilters.Outputs, sums + target * width * Sums, width);
                }
            }
            for (int row = 0; row < rows; row++)
                WriteRow(sums + row * width * Sums, top + row);
        }

        /// <summary>Adds one filter row's products: the column j of a tap lies j pixels to the right.</summary>
        private void AddTaps(float* products, float* sums, int width)
        {
            for (int i = 0; i < width; i++, products += kernel.Channels, sums += Sums)
            {
                var sum = Vector128.Load(sums);
                for (int j = 0; j < size; j++)
                    sum += Vector128.Load(products + j * (kernel.Channels + ThinFilters.Outputs));
                sum.Store(sums);
            }
        }

        private void WriteRow(float* sums, int row)
        {
            int width = y.Shape.Width, channels = y.Shape.Channels;
            long plane = (long)y.Shape.Height * width;
            float* target = y.Data + n * channels * plane + (long)row * width;
            var floor = Vector128.Create(withRelu ? 0 : float.NegativeInfinity);
            var offset = bias == null ? default : Vector128.Create(bias[0], channels > 1 ? bias[1] : 0, channels > 2 ? bias[2] : 0, 0);
            for (int i = 0; i < width; i++, sums += Sums)
            {
                var value = Vector128.Max(Vector128.Load(sums) + offset, floor);
                target[i] = value[0];
                if (channels > 1)
                    target[plane + i] = value[1];
                if (channels > 2)
                    target[2 * plane + i] = value[2];
            }
        }
    }
}
