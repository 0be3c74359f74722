using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// 12 pixels × 32 output channels in 24 zmm accumulators, two zmm for the weights and one for the broadcast pixel:
/// 24 multiply-adds for 14 loads, so the two multiply-add ports are the limit.
/// </summary>
internal static unsafe class TileAvx512Wide
{
    public const int Pixels = 12, ShortPixels = 8, Channels = 32;

    /// <inheritdoc cref="TileKernel"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* x, long blockStride, long rowStride, int blocks, int lanes, int rows, int columns, float* weights, float* y,
        float* ahead, int aheadLines)
    {
        // Accumulators: the number is the pixel, the letter the group of 16 output channels.
        Vector512<float> a0 = Vector512<float>.Zero, b0 = Vector512<float>.Zero;
        Vector512<float> a1 = Vector512<float>.Zero, b1 = Vector512<float>.Zero;
        Vector512<float> a2 = Vector512<float>.Zero, b2 = Vector512<float>.Zero;
        Vector512<float> a3 = Vector512<float>.Zero, b3 = Vector512<float>.Zero;
        Vector512<float> a4 = Vector512<float>.Zero, b4 = Vector512<float>.Zero;
        Vector512<float> a5 = Vector512<float>.Zero, b5 = Vector512<float>.Zero;
        Vector512<float> a6 = Vector512<float>.Zero, b6 = Vector512<float>.Zero;
        Vector512<float> a7 = Vector512<float>.Zero, b7 = Vector512<float>.Zero;
        Vector512<float> a8 = Vector512<float>.Zero, b8 = Vector512<float>.Zero;
        Vector512<float> a9 = Vector512<float>.Zero, b9 = Vector512<float>.Zero;
        Vector512<float> a10 = Vector512<float>.Zero, b10 = Vector512<float>.Zero;
        Vector512<float> a11 = Vector512<float>.Zero, b11 = Vector512<float>.Zero;

        for (int block = 0; block < blocks; block++, x += blockStride)
        {
            // What the next group of outputs needs comes while this one is computed, a little at a time.
            for (int line = 0; line < aheadLines; line++, ahead += Storage.Block)
                Sse.Prefetch1(ahead);
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                {
                    float* p = x + i * rowStride + j * Storage.Block;
                    for (int lane = 0; lane < lanes; lane++, p++, weights += Channels)
                    {
                        // The pixels of the next block, a cache line a lane: evenly spread, fetching them costs nothing.
                        Sse.Prefetch0(x + blockStride + lane * Storage.Block);
                        // Each weight is used once a tile: 4 KB ahead they arrive before they are needed, also across pages.
                        Sse.Prefetch0(weights + 1024);
                        Sse.Prefetch0(weights + 1040);
                        var wa = Vector512.Load(weights);
                        var wb = Vector512.Load(weights + 16);
                        Vector512<float> v;
                        v = Vector512.Create(p[0 * Storage.Block]); a0 = Vector512.FusedMultiplyAdd(v, wa, a0); b0 = Vector512.FusedMultiplyAdd(v, wb, b0);
                        v = Vector512.Create(p[1 * Storage.Block]); a1 = Vector512.FusedMultiplyAdd(v, wa, a1); b1 = Vector512.FusedMultiplyAdd(v, wb, b1);
                        v = Vector512.Create(p[2 * Storage.Block]); a2 = Vector512.FusedMultiplyAdd(v, wa, a2); b2 = Vector512.FusedMultiplyAdd(v, wb, b2);
                        v = Vector512.Create(p[3 * Storage.Block]); a3 = Vector512.FusedMultiplyAdd(v, wa, a3); b3 = Vector512.FusedMultiplyAdd(v, wb, b3);
                        v = Vector512.Create(p[4 * Storage.Block]); a4 = Vector512.FusedMultiplyAdd(v, wa, a4); b4 = Vector512.FusedMultiplyAdd(v, wb, b4);
                        v = Vector512.Create(p[5 * Storage.Block]); a5 = Vector512.FusedMultiplyAdd(v, wa, a5); b5 = Vector512.FusedMultiplyAdd(v, wb, b5);
                        v = Vector512.Create(p[6 * Storage.Block]); a6 = Vector512.FusedMultiplyAdd(v, wa, a6); b6 = Vector512.FusedMultiplyAdd(v, wb, b6);
                        v = Vector512.Create(p[7 * Storage.Block]); a7 = Vector512.FusedMultiplyAdd(v, wa, a7); b7 = Vector512.FusedMultiplyAdd(v, wb, b7);
                        v = Vector512.Create(p[8 * Storage.Block]); a8 = Vector512.FusedMultiplyAdd(v, wa, a8); b8 = Vector512.FusedMultiplyAdd(v, wb, b8);
                        v = Vector512.Create(p[9 * Storage.Block]); a9 = Vector512.FusedMultiplyAdd(v, wa, a9); b9 = Vector512.FusedMultiplyAdd(v, wb, b9);
                        v = Vector512.Create(p[10 * Storage.Block]); a10 = Vector512.FusedMultiplyAdd(v, wa, a10); b10 = Vector512.FusedMultiplyAdd(v, wb, b10);
                        v = Vector512.Create(p[11 * Storage.Block]); a11 = Vector512.FusedMultiplyAdd(v, wa, a11); b11 = Vector512.FusedMultiplyAdd(v, wb, b11);
                    }
                }
        }

        a0.Store(y + 0 * Channels); b0.Store(y + 0 * Channels + 16);
        a1.Store(y + 1 * Channels); b1.Store(y + 1 * Channels + 16);
        a2.Store(y + 2 * Channels); b2.Store(y + 2 * Channels + 16);
        a3.Store(y + 3 * Channels); b3.Store(y + 3 * Channels + 16);
        a4.Store(y + 4 * Channels); b4.Store(y + 4 * Channels + 16);
        a5.Store(y + 5 * Channels); b5.Store(y + 5 * Channels + 16);
        a6.Store(y + 6 * Channels); b6.Store(y + 6 * Channels + 16);
        a7.Store(y + 7 * Channels); b7.Store(y + 7 * Channels + 16);
        a8.Store(y + 8 * Channels); b8.Store(y + 8 * Channels + 16);
        a9.Store(y + 9 * Channels); b9.Store(y + 9 * Channels + 16);
        a10.Store(y + 10 * Channels); b10.Store(y + 10 * Channels + 16);
        a11.Store(y + 11 * Channels); b11.Store(y + 11 * Channels + 16);
    }

    /// <summary>The same for 8 pixels, where 12 would be too many.</summary>
    /// <inheritdoc cref="TileKernel"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunShort(float* x, long blockStride, long rowStride, int blocks, int lanes, int rows, int columns, float* weights, float* y,
        float* ahead, int aheadLines)
    {
        // Accumulators: the number is the pixel, the letter the group of 16 output channels.
        Vector512<float> a0 = Vector512<float>.Zero, b0 = Vector512<float>.Zero;
        Vector512<float> a1 = Vector512<float>.Zero, b1 = Vector512<float>.Zero;
        Vector512<float> a2 = Vector512<float>.Zero, b2 = Vector512<float>.Zero;
        Vector512<float> a3 = Vector512<float>.Zero, b3 = Vector512<float>.Zero;
        Vector512<float> a4 = Vector512<float>.Zero, b4 = Vector512<float>.Zero;
        Vector512<float> a5 = Vector512<float>.Zero, b5 = Vector512<float>.Zero;
        Vector512<float> a6 = Vector512<float>.Zero, b6 = Vector512<float>.Zero;
        Vector512<float> a7 = Vector512<float>.Zero, b7 = Vector512<float>.Zero;

        for (int block = 0; block < blocks; block++, x += blockStride)
        {
            // What the next group of outputs needs comes while this one is computed, a little at a time.
            for (int line = 0; line < aheadLines; line++, ahead += Storage.Block)
                Sse.Prefetch1(ahead);
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                {
                    float* p = x + i * rowStride + j * Storage.Block;
                    for (int lane = 0; lane < lanes; lane++, p++, weights += Channels)
                    {
                        Sse.Prefetch0(x + blockStride + lane * Storage.Block);
                        Sse.Prefetch0(weights + 1024);
                        Sse.Prefetch0(weights + 1040);
                        var wa = Vector512.Load(weights);
                        var wb = Vector512.Load(weights + 16);
                        Vector512<float> v;
                        v = Vector512.Create(p[0 * Storage.Block]); a0 = Vector512.FusedMultiplyAdd(v, wa, a0); b0 = Vector512.FusedMultiplyAdd(v, wb, b0);
                        v = Vector512.Create(p[1 * Storage.Block]); a1 = Vector512.FusedMultiplyAdd(v, wa, a1); b1 = Vector512.FusedMultiplyAdd(v, wb, b1);
                        v = Vector512.Create(p[2 * Storage.Block]); a2 = Vector512.FusedMultiplyAdd(v, wa, a2); b2 = Vector512.FusedMultiplyAdd(v, wb, b2);
                        v = Vector512.Create(p[3 * Storage.Block]); a3 = Vector512.FusedMultiplyAdd(v, wa, a3); b3 = Vector512.FusedMultiplyAdd(v, wb, b3);
                        v = Vector512.Create(p[4 * Storage.Block]); a4 = Vector512.FusedMultiplyAdd(v, wa, a4); b4 = Vector512.FusedMultiplyAdd(v, wb, b4);
                        v = Vector512.Create(p[5 * Storage.Block]); a5 = Vector512.FusedMultiplyAdd(v, wa, a5); b5 = Vector512.FusedMultiplyAdd(v, wb, b5);
                        v = Vector512.Create(p[6 * Storage.Block]); a6 = Vector512.FusedMultiplyAdd(v, wa, a6); b6 = Vector512.FusedMultiplyAdd(v, wb, b6);
                        v = Vector512.Create(p[7 * Storage.Block]); a7 = Vector512.FusedMultiplyAdd(v, wa, a7); b7 = Vector512.FusedMultiplyAdd(v, wb, b7);
                    }
                }
        }

        a0.Store(y + 0 * Channels); b0.Store(y + 0 * Channels + 16);
        a1.Store(y + 1 * Channels); b1.Store(y + 1 * Channels + 16);
        a2.Store(y + 2 * Channels); b2.Store(y + 2 * Channels + 16);
        a3.Store(y + 3 * Channels); b3.Store(y + 3 * Channels + 16);
        a4.Store(y + 4 * Channels); b4.Store(y + 4 * Channels + 16);
        a5.Store(y + 5 * Channels); b5.Store(y + 5 * Channels + 16);
        a6.Store(y + 6 * Channels); b6.Store(y + 6 * Channels + 16);
        a7.Store(y + 7 * Channels); b7.Store(y + 7 * Channels + 16);
    }
}
