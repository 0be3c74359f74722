using System.Numerics;
using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Engines.Simd;

// Gram matrices of planar tensors: the picture itself, with its three colours.
internal sealed unsafe partial class SimdEngine
{
    private void GramOfPlanes(Storage x, Storage y)
    {
        int channels = x.Shape.Channels, area = x.Shape.Area, runs = (area + GramRun - 1) / GramRun;
        float* partial = Scratch.TakeShared((long)runs * channels * channels);
        for (int n = 0; n < x.Shape.Batch; n++)
        {
            _pool.Run(runs, new GramOfPlanesJob(x, n, partial));
            for (int a = 0; a < channels; a++)
                for (int b = 0; b < channels; b++)
                {
                    double sum = 0;
                    for (int run = 0; run < runs; run++)
                        sum += partial[((long)run * channels + Math.Min(a, b)) * channels + Math.Max(a, b)];
                    y[n, 0, a, b] = (float)sum;
                }
        }
    }

    /// <summary>One run of positions: the sums of products of all pairs of planes (a, b) with a ≤ b.</summary>
    private readonly struct GramOfPlanesJob(Storage x, int n, float* partial) : IParallelJob
    {
        public void Run(int part)
        {
            int channels = x.Shape.Channels, area = x.Shape.Area;
            int first = part * GramRun, count = Math.Min(GramRun, area - first);
            float* planes = x.Data + (long)n * channels * area + first;
            for (int a = 0; a < channels; a++)
                for (int b = a; b < channels; b++)
                {
                    float* rowA = planes + (long)a * area, rowB = planes + (long)b * area;
                    var sums = Vector<float>.Zero;
                    int i = 0;
                    for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
                        sums += Vector.Load(rowA + i) * Vector.Load(rowB + i);
                    float sum = Vector.Sum(sums);
                    for (; i < count; i++)
                        sum += rowA[i] * rowB[i];
                    partial[((long)part * channels + a) * channels + b] = sum;
                }
        }
    }

    private readonly struct GramGradientOfPlanesJob(Storage x, int n, Storage gradient, Storage addend, Storage result) : IParallelJob
    {
        public void Run(int part)
        {
            int channels = x.Shape.Channels, area = x.Shape.Area;
            int first = part * Chunk, count = Math.Min(Chunk, area - first);
            long start = (long)n * channels * area + first;
            for (int c = 0; c < channels; c++)
            {
                var target = new Span<float>(result.Data + start + (long)c * area, count);
                if (!addend.Exists)
                    target.Clear();
                else
                    new ReadOnlySpan<float>(addend.Data + start + (long)c * area, count).CopyTo(target);
                for (int b = 0; b < channels; b++)
                {
                    float weight = gradient[n, 0, c, b] + gradient[n, 0, b, c];
                    float* source = x.Data + start + (long)b * area;
                    for (int i = 0; i < count; i++)
                        target[i] += weight * source[i];
                }
            }
        }
    }
}
