using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// 6 pixels × 16 output channels in 12 ymm accumulators; with two ymm for the weights and one for the broadcast
/// pixel this uses 15 of the 16 registers.
/// </summary>
internal static unsafe class TileAvx2
{
    public const int Pixels = 6, Channels = 16;

    /// <inheritdoc cref="TileKernel"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* x, long blockStride, long rowStride, int blocks, int lanes, int rows, int columns, float* weights, float* y,
        float* ahead, int aheadLines)
    {
        // Accumulators: the number is the pixel, the letter the group of 8 output channels.
        Vector256<float> a0 = Vector256<float>.Zero, b0 = Vector256<float>.Zero;
        Vector256<float> a1 = Vector256<float>.Zero, b1 = Vector256<float>.Zero;
        Vector256<float> a2 = Vector256<float>.Zero, b2 = Vector256<float>.Zero;
        Vector256<float> a3 = Vector256<float>.Zero, b3 = Vector256<float>.Zero;
        Vector256<float> a4 = Vector256<float>.Zero, b4 = Vector256<float>.Zero;
        Vector256<float> a5 = Vector256<float>.Zero, b5 = Vector256<float>.Zero;

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
                        // The pixels of the next block, a cache line a lane, and weights 2 KB ahead.
                        Sse.Prefetch0(x + blockStride + lane * Storage.Block);
                        Sse.Prefetch0(weights + 512);
                        var wa = Vector256.Load(weights);
                        var wb = Vector256.Load(weights + 8);
                        Vector256<float> v;
                        v = Vector256.Create(p[0 * Storage.Block]); a0 = Vector256.FusedMultiplyAdd(v, wa, a0); b0 = Vector256.FusedMultiplyAdd(v, wb, b0);
                        v = Vector256.Create(p[1 * Storage.Block]); a1 = Vector256.FusedMultiplyAdd(v, wa, a1); b1 = Vector256.FusedMultiplyAdd(v, wb, b1);
                        v = Vector256.Create(p[2 * Storage.Block]); a2 = Vector256.FusedMultiplyAdd(v, wa, a2); b2 = Vector256.FusedMultiplyAdd(v, wb, b2);
                        v = Vector256.Create(p[3 * Storage.Block]); a3 = Vector256.FusedMultiplyAdd(v, wa, a3); b3 = Vector256.FusedMultiplyAdd(v, wb, b3);
                        v = Vector256.Create(p[4 * Storage.Block]); a4 = Vector256.FusedMultiplyAdd(v, wa, a4); b4 = Vector256.FusedMultiplyAdd(v, wb, b4);
                        v = Vector256.Create(p[5 * Storage.Block]); a5 = Vector256.FusedMultiplyAdd(v, wa, a5); b5 = Vector256.FusedMultiplyAdd(v, wb, b5);
                    }
                }
        }

        a0.Store(y + 0 * Channels); b0.Store(y + 0 * Channels + 8);
        a1.Store(y + 1 * Channels); b1.Store(y + 1 * Channels + 8);
        a2.Store(y + 2 * Channels); b2.Store(y + 2 * Channels + 8);
        a3.Store(y + 3 * Channels); b3.Store(y + 3 * Channels + 8);
        a4.Store(y + 4 * Channels); b4.Store(y + 4 * Channels + 8);
        a5.Store(y + 5 * Channels); b5.Store(y + 5 * Channels + 8);
    }
}
