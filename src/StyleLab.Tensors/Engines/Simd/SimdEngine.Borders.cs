using System.Numerics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// The gradient of a convolution of 3×3 that saw more than zeros beyond the edge. Inside, it is that of zero padding;
// what falls on the border, one position wide, is computed here and added where the border was copied from. The border's
// upper row depends on the gradient's first row alone, through one row of the filters; the other sides likewise.
internal sealed unsafe partial class SimdEngine
{
    private void AddBorders(ConvolutionSource gradient, SimdFilters filters, Padding padding, Storage result)
    {
        if (padding == Padding.Zero)
            return;
        int blocks = gradient.Blocks, slack = filters.Tile.Pixels * Storage.Block;
        long rowFloats = blocks * (gradient.Width + 4L) * Storage.Block + slack;
        long columnFloats = blocks * (gradient.Height + 2L) * Storage.Block + slack;
        float* strips = Scratch.TakeShared(2 * (rowFloats + columnFloats));
        for (int n = 0; n < result.Shape.Batch; n++)
        {
            _pool.Run(4, new BorderStripJob(gradient, n, rowFloats, columnFloats, strips));
            var job = new BorderJob(new FilterKernel(filters.Row(2)), new FilterKernel(filters.Row(0)),
                new FilterKernel(filters.Column(2)), new FilterKernel(filters.Column(0)), n, rowFloats, columnFloats, strips, padding, result);
            _pool.Run(job.Groups, job);
        }
    }

    /// <summary>Copies the gradient's first and last row and column with zeros around them; a part is one of the four.</summary>
    private readonly struct BorderStripJob(
        ConvolutionSource gradient, int n, long rowFloats, long columnFloats, float* strips) : IParallelJob
    {
        public void Run(int part)
        {
            int lastRow = gradient.Height - 1, lastColumn = gradient.Width - 1;
            float* target = part < 2 ? strips + part * rowFloats : strips + 2 * rowFloats + (part - 2) * columnFloats;
            for (int plane = n * gradient.Blocks; plane < (n + 1) * gradient.Blocks; plane++)
                if (part < 2)
                    for (int column = -2; column <= lastColumn + 2; column++, target += Storage.Block)
                        gradient.CopyPosition(plane, part == 0 ? 0 : lastRow, column, target);
                else
                    for (int row = -1; row <= lastRow + 1; row++, target += Storage.Block)
                        gradient.CopyPosition(plane, row, part == 2 ? 0 : lastColumn, target);
        }
    }

    /// <summary>One part is one group of output channels; all four sides, because they meet at the corners.</summary>
    private readonly struct BorderJob(FilterKernel top, FilterKernel bottom, FilterKernel left, FilterKernel right,
        int n, long rowFloats, long columnFloats, float* strips, Padding padding, Storage result) : IParallelJob
    {
        public int Groups => top.Groups;

        public void Run(int part)
        {
            int height = result.Shape.Height, width = result.Shape.Width;
            AddRow(top, part, strips, padding.Source(-1, height));
            AddRow(bottom, part, strips + rowFloats, padding.Source(height, height));
            AddColumn(left, part, strips + 2 * rowFloats, padding.Source(-1, width));
            AddColumn(right, part, strips + 2 * rowFloats + columnFloats, padding.Source(width, width));
        }

        /// <summary>The border row next to a row of the gradient, corners included.</summary>
        private void AddRow(FilterKernel kernel, int group, float* strip, int targetRow)
        {
            int width = result.Shape.Width;
            float* border = Scratch.Take((long)(width + 2 + kernel.Pixels) * kernel.Channels);
            kernel.Run(strip, (width + 4L) * Storage.Block, 0, group, width + 2, border);
            for (int column = -1; column <= width; column++)
                Add(border + (long)(column + 1) * kernel.Channels, kernel.Channels, group, targetRow, padding.Source(column, width));
        }

        /// <summary>The border column next to a column of the gradient, without the corners.</summary>
        private void AddColumn(FilterKernel kernel, int group, float* strip, int targetColumn)
        {
            int height = result.Shape.Height;
            float* border = Scratch.Take((long)(height + kernel.Pixels) * kernel.Channels);
            kernel.Run(strip, (height + 2L) * Storage.Block, 0, group, height, border);
            for (int row = 0; row < height; row++)
                Add(border + (long)row * kernel.Channels, kernel.Channels, group, row, targetColumn);
        }

        private void Add(float* values, int channels, int group, int row, int column)
        {
            if (result.Layout == Layout.Planar)
            {
                for (int i = 0, k = group * channels; i < channels && k < result.Shape.Channels; i++, k++)
                    result[n, k, row, column] += values[i];
                return;
            }
            for (int lane = 0; lane < channels; lane += Storage.Block)
            {
                int block = n * (result.Shape.Channels / Storage.Block) + (group * channels + lane) / Storage.Block;
                float* target = BlockRow(result, block, row) + (long)column * Storage.Block;
                for (int i = 0; i < Storage.Block; i += Vector<float>.Count)
                    Vector.Store(Vector.Load(target + i) + Vector.Load(values + lane + i), target + i);
            }
        }
    }
}
