using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Convolutions with at most three outputs, such as the gradient at the picture. A part of the job is a band of output rows;
// every input row is multiplied once with all taps, a run of positions at a time, and each tap's products are added to the row they
// belong to.
internal sealed unsafe partial class SimdEngine
{
    private const int ThinBandRows = 16;

    // Positions whose input and products stay in the first-level cache; a multiple of the pixels of every tile kernel.
    private const int ThinRun = 48;

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
            int half = size / 2, before = 2 * half, width = y.Shape.Width, paddedWidth = width + before;
            int top = part * ThinBandRows, rows = Math.Min(ThinBandRows, y.Shape.Height - top);
            long inputFloats = (long)kernel.Blocks * ThinRun * Storage.Block, groupFloats = (long)(before + ThinRun) * kernel.Channels;
            float* input = Scratch.Take(inputFloats + kernel.Groups * groupFloats + (long)rows * width * Sums);
            float* results = input + inputFloats, sums = results + kernel.Groups * groupFloats;
            new Span<float>(sums, rows * width * Sums).Clear();

            for (int row = top - half; row < top + rows + half; row++)
            {
                int sourceRow = padding.Source(row, x.Shape.Height);
                for (int first = 0; first < paddedWidth && sourceRow >= 0; first += ThinRun)
                {
                    int count = Math.Min(ThinRun, paddedWidth - first), skipped = Math.Max(before - first, 0);
                    Copy(sourceRow, first - half, count, input);
                    for (int filterRow = 0; filterRow < size; filterRow++)
                    {
                        float* products = results + filterRow / rowsAGroup * groupFloats;
                        if (filterRow % rowsAGroup == 0)
                        {
                            // The first sums of this run need the last products of the one before as well.
                            new ReadOnlySpan<float>(products + ThinRun * kernel.Channels, before * kernel.Channels)
                                .CopyTo(new Span<float>(products, before * kernel.Channels));
                            kernel.Run(input, ThinRun * Storage.Block, 0, filterRow / rowsAGroup, count, products + before * kernel.Channels,
                                Position(0, sourceRow, first - half + ThinRun), (long)x.Shape.Area * Storage.Block, kernel.Blocks);
                        }
                        int target = row + half - filterRow - top;
                        if (target >= 0 && target < rows)
                            AddTaps(products + skipped * kernel.Channels + filterRow % rowsAGroup * size * ThinFilters.Outputs,
                                sums + (target * width + first - before + skipped) * Sums, count - skipped);
                    }
                }
            }
            for (int row = 0; row < rows; row++)
                WriteRow(sums + row * width * Sums, top + row);
        }

        private float* Position(int block, int row, int column) =>
            x.Data + (((long)n * kernel.Blocks + block) * x.Shape.Area + (long)row * x.Shape.Width + column) * Storage.Block;

        /// <summary>Copies neighbouring positions of a row and of the border beside it: zeros where the mask has no bit.</summary>
        private void Copy(int row, int column, int count, float* target)
        {
            int left = Math.Max(column, 0), right = Math.Min(column + count, x.Shape.Width);
            for (int block = 0; block < kernel.Blocks; block++, target += ThinRun * Storage.Block)
            {
                for (int i = column; i < left; i++)
                    CopyBorder(block, row, padding.Source(i, x.Shape.Width), target + (i - column) * Storage.Block);
                CopyInside(block, row, left, right - left, target + (left - column) * Storage.Block);
                for (int i = Math.Max(right, column); i < column + count; i++)
                    CopyBorder(block, row, padding.Source(i, x.Shape.Width), target + (i - column) * Storage.Block);
            }
        }

        private void CopyInside(int block, int row, int column, int count, float* target)
        {
            if (mask.Exists)
                MaskBits.Copy(Position(block, row, column), count, MaskBits.At(mask, n * kernel.Blocks + block, row, column), target);
            else
                new ReadOnlySpan<float>(Position(block, row, column), count * Storage.Block).CopyTo(new Span<float>(target, count * Storage.Block));
        }

        private void CopyBorder(int block, int row, int column, float* target)
        {
            if (column >= 0)
                CopyInside(block, row, column, 1, target);
            else
                new Span<float>(target, Storage.Block).Clear();
        }

        /// <summary>Adds one filter row's products: the column j of a tap lies j pixels to the right.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
