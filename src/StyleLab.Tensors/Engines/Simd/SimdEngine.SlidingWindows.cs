using System.Numerics;
using System.Runtime.InteropServices;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Means over windows that move by one position, over plain planes: a row is a sum of shifted rows. A part is one row of one plane.
internal sealed unsafe partial class SimdEngine
{
    private static bool Slides(PoolWindow window, Storage x) =>
        x.Layout == Layout.Planar && window is { Stride: 1, Before: 0, After: 0 } && window.Size <= Math.Min(x.Shape.Height, x.Shape.Width);

    private readonly struct SlidingMeanJob(Storage x, PoolWindow window, Storage y) : IParallelJob
    {
        public void Run(int part)
        {
            int plane = part / y.Shape.Height, top = part % y.Shape.Height;
            var target = Row(y, plane, top);
            target.Clear();
            for (int row = top; row < top + window.Size; row++)
                for (int left = 0; left < window.Size; left++)
                    AddTo(target, Row(x, plane, row)[left..]);
            Scale(target, 1f / (window.Size * window.Size));
        }
    }

    private readonly struct SlidingMeanGradientJob(Storage gradient, PoolWindow window, Storage result) : IParallelJob
    {
        public void Run(int part)
        {
            int plane = part / result.Shape.Height, row = part % result.Shape.Height;
            var target = Row(result, plane, row);
            target.Clear();
            for (int top = window.FirstTouching(row); top <= window.LastTouching(row, gradient.Shape.Height); top++)
                for (int left = 0; left < window.Size; left++)
                    AddTo(target.Slice(left, gradient.Shape.Width), Row(gradient, plane, top));
            Scale(target, 1f / (window.Size * window.Size));
        }
    }

    /// <summary>Adds the first values of a row, as many as <paramref name="target"/> has.</summary>
    private static void AddTo(Span<float> target, ReadOnlySpan<float> row)
    {
        row = row[..target.Length];
        var sums = MemoryMarshal.Cast<float, Vector<float>>(target);
        var values = MemoryMarshal.Cast<float, Vector<float>>(row);
        for (int i = 0; i < sums.Length; i++)
            sums[i] += values[i];
        for (int i = sums.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] += row[i];
    }

    private static void Scale(Span<float> row, float factor)
    {
        foreach (ref var values in MemoryMarshal.Cast<float, Vector<float>>(row))
            values *= factor;
        foreach (ref float value in row[(row.Length / Vector<float>.Count * Vector<float>.Count)..])
            value *= factor;
    }
}
