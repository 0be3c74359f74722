using System.Numerics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Vectors;

/// <summary>
/// The long-vector arithmetic of optimizers, on all cores. Sums are formed chunk by chunk in a fixed order,
/// so the bits do not depend on the number of threads.
/// </summary>
public static unsafe class VectorMath
{
    // Small enough that a sum of one chunk in float keeps six digits, large enough to share out.
    private const int Chunk = 8192;

    /// <summary>Σ xᵢ·yᵢ.</summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Sum(new DotOf(), x, y);

    /// <summary>Σ |xᵢ|.</summary>
    public static double AbsoluteSum(ReadOnlySpan<float> x) => Sum(new AbsoluteOf(), x, x);

    /// <summary>max |xᵢ|; NaN if any value is NaN.</summary>
    public static float AbsoluteMax(ReadOnlySpan<float> x)
    {
        float largest = 0;
        foreach (float value in x)
            largest = MathF.Max(largest, MathF.Abs(value));
        return largest;
    }

    /// <summary>y ← y + scale · x.</summary>
    public static void AddScaled(Span<float> y, float scale, ReadOnlySpan<float> x)
    {
        SameLength(x, y);
        fixed (float* px = x, py = y)
            WorkerPool.Shared.Run(Chunks(y.Length), new AddScaledJob(px, py, y.Length, scale));
    }

    /// <summary>y ← scale · x.</summary>
    public static void Scale(Span<float> y, float scale, ReadOnlySpan<float> x)
    {
        SameLength(x, y);
        fixed (float* px = x, py = y)
            WorkerPool.Shared.Run(Chunks(y.Length), new ScaleJob(px, py, y.Length, scale));
    }

    /// <summary>result ← x − y.</summary>
    public static void Subtract(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> result)
    {
        SameLength(x, y);
        SameLength(x, result);
        fixed (float* px = x, py = y, pr = result)
            WorkerPool.Shared.Run(Chunks(x.Length), new SubtractJob(px, py, pr, x.Length));
    }

    private interface IProduct { Vector<float> Of(Vector<float> x, Vector<float> y); }

    private readonly struct DotOf : IProduct { public Vector<float> Of(Vector<float> x, Vector<float> y) => x * y; }

    private readonly struct AbsoluteOf : IProduct { public Vector<float> Of(Vector<float> x, Vector<float> y) => Vector.Abs(x); }

    private static double Sum<TProduct>(TProduct _, ReadOnlySpan<float> x, ReadOnlySpan<float> y) where TProduct : unmanaged, IProduct
    {
        SameLength(x, y);
        int chunks = Chunks(x.Length);
        double* partial = (double*)Scratch.TakeShared(2L * chunks);
        fixed (float* px = x, py = y)
            WorkerPool.Shared.Run(chunks, new SumJob<TProduct>(px, py, x.Length, partial));
        double sum = 0;
        for (int i = 0; i < chunks; i++)
            sum += partial[i];
        return sum;
    }

    private readonly struct SumJob<TProduct>(float* x, float* y, int length, double* partial) : IParallelJob
        where TProduct : unmanaged, IProduct
    {
        public void Run(int part)
        {
            int i = part * Chunk, end = Math.Min(length, i + Chunk);
            Vector<float> a = Vector<float>.Zero, b = Vector<float>.Zero;
            for (; i + 2 * Vector<float>.Count <= end; i += 2 * Vector<float>.Count)
            {
                a += default(TProduct).Of(Vector.Load(x + i), Vector.Load(y + i));
                b += default(TProduct).Of(Vector.Load(x + i + Vector<float>.Count), Vector.Load(y + i + Vector<float>.Count));
            }
            Vector.Widen(a + b, out var low, out var high);
            double sum = Vector.Sum(low + high);
            for (; i < end; i++)
                sum += default(TProduct).Of(new Vector<float>(x[i]), new Vector<float>(y[i]))[0];
            partial[part] = sum;
        }
    }

    private readonly struct AddScaledJob(float* x, float* y, int length, float scale) : IParallelJob
    {
        public void Run(int part)
        {
            int i = part * Chunk, end = Math.Min(length, i + Chunk);
            var factor = new Vector<float>(scale);
            for (; i + Vector<float>.Count <= end; i += Vector<float>.Count)
                Vector.Store(Vector.Load(y + i) + factor * Vector.Load(x + i), y + i);
            for (; i < end; i++)
                y[i] += scale * x[i];
        }
    }

    private readonly struct ScaleJob(float* x, float* y, int length, float scale) : IParallelJob
    {
        public void Run(int part)
        {
            for (int i = part * Chunk, end = Math.Min(length, i + Chunk); i < end; i++)
                y[i] = scale * x[i];
        }
    }

    private readonly struct SubtractJob(float* x, float* y, float* result, int length) : IParallelJob
    {
        public void Run(int part)
        {
            int i = part * Chunk, end = Math.Min(length, i + Chunk);
            for (; i + Vector<float>.Count <= end; i += Vector<float>.Count)
                Vector.Store(Vector.Load(x + i) - Vector.Load(y + i), result + i);
            for (; i < end; i++)
                result[i] = x[i] - y[i];
        }
    }

    private static int Chunks(int length) => (length + Chunk - 1) / Chunk;

    private static void SameLength(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"Vectors must have the same length, got {x.Length} and {y.Length}.");
    }
}
