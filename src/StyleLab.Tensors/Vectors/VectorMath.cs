using System.Numerics;
using System.Runtime.InteropServices;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Vectors;

/// <summary>
/// The long-vector arithmetic of optimizers, on all cores. Memory is what it waits for, so that what several vectors are needed for
/// is done while a piece of each lies in the cache. Sums are formed chunk by chunk in a fixed order: the bits do not depend on
/// the number of threads.
/// </summary>
public static unsafe class VectorMath
{
    // Three pieces of this many values fit the first-level cache, and a sum of one in float keeps six digits.
    private const int Chunk = 4096;

    // Vectors that are read side by side.
    private const int Streams = 4;

    /// <summary>Σ xᵢ·yᵢ.</summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        SameLength(x, y);
        fixed (float* px = x, py = y)
            return SumOf(new DotJob(px, py, x.Length, Partials(x.Length)), x.Length);
    }

    /// <summary>Σ |xᵢ|.</summary>
    public static double AbsoluteSum(ReadOnlySpan<float> x)
    {
        fixed (float* px = x)
            return SumOf(new AbsoluteSumJob(px, x.Length, Partials(x.Length)), x.Length);
    }

    /// <summary>max |xᵢ|; NaN if any value is NaN.</summary>
    public static float AbsoluteMax(ReadOnlySpan<float> x)
    {
        int chunks = Chunks(x.Length);
        double* partial = Partials(x.Length);
        fixed (float* px = x)
            WorkerPool.Shared.Run(chunks, new AbsoluteMaxJob(px, x.Length, partial));
        double largest = 0;
        for (int i = 0; i < chunks; i++)
            largest = Math.Max(largest, partial[i]);
        return (float)largest;
    }

    /// <summary>y ← y + scale · x.</summary>
    public static void AddScaled(Span<float> y, float scale, ReadOnlySpan<float> x)
    {
        SameLength(x, y);
        fixed (float* px = x, py = y)
            WorkerPool.Shared.Run(Chunks(y.Length), new AddScaledJob(px, py, y.Length, scale));
    }

    /// <summary>y ← scale · y.</summary>
    public static void Scale(Span<float> y, float scale)
    {
        fixed (float* py = y)
            WorkerPool.Shared.Run(Chunks(y.Length), new ScaleJob(py, y.Length, scale));
    }

    /// <summary>y ← x − y.</summary>
    public static void SubtractFrom(ReadOnlySpan<float> x, Span<float> y)
    {
        SameLength(x, y);
        fixed (float* px = x, py = y)
            WorkerPool.Shared.Run(Chunks(y.Length), new SubtractFromJob(px, py, y.Length));
    }

    /// <summary>The products of each vector with <paramref name="x"/> and with <paramref name="y"/>, reading each vector once.</summary>
    /// <param name="vectors">Vectors of the length of x and y.</param>
    /// <param name="x">The first factor.</param>
    /// <param name="y">The second factor.</param>
    /// <param name="withX">Receives Σ vᵢ·xᵢ of every vector v, the same bits as <see cref="Dot"/>.</param>
    /// <param name="withY">Receives Σ vᵢ·yᵢ of every vector v.</param>
    public static void Dots(ReadOnlySpan<float[]> vectors, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<double> withX, Span<double> withY)
    {
        SameLength(x, y);
        Span<GCHandle> pins = stackalloc GCHandle[vectors.Length];
        float** addresses = stackalloc float*[vectors.Length];
        Pin(vectors, x.Length, pins, addresses);
        int chunks = Chunks(x.Length), count = vectors.Length;
        double* partial = (double*)Scratch.TakeShared(4L * chunks * count);
        fixed (float* px = x, py = y)
            WorkerPool.Shared.Run(chunks, new DotsJob(addresses, count, px, py, x.Length, partial));
        Unpin(pins);
        withX[..count].Clear();
        withY[..count].Clear();
        for (int chunk = 0; chunk < chunks; chunk++)
            for (int v = 0; v < count; v++)
            {
                withX[v] += partial[2 * ((long)chunk * count + v)];
                withY[v] += partial[2 * ((long)chunk * count + v) + 1];
            }
    }

    /// <summary>result ← scale · x + Σ factorᵥ · v, reading each vector once.</summary>
    /// <param name="result">Receives the sum.</param>
    /// <param name="scale">Factor of x.</param>
    /// <param name="x">The first summand.</param>
    /// <param name="factors">One factor a vector.</param>
    /// <param name="vectors">Vectors of the length of the result.</param>
    public static void Combine(Span<float> result, float scale, ReadOnlySpan<float> x, ReadOnlySpan<double> factors, ReadOnlySpan<float[]> vectors)
    {
        SameLength(x, result);
        Span<GCHandle> pins = stackalloc GCHandle[vectors.Length];
        float** addresses = stackalloc float*[vectors.Length];
        Pin(vectors, x.Length, pins, addresses);
        float* scales = stackalloc float[vectors.Length];
        for (int v = 0; v < vectors.Length; v++)
            scales[v] = (float)factors[v];
        fixed (float* px = x, pr = result)
            WorkerPool.Shared.Run(Chunks(x.Length), new CombineJob(addresses, scales, vectors.Length, px, scale, pr, x.Length));
        Unpin(pins);
    }

    private readonly struct DotJob(float* x, float* y, int length, double* partial) : IParallelJob
    {
        public void Run(int part) => partial[part] = ChunkDot(x, y, part * Chunk, Math.Min(length, (part + 1) * Chunk));
    }

    private readonly struct DotsJob(float** vectors, int count, float* x, float* y, int length, double* partial) : IParallelJob
    {
        public void Run(int part)
        {
            int from = part * Chunk, end = Math.Min(length, from + Chunk);
            double* sums = partial + 2L * part * count;
            for (int v = 0; v < count; v++)
            {
                // The second product finds the vector's chunk in the cache.
                sums[2 * v] = ChunkDot(vectors[v], x, from, end);
                sums[2 * v + 1] = ChunkDot(vectors[v], y, from, end);
            }
        }
    }

    private static double ChunkDot(float* x, float* y, int i, int end)
    {
        Vector<float> a = Vector<float>.Zero, b = a, c = a, d = a;
        int width = Vector<float>.Count;
        for (; i + 4 * width <= end; i += 4 * width)
        {
            a += Vector.Load(x + i) * Vector.Load(y + i);
            b += Vector.Load(x + i + width) * Vector.Load(y + i + width);
            c += Vector.Load(x + i + 2 * width) * Vector.Load(y + i + 2 * width);
            d += Vector.Load(x + i + 3 * width) * Vector.Load(y + i + 3 * width);
        }
        double sum = SumOf(a + b) + SumOf(c + d);
        for (; i < end; i++)
            sum += (double)x[i] * y[i];
        return sum;
    }

    private readonly struct AbsoluteSumJob(float* x, int length, double* partial) : IParallelJob
    {
        public void Run(int part)
        {
            int i = part * Chunk, end = Math.Min(length, i + Chunk);
            var sums = Vector<float>.Zero;
            for (; i + Vector<float>.Count <= end; i += Vector<float>.Count)
                sums += Vector.Abs(Vector.Load(x + i));
            double sum = SumOf(sums);
            for (; i < end; i++)
                sum += Math.Abs(x[i]);
            partial[part] = sum;
        }
    }

    private readonly struct AbsoluteMaxJob(float* x, int length, double* partial) : IParallelJob
    {
        public void Run(int part)
        {
            int i = part * Chunk, end = Math.Min(length, i + Chunk);
            var largest = Vector<float>.Zero;
            for (; i + Vector<float>.Count <= end; i += Vector<float>.Count)
                largest = Vector.Max(largest, Vector.Abs(Vector.Load(x + i)));
            float result = 0;
            for (int lane = 0; lane < Vector<float>.Count; lane++)
                result = MathF.Max(result, largest[lane]);
            for (; i < end; i++)
                result = MathF.Max(result, MathF.Abs(x[i]));
            partial[part] = result;
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

    private readonly struct ScaleJob(float* y, int length, float scale) : IParallelJob
    {
        public void Run(int part)
        {
            int i = part * Chunk, end = Math.Min(length, i + Chunk);
            var factor = new Vector<float>(scale);
            for (; i + Vector<float>.Count <= end; i += Vector<float>.Count)
                Vector.Store(factor * Vector.Load(y + i), y + i);
            for (; i < end; i++)
                y[i] *= scale;
        }
    }

    private readonly struct SubtractFromJob(float* x, float* y, int length) : IParallelJob
    {
        public void Run(int part)
        {
            int i = part * Chunk, end = Math.Min(length, i + Chunk);
            for (; i + Vector<float>.Count <= end; i += Vector<float>.Count)
                Vector.Store(Vector.Load(x + i) - Vector.Load(y + i), y + i);
            for (; i < end; i++)
                y[i] = x[i] - y[i];
        }
    }

    private readonly struct CombineJob(float** vectors, float* factors, int count, float* x, float scale, float* result, int length) : IParallelJob
    {
        public void Run(int part)
        {
            int from = part * Chunk, end = Math.Min(length, from + Chunk);
            for (int i = from; i < end; i++)
                result[i] = scale * x[i];
            int v = 0;
            for (; v + Streams <= count; v += Streams)
                AddFour(vectors + v, factors + v, from, end);
            for (; v < count; v++)
                new AddScaledJob(vectors[v], result, length, factors[v]).Run(part);
        }

        private void AddFour(float** v, float* f, int i, int end)
        {
            float* v0 = v[0], v1 = v[1], v2 = v[2], v3 = v[3];
            Vector<float> f0 = new(f[0]), f1 = new(f[1]), f2 = new(f[2]), f3 = new(f[3]);
            for (; i + Vector<float>.Count <= end; i += Vector<float>.Count)
                Vector.Store(
                    Vector.Load(result + i) + (f0 * Vector.Load(v0 + i) + f1 * Vector.Load(v1 + i))
                    + (f2 * Vector.Load(v2 + i) + f3 * Vector.Load(v3 + i)), result + i);
            for (; i < end; i++)
                result[i] = result[i] + (f[0] * v0[i] + f[1] * v1[i]) + (f[2] * v2[i] + f[3] * v3[i]);
        }
    }

    private static double SumOf<TJob>(TJob job, int length) where TJob : unmanaged, IParallelJob
    {
        int chunks = Chunks(length);
        double* partial = Partials(length);
        WorkerPool.Shared.Run(chunks, job);
        double sum = 0;
        for (int i = 0; i < chunks; i++)
            sum += partial[i];
        return sum;
    }

    /// <summary>One double a chunk; valid until the next call.</summary>
    private static double* Partials(int length) => (double*)Scratch.TakeShared(2L * Chunks(length));

    private static double SumOf(Vector<float> values)
    {
        Vector.Widen(values, out var low, out var high);
        return Vector.Sum(low + high);
    }

    private static void Pin(ReadOnlySpan<float[]> vectors, int length, Span<GCHandle> pins, float** addresses)
    {
        foreach (var vector in vectors)
            SameLength(vector, length);
        for (int v = 0; v < vectors.Length; v++)
        {
            pins[v] = GCHandle.Alloc(vectors[v], GCHandleType.Pinned);
            addresses[v] = (float*)pins[v].AddrOfPinnedObject();
        }
    }

    private static void Unpin(Span<GCHandle> pins)
    {
        foreach (var pin in pins)
            pin.Free();
    }

    private static int Chunks(int length) => (length + Chunk - 1) / Chunk;

    private static void SameLength(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => SameLength(x, y.Length);

    private static void SameLength(ReadOnlySpan<float> x, int length)
    {
        if (x.Length != length)
            throw new ArgumentException($"Vectors must have the same length, got {x.Length} and {length}.");
    }
}
