using System.Numerics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// The largest value of a tensor or of each of its channels.
internal sealed unsafe partial class SimdEngine
{
    public override void MaxTo(Storage x, Storage y)
    {
        if (y.Count == 1)
        {
            int chunks = Chunks(x.Count);
            float* partial = Scratch.TakeShared(chunks);
            _pool.Run(chunks, new LargestJob(x.Data, x.Count, partial));
            *y.Data = LargestOf(partial, chunks);
        }
        else if (y.Shape == x.Shape with { Height = 1, Width = 1 })
            _pool.Run(ChannelGroups(x), new ChannelLargestJob(x, y.Data));
        else
            base.MaxTo(x, y);
    }

    private readonly struct LargestJob(float* x, long count, float* partial) : IParallelJob
    {
        public void Run(int part)
        {
            long start = (long)part * Chunk;
            partial[part] = LargestOf(x + start, Math.Min(Chunk, count - start));
        }
    }

    private static float LargestOf(float* x, long count)
    {
        var lanes = new Vector<float>(float.NegativeInfinity);
        long i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
            lanes = Vector.Max(lanes, Vector.Load(x + i));
        float largest = float.NegativeInfinity;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
            largest = Math.Max(largest, lanes[lane]);
        for (; i < count; i++)
            largest = Math.Max(largest, x[i]);
        return largest;
    }

    /// <summary>One part is one plane, or one block of 16 channels with a largest value in each lane.</summary>
    private readonly struct ChannelLargestJob(Storage x, float* y) : IParallelJob
    {
        public void Run(int part)
        {
            if (x.Layout == Layout.Planar)
            {
                y[part] = LargestOf(x.Data + (long)part * x.Shape.Area, x.Shape.Area);
                return;
            }
            float* data = x.Data + (long)part * x.Shape.Area * Storage.Block;
            for (int lane = 0; lane < Storage.Block; lane += Vector<float>.Count)
            {
                var largest = Vector.Load(data + lane);
                for (int i = 1; i < x.Shape.Area; i++)
                    largest = Vector.Max(largest, Vector.Load(data + (long)i * Storage.Block + lane));
                Vector.Store(largest, y + part * Storage.Block + lane);
            }
        }
    }
}
