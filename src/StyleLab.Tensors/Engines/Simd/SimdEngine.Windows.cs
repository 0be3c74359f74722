using System.Numerics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Pooling with windows of any size and stride over blocked feature maps. A part is one output row of one block of 16 channels;
// in the gradient, where windows may overlap, a band of input rows: all windows that touch it give to its rows only.
internal sealed unsafe partial class SimdEngine
{
    private const int WindowBandRows = 16;

    public override void WindowMaxPool(Storage x, PoolWindow window, Storage y)
    {
        if (x.Layout == Layout.ChannelBlocks)
            _pool.Run(ChannelGroups(y) * y.Shape.Height, new WindowJob<MaximumOf>(x, window, y));
        else
            base.WindowMaxPool(x, window, y);
    }

    public override void WindowAveragePool(Storage x, PoolWindow window, Storage y)
    {
        if (x.Layout == Layout.ChannelBlocks)
            _pool.Run(ChannelGroups(y) * y.Shape.Height, new WindowJob<MeanOf>(x, window, y));
        else if (Slides(window, x))
            _pool.Run(ChannelGroups(y) * y.Shape.Height, new SlidingMeanJob(x, window, y));
        else
            base.WindowAveragePool(x, window, y);
    }

    public override void WindowMaxPoolGradient(Storage x, Storage gradient, PoolWindow window, Storage result)
    {
        if (x.Layout == Layout.ChannelBlocks)
            _pool.Run(ChannelGroups(result) * WindowBands(result), new WindowGradientJob<ToFirstLargest>(new(x), gradient, window, result));
        else
            base.WindowMaxPoolGradient(x, gradient, window, result);
    }

    public override void WindowAveragePoolGradient(Storage gradient, PoolWindow window, Storage result)
    {
        if (gradient.Layout == Layout.ChannelBlocks)
            _pool.Run(ChannelGroups(result) * WindowBands(result), new WindowGradientJob<ToAllAlike>(default, gradient, window, result));
        else if (Slides(window, result))
            _pool.Run(ChannelGroups(result) * result.Shape.Height, new SlidingMeanGradientJob(gradient, window, result));
        else
            base.WindowAveragePoolGradient(gradient, window, result);
    }

    private static int WindowBands(Storage x) => (x.Shape.Height + WindowBandRows - 1) / WindowBandRows;

    /// <summary>The part of a window that lies inside, of one block of 16 channels.</summary>
    private readonly record struct Window(int Block, int Top, int Bottom, int Left, int Right)
    {
        public int Count => (Bottom - Top) * (Right - Left);

        public static Window At(PoolWindow window, int block, int row, int column, Shape shape) => new(block,
            window.Begin(row), window.End(row, shape.Height), window.Begin(column), window.End(column, shape.Width));
    }

    private interface IWindowValue { static abstract Vector<float> Of(Storage x, Window window, int lane); }

    private readonly struct MaximumOf : IWindowValue
    {
        public static Vector<float> Of(Storage x, Window window, int lane)
        {
            var largest = new Vector<float>(float.NegativeInfinity);
            for (int row = window.Top; row < window.Bottom; row++)
            {
                float* values = BlockRow(x, window.Block, row) + lane;
                for (int column = window.Left; column < window.Right; column++)
                    largest = Vector.Max(largest, Vector.Load(values + (long)column * Storage.Block));
            }
            return largest;
        }
    }

    private readonly struct MeanOf : IWindowValue
    {
        public static Vector<float> Of(Storage x, Window window, int lane)
        {
            var sum = Vector<float>.Zero;
            for (int row = window.Top; row < window.Bottom; row++)
            {
                float* values = BlockRow(x, window.Block, row) + lane;
                for (int column = window.Left; column < window.Right; column++)
                    sum += Vector.Load(values + (long)column * Storage.Block);
            }
            return sum * new Vector<float>(1f / window.Count);
        }
    }

    private readonly struct WindowJob<TValue>(Storage x, PoolWindow window, Storage y) : IParallelJob where TValue : IWindowValue
    {
        public void Run(int part)
        {
            int block = part / y.Shape.Height, row = part % y.Shape.Height;
            float* target = BlockRow(y, block, row);
            for (int column = 0; column < y.Shape.Width; column++, target += Storage.Block)
            {
                var inside = Window.At(window, block, row, column, x.Shape);
                for (int lane = 0; lane < Storage.Block; lane += Vector<float>.Count)
                    Vector.Store(TValue.Of(x, inside, lane), target + lane);
            }
        }
    }

    /// <summary>Shares out the gradient of one window among its positions; rows outside first..last are left alone.</summary>
    private interface IWindowShare { void Give(Vector<float> gradient, Window window, int lane, int first, int last, Storage result); }

    private readonly struct ToFirstLargest(Storage x) : IWindowShare
    {
        public void Give(Vector<float> gradient, Window window, int lane, int first, int last, Storage result)
        {
            var largest = MaximumOf.Of(x, window, lane);
            for (int row = window.Top; row < Math.Min(window.Bottom, last); row++)
            {
                float* values = BlockRow(x, window.Block, row) + lane, target = BlockRow(result, window.Block, row) + lane;
                for (int column = window.Left; column < window.Right; column++)
                {
                    var takes = Vector.Equals(Vector.Load(values + (long)column * Storage.Block), largest);
                    if (row >= first)
                        AddTo(target + (long)column * Storage.Block, Vector.ConditionalSelect(takes, gradient, Vector<float>.Zero));
                    gradient = Vector.ConditionalSelect(takes, Vector<float>.Zero, gradient);
                }
            }
        }
    }

    private readonly struct ToAllAlike : IWindowShare
    {
        public void Give(Vector<float> gradient, Window window, int lane, int first, int last, Storage result)
        {
            var share = gradient * new Vector<float>(1f / window.Count);
            for (int row = Math.Max(window.Top, first); row < Math.Min(window.Bottom, last); row++)
            {
                float* target = BlockRow(result, window.Block, row) + lane;
                for (int column = window.Left; column < window.Right; column++)
                    AddTo(target + (long)column * Storage.Block, share);
            }
        }
    }

    private static void AddTo(float* target, Vector<float> value) => Vector.Store(Vector.Load(target) + value, target);

    private readonly struct WindowGradientJob<TShare>(TShare share, Storage gradient, PoolWindow window, Storage result) : IParallelJob
        where TShare : struct, IWindowShare
    {
        public void Run(int part)
        {
            int bands = WindowBands(result), block = part / bands;
            int top = part % bands * WindowBandRows, bottom = Math.Min(top + WindowBandRows, result.Shape.Height);
            for (int row = top; row < bottom; row++)
                Row(result, block, row).Clear();
            for (int row = window.FirstTouching(top); row <= window.LastTouching(bottom - 1, gradient.Shape.Height); row++)
            {
                float* values = BlockRow(gradient, block, row);
                for (int column = 0; column < gradient.Shape.Width; column++, values += Storage.Block)
                {
                    var inside = Window.At(window, block, row, column, result.Shape);
                    for (int lane = 0; lane < Storage.Block; lane += Vector<float>.Count)
                        share.Give(Vector.Load(values + lane), inside, lane, top, bottom, result);
                }
            }
        }
    }
}
