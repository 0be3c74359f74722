using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// 4 pixels × 16 output channels in 16 vectors of 128 bits: fits the 32 registers of ARM64 (AdvSimd);
/// on older x86 the compiler keeps some of them in memory.
/// </summary>
internal static unsafe class TilePortable
{
    public const int Pixels = 4, Channels = 16;

    /// <inheritdoc cref="TileKernel"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* x, long blockStride, long rowStride, int blocks, int lanes, int rows, int columns, float* weights, float* y,
        float* ahead, int aheadLines)
    {
        // Accumulators: the number is the pixel, the letter the group of 4 output channels.
        Vector128<float> a0 = Vector128<float>.Zero, b0 = Vector128<float>.Zero, c0 = Vector128<float>.Zero, d0 = Vector128<float>.Zero;
        Vector128<float> a1 = Vector128<float>.Zero, b1 = Vector128<float>.Zero, c1 = Vector128<float>.Zero, d1 = Vector128<float>.Zero;
        Vector128<float> a2 = Vector128<float>.Zero, b2 = Vector128<float>.Zero, c2 = Vector128<float>.Zero, d2 = Vector128<float>.Zero;
        Vector128<float> a3 = Vector128<float>.Zero, b3 = Vector128<float>.Zero, c3 = Vector128<float>.Zero, d3 = Vector128<float>.Zero;

        for (int block = 0; block < blocks; block++, x += blockStride)
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                {
                    float* p = x + i * rowStride + j * Storage.Block;
                    for (int lane = 0; lane < lanes; lane++, p++, weights += Channels)
                    {
                        var wa = Vector128.Load(weights);
                        var wb = Vector128.Load(weights + 4);
                        var wc = Vector128.Load(weights + 8);
                        var wd = Vector128.Load(weights + 12);
                        Vector128<float> v;
                        v = Vector128.Create(p[0 * Storage.Block]); a0 = Vector128.MultiplyAddEstimate(v, wa, a0); b0 = Vector128.MultiplyAddEstimate(v, wb, b0); c0 = Vector128.MultiplyAddEstimate(v, wc, c0); d0 = Vector128.MultiplyAddEstimate(v, wd, d0);
                        v = Vector128.Create(p[1 * Storage.Block]); a1 = Vector128.MultiplyAddEstimate(v, wa, a1); b1 = Vector128.MultiplyAddEstimate(v, wb, b1); c1 = Vector128.MultiplyAddEstimate(v, wc, c1); d1 = Vector128.MultiplyAddEstimate(v, wd, d1);
                        v = Vector128.Create(p[2 * Storage.Block]); a2 = Vector128.MultiplyAddEstimate(v, wa, a2); b2 = Vector128.MultiplyAddEstimate(v, wb, b2); c2 = Vector128.MultiplyAddEstimate(v, wc, c2); d2 = Vector128.MultiplyAddEstimate(v, wd, d2);
                        v = Vector128.Create(p[3 * Storage.Block]); a3 = Vector128.MultiplyAddEstimate(v, wa, a3); b3 = Vector128.MultiplyAddEstimate(v, wb, b3); c3 = Vector128.MultiplyAddEstimate(v, wc, c3); d3 = Vector128.MultiplyAddEstimate(v, wd, d3);
                    }
                }

        a0.Store(y + 0 * Channels); b0.Store(y + 0 * Channels + 4); c0.Store(y + 0 * Channels + 8); d0.Store(y + 0 * Channels + 12);
        a1.Store(y + 1 * Channels); b1.Store(y + 1 * Channels + 4); c1.Store(y + 1 * Channels + 8); d1.Store(y + 1 * Channels + 12);
        a2.Store(y + 2 * Channels); b2.Store(y + 2 * Channels + 4); c2.Store(y + 2 * Channels + 8); d2.Store(y + 2 * Channels + 12);
        a3.Store(y + 3 * Channels); b3.Store(y + 3 * Channels + 4); c3.Store(y + 3 * Channels + 8); d3.Store(y + 3 * Channels + 12);
    }
}
