using System.Numerics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Sums are formed in double: a chunk at a time, then the chunks in order.
internal sealed unsafe partial class SimdEngine
{
    public override void SumTo(Storage x, Storage y)
    {
        if (y.Count == 1)
        {
            int chunks = Chunks(x.Count);
            double* partial = (double*)Scratch.TakeShared(2L * chunks);
            _pool.Run(chunks, new SumJob(x.Data, x.Count, partial));
            double sum = 0;
            for (int i = 0; i < chunks; i++)
                sum += partial[i];
            *y.Data = (float)sum;
        }
        else if (y.Shape == x.Shape with { Height = 1, Width = 1 })
            _pool.Run(ChannelGroups(x), new ChannelSumJob(x, y.Data));
        else if (y.Shape == x.Shape with { Channels = 1 } && x.Layout == Layout.Planar && y.Layout == Layout.Planar)
            _pool.Run(y.Shape.Batch * Chunks(y.Shape.Area), new SumOverChannelsJob(x, y));
        else
            base.SumTo(x, y);
    }

    public override void Broadcast(Storage x, Storage y)
    {
        if (x.Count == 1)
            _pool.Run(Chunks(y.Count), new FillJob(x.Data, y.Data, y.Count));
        else if (x.Shape == y.Shape with { Channels = 1 } && x.Layout == Layout.Planar && y.Layout == Layout.Planar)
            _pool.Run(y.Shape.Batch * y.Shape.Channels, new ToChannelsJob(x, y));
        else
            base.Broadcast(x, y);
    }

    private readonly struct SumJob(float* x, long count, double* partial) : IParallelJob
    {
        public void Run(int part)
        {
            long start = (long)part * Chunk;
            partial[part] = SumOf(x + start, Math.Min(Chunk, count - start));
        }
    }

    private static double SumOf(float* x, long count)
    {
        Vector<double> low = Vector<double>.Zero, high = Vector<double>.Zero;
        long i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(x + i), out var a, out var b);
            low += a;
            high += b;
        }
        double sum = Vector.Sum(low + high);
        for (; i < count; i++)
            sum += x[i];
        return sum;
    }

    private readonly struct FillJob(float* x, float* y, long count) : IParallelJob
    {
        public void Run(int part)
        {
            long start = (long)part * Chunk;
            new Span<float>(y + start, (int)Math.Min(Chunk, count - start)).Fill(*x);
        }
    }

    /// <summary>One part is one plane, or one block of 16 channels with a sum in each lane.</summary>
    private readonly struct ChannelSumJob(Storage x, float* y) : IParallelJob
    {
        public void Run(int part)
        {
            if (x.Layout == Layout.Planar)
            {
                y[part] = (float)SumOf(x.Data + (long)part * x.Shape.Area, x.Shape.Area);
                return;
            }
            float* data = x.Data + (long)part * x.Shape.Area * Storage.Block;
            Span<double> sums = stackalloc double[Storage.Block];
            sums.Clear();
            for (int i = 0; i < x.Shape.Area; i++)
                for (int lane = 0; lane < Storage.Block; lane++)
                    sums[lane] += *data++;
            for (int lane = 0; lane < Storage.Block; lane++)
                y[part * Storage.Block + lane] = (float)sums[lane];
        }
    }

    /// <summary>One part is a chunk of the positions of one picture.</summary>
    private readonly struct SumOverChannelsJob(Storage x, Storage y) : IParallelJob
    {
        public void Run(int part)
        {
            int area = x.Shape.Area, chunks = Chunks(area), batch = part / chunks, start = part % chunks * Chunk;
            float* planes = x.Data + (long)batch * x.Shape.Channels * area, target = y.Data + (long)batch * area;
            int end = Math.Min(start + Chunk, area), i = start;
            for (; i + Vector<float>.Count <= end; i += Vector<float>.Count)
            {
                Vector<double> low = Vector<double>.Zero, high = Vector<double>.Zero;
                for (int channel = 0; channel < x.Shape.Channels; channel++)
                {
                    Vector.Widen(Vector.Load(planes + (long)channel * area + i), out var a, out var b);
                    low += a;
                    high += b;
                }
                Vector.Store(Vector.Narrow(low, high), target + i);
            }
            for (; i < end; i++)
            {
                double sum = 0;
                for (int channel = 0; channel < x.Shape.Channels; channel++)
                    sum += planes[(long)channel * area + i];
                target[i] = (float)sum;
            }
        }
    }

    /// <summary>One part is one plane.</summary>
    private readonly struct ToChannelsJob(Storage x, Storage y) : IParallelJob
    {
        public void Run(int part)
        {
            int area = x.Shape.Area;
            new ReadOnlySpan<float>(x.Data + (long)(part / y.Shape.Channels) * area, area).CopyTo(new(y.Data + (long)part * area, area));
        }
    }
}
