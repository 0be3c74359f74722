using System.Numerics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// 2×2 pooling of blocked feature maps; a part is one output row of one block of 16 channels. Planar ones are rare.
internal sealed unsafe partial class SimdEngine
{
    public override void MaxPool(Storage x, Storage y)
    {
        if (x.Layout == Layout.ChannelBlocks)
            _pool.Run(ChannelGroups(y) * y.Shape.Height, new MaxPoolJob(x, y));
        else
            base.MaxPool(x, y);
    }

    public override void MaxPoolGradient(Storage x, Storage gradient, Storage result)
    {
        if (x.Layout == Layout.ChannelBlocks)
            _pool.Run(ChannelGroups(result) * RowPairs(result), new MaxPoolGradientJob(x, gradient, result));
        else
            base.MaxPoolGradient(x, gradient, result);
    }

    public override void AveragePool(Storage x, Storage y)
    {
        if (x.Layout == Layout.ChannelBlocks)
            _pool.Run(ChannelGroups(y) * y.Shape.Height, new AveragePoolJob(x, y));
        else
            base.AveragePool(x, y);
    }

    public override void AveragePoolGradient(Storage gradient, Storage result)
    {
        if (gradient.Layout == Layout.ChannelBlocks)
            _pool.Run(ChannelGroups(result) * RowPairs(result), new AveragePoolGradientJob(gradient, result));
        else
            base.AveragePoolGradient(gradient, result);
    }

    /// <summary>Pairs of rows, a last single row counted as one.</summary>
    private static int RowPairs(Storage x) => (x.Shape.Height + 1) / 2;

    /// <summary>Start of a row of one block of 16 channels; blocks are counted over the whole batch.</summary>
    private static float* BlockRow(Storage x, int block, int row) =>
        x.Data + ((long)block * x.Shape.Height + row) * x.Shape.Width * Storage.Block;

    private readonly struct MaxPoolJob(Storage x, Storage y) : IParallelJob
    {
        public void Run(int part)
        {
            int block = part / y.Shape.Height, row = part % y.Shape.Height;
            float* upper = BlockRow(x, block, 2 * row), lower = BlockRow(x, block, 2 * row + 1), target = BlockRow(y, block, row);
            for (int column = 0; column < y.Shape.Width; column++, upper += 2 * Storage.Block, lower += 2 * Storage.Block, target += Storage.Block)
                for (int lane = 0; lane < Storage.Block; lane += Vector<float>.Count)
                {
                    var above = Vector.Max(Vector.Load(upper + lane), Vector.Load(upper + Storage.Block + lane));
                    var below = Vector.Max(Vector.Load(lower + lane), Vector.Load(lower + Storage.Block + lane));
                    Vector.Store(Vector.Max(above, below), target + lane);
                }
        }
    }

    private readonly struct AveragePoolJob(Storage x, Storage y) : IParallelJob
    {
        public void Run(int part)
        {
            int block = part / y.Shape.Height, row = part % y.Shape.Height;
            float* upper = BlockRow(x, block, 2 * row), lower = BlockRow(x, block, 2 * row + 1), target = BlockRow(y, block, row);
            var quarter = new Vector<float>(0.25f);
            for (int column = 0; column < y.Shape.Width; column++, upper += 2 * Storage.Block, lower += 2 * Storage.Block, target += Storage.Block)
                for (int lane = 0; lane < Storage.Block; lane += Vector<float>.Count)
                {
                    var above = Vector.Load(upper + lane) + Vector.Load(upper + Storage.Block + lane);
                    var below = Vector.Load(lower + lane) + Vector.Load(lower + Storage.Block + lane);
                    Vector.Store((above + below) * quarter, target + lane);
                }
        }
    }

    /// <summary>Each window's gradient goes to the first of its four places that holds the largest value.</summary>
    private readonly struct MaxPoolGradientJob(Storage x, Storage gradient, Storage result) : IParallelJob
    {
        public void Run(int part)
        {
            int pairs = RowPairs(result), block = part / pairs, pair = part % pairs;
            ClearLeftOver(result, block, pair);
            if (pair >= gradient.Shape.Height)
                return;
            long offset = ((long)block * x.Shape.Height + 2 * pair) * x.Shape.Width * Storage.Block;
            long down = (long)x.Shape.Width * Storage.Block;
            float* source = x.Data + offset, target = result.Data + offset, g = BlockRow(gradient, block, pair);
            for (int column = 0; column < gradient.Shape.Width; column++, source += 2 * Storage.Block, target += 2 * Storage.Block, g += Storage.Block)
                for (int lane = 0; lane < Storage.Block; lane += Vector<float>.Count)
                {
                    Vector<float> v0 = Vector.Load(source + lane), v1 = Vector.Load(source + Storage.Block + lane);
                    Vector<float> v2 = Vector.Load(source + down + lane), v3 = Vector.Load(source + down + Storage.Block + lane);
                    var largest = Vector.Max(Vector.Max(v0, v1), Vector.Max(v2, v3));
                    var rest = Vector.Load(g + lane);
                    Give(v0, largest, ref rest, target + lane);
                    Give(v1, largest, ref rest, target + Storage.Block + lane);
                    Give(v2, largest, ref rest, target + down + lane);
                    Give(v3, largest, ref rest, target + down + Storage.Block + lane);
                }
        }

        /// <summary>Lanes whose value is the largest take the gradient and leave zero for the places after them.</summary>
        private static void Give(Vector<float> value, Vector<float> largest, ref Vector<float> rest, float* target)
        {
            var takes = Vector.Equals(value, largest);
            Vector.Store(Vector.ConditionalSelect(takes, rest, Vector<float>.Zero), target);
            rest = Vector.ConditionalSelect(takes, Vector<float>.Zero, rest);
        }
    }

    private readonly struct AveragePoolGradientJob(Storage gradient, Storage result) : IParallelJob
    {
        public void Run(int part)
        {
            int pairs = RowPairs(result), block = part / pairs, pair = part % pairs;
            ClearLeftOver(result, block, pair);
            if (pair >= gradient.Shape.Height)
                return;
            float* upper = BlockRow(result, block, 2 * pair), lower = BlockRow(result, block, 2 * pair + 1), g = BlockRow(gradient, block, pair);
            var quarter = new Vector<float>(0.25f);
            for (int column = 0; column < gradient.Shape.Width; column++, upper += 2 * Storage.Block, lower += 2 * Storage.Block, g += Storage.Block)
                for (int lane = 0; lane < Storage.Block; lane += Vector<float>.Count)
                {
                    var share = Vector.Load(g + lane) * quarter;
                    Vector.Store(share, upper + lane);
                    Vector.Store(share, upper + Storage.Block + lane);
                    Vector.Store(share, lower + lane);
                    Vector.Store(share, lower + Storage.Block + lane);
                }
        }
    }

    /// <summary>Zeros where an odd height or width leaves a last row or column outside every window.</summary>
    private static void ClearLeftOver(Storage result, int block, int pair)
    {
        int width = result.Shape.Width;
        for (int row = 2 * pair; row < Math.Min(2 * pair + 2, result.Shape.Height); row++)
        {
            bool wholeRow = row == result.Shape.Height - 1 && result.Shape.Height % 2 == 1;
            int first = wholeRow ? 0 : width / 2 * 2;
            new Span<float>(BlockRow(result, block, row) + (long)first * Storage.Block, (width - first) * Storage.Block).Clear();
        }
    }
}
