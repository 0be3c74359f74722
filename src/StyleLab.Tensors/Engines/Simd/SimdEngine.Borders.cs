using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// The gradient of a convolution of 3×3 that saw more than zeros beyond the edge. Inside, it is that of zero padding;
// what falls on the border, one position wide, is computed here and added where the border was copied from. The border's
// upper row depends on the gradient's first row alone, through one row of the filters; the other sides likewise.
internal sealed unsafe partial class SimdEngine
{
    private void AddBorders(Storage gradient, Storage reluOutput, SimdFilters filters, Padding padding, Storage result)
    {
        if (padding == Padding.Zero)
            return;
        var job = new BorderJob(new FilterKernel(filters.Row(2)), new FilterKernel(filters.Row(0)),
            new FilterKernel(filters.Column(2)), new FilterKernel(filters.Column(0)), gradient, reluOutput, padding, result);
        _pool.Run(result.Shape.Batch * job.Groups, job);
    }

    /// <summary>One part is one group of output channels; all four sides, because they meet at the corners.</summary>
    private readonly struct BorderJob(FilterKernel top, FilterKernel bottom, FilterKernel left, FilterKernel right,
        Storage gradient, Storage reluOutput, Padding padding, Storage result) : IParallelJob
    {
        public int Groups => top.Groups;

        public void Run(int part)
        {
            int n = part / Groups, group = part % Groups, height = result.Shape.Height, width = result.Shape.Width;
            AddRow(top, n, group, 0, padding.Source(-1, height));
            AddRow(bottom, n, group, height - 1, padding.Source(height, height));
            AddColumn(left, n, group, 0, padding.Source(-1, width));
            AddColumn(right, n, group, width - 1, padding.Source(width, width));
        }

        /// <summary>The border row next to a row of the gradient, corners included.</summary>
        private void AddRow(FilterKernel kernel, int n, int group, int row, int targetRow)
        {
            int width = result.Shape.Width, count = width + 2;
            long blockStride = (width + 4L) * Storage.Block;
            long inputFloats = kernel.Blocks * blockStride + kernel.Pixels * Storage.Block;
            float* input = Scratch.Take(inputFloats + (long)(count + kernel.Pixels) * kernel.Channels);
            float* border = input + inputFloats;
            PaddedRows.Gather(gradient, reluOutput, n, row, 1, 2, Padding.Zero, input);
            kernel.Run(input, blockStride, 0, group, count, border);
            for (int column = -1; column <= width; column++)
                Add(border + (long)(column + 1) * kernel.Channels, kernel.Channels, n, group, targetRow, padding.Source(column, width));
        }

        /// <summary>The border column next to a column of the gradient, without the corners.</summary>
        private void AddColumn(FilterKernel kernel, int n, int group, int column, int targetColumn)
        {
            int height = result.Shape.Height;
            long blockStride = (height + 2L) * Storage.Block;
            long inputFloats = kernel.Blocks * blockStride + kernel.Pixels * Storage.Block;
            float* input = Scratch.Take(inputFloats + (long)(height + kernel.Pixels) * kernel.Channels);
            float* border = input + inputFloats;
            PaddedRows.GatherColumn(gradient, reluOutput, n, column, input);
            kernel.Run(input, blockStride, 0, group, height, border);
            for (int row = 0; row < height; row++)
                Add(border + (long)row * kernel.Channels, kernel.Channels, n, group, row, targetColumn);
        }

        private void Add(float* values, int channels, int n, int group, int row, int column)
        {
            for (int lane = 0; lane < channels; lane += Storage.Block)
            {
                int block = n * (result.Shape.Channels / Storage.Block) + (group * channels + lane) / Storage.Block;
                float* target = BlockRow(result, block, row) + (long)column * Storage.Block;
                for (int i = 0; i < Storage.Block; i++)
                    target[i] += values[lane + i];
            }
        }
    }
}
