using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// 24 pixels × 16 output channels in 24 zmm accumulators, for layers whose channels are not a multiple of 32.
/// </summary>
internal static unsafe class TileAvx512Narrow
{
    public const int Pixels = 24, Channels = 16;

    /// <inheritdoc cref="TileKernel"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* x, long blockStride, long rowStride, int blocks, int lanes, int rows, int columns, float* weights, float* y,
        float* ahead, int aheadLines)
    {
        // Accumulators: the number is the pixel, the letter the 16 output channels.
        Vector512<float> a0 = Vector512<float>.Zero, a1 = Vector512<float>.Zero, a2 = Vector512<float>.Zero, a3 = Vector512<float>.Zero, a4 = Vector512<float>.Zero, a5 = Vector512<float>.Zero;
        Vector512<float> a6 = Vector512<float>.Zero, a7 = Vector512<float>.Zero, a8 = Vector512<float>.Zero, a9 = Vector512<float>.Zero, a10 = Vector512<float>.Zero, a11 = Vector512<float>.Zero;
        Vector512<float> a12 = Vector512<float>.Zero, a13 = Vector512<float>.Zero, a14 = Vector512<float>.Zero, a15 = Vector512<float>.Zero, a16 = Vector512<float>.Zero, a17 = Vector512<float>.Zero;
        Vector512<float> a18 = Vector512<float>.Zero, a19 = Vector512<float>.Zero, a20 = Vector512<float>.Zero, a21 = Vector512<float>.Zero, a22 = Vector512<float>.Zero, a23 = Vector512<float>.Zero;

        for (int block = 0; block < blocks; block++, x += blockStride)
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                {
                    float* p = x + i * rowStride + j * Storage.Block;
                    for (int lane = 0; lane < lanes; lane++, p++, weights += Channels)
                    {
                        var wa = Vector512.Load(weights);
                        Vector512<float> v;
                        v = Vector512.Create(p[0 * Storage.Block]); a0 = Vector512.FusedMultiplyAdd(v, wa, a0);
                        v = Vector512.Create(p[1 * Storage.Block]); a1 = Vector512.FusedMultiplyAdd(v, wa, a1);
                        v = Vector512.Create(p[2 * Storage.Block]); a2 = Vector512.FusedMultiplyAdd(v, wa, a2);
                        v = Vector512.Create(p[3 * Storage.Block]); a3 = Vector512.FusedMultiplyAdd(v, wa, a3);
                        v = Vector512.Create(p[4 * Storage.Block]); a4 = Vector512.FusedMultiplyAdd(v, wa, a4);
                        v = Vector512.Create(p[5 * Storage.Block]); a5 = Vector512.FusedMultiplyAdd(v, wa, a5);
                        v = Vector512.Create(p[6 * Storage.Block]); a6 = Vector512.FusedMultiplyAdd(v, wa, a6);
                        v = Vector512.Create(p[7 * Storage.Block]); a7 = Vector512.FusedMultiplyAdd(v, wa, a7);
                        v = Vector512.Create(p[8 * Storage.Block]); a8 = Vector512.FusedMultiplyAdd(v, wa, a8);
                        v = Vector512.Create(p[9 * Storage.Block]); a9 = Vector512.FusedMultiplyAdd(v, wa, a9);
                        v = Vector512.Create(p[10 * Storage.Block]); a10 = Vector512.FusedMultiplyAdd(v, wa, a10);
                        v = Vector512.Create(p[11 * Storage.Block]); a11 = Vector512.FusedMultiplyAdd(v, wa, a11);
                        v = Vector512.Create(p[12 * Storage.Block]); a12 = Vector512.FusedMultiplyAdd(v, wa, a12);
                        v = Vector512.Create(p[13 * Storage.Block]); a13 = Vector512.FusedMultiplyAdd(v, wa, a13);
                        v = Vector512.Create(p[14 * Storage.Block]); a14 = Vector512.FusedMultiplyAdd(v, wa, a14);
                        v = Vector512.Create(p[15 * Storage.Block]); a15 = Vector512.FusedMultiplyAdd(v, wa, a15);
                        v = Vector512.Create(p[16 * Storage.Block]); a16 = Vector512.FusedMultiplyAdd(v, wa, a16);
                        v = Vector512.Create(p[17 * Storage.Block]); a17 = Vector512.FusedMultiplyAdd(v, wa, a17);
                        v = Vector512.Create(p[18 * Storage.Block]); a18 = Vector512.FusedMultiplyAdd(v, wa, a18);
                        v = Vector512.Create(p[19 * Storage.Block]); a19 = Vector512.FusedMultiplyAdd(v, wa, a19);
                        v = Vector512.Create(p[20 * Storage.Block]); a20 = Vector512.FusedMultiplyAdd(v, wa, a20);
                        v = Vector512.Create(p[21 * Storage.Block]); a21 = Vector512.FusedMultiplyAdd(v, wa, a21);
                        v = Vector512.Create(p[22 * Storage.Block]); a22 = Vector512.FusedMultiplyAdd(v, wa, a22);
                        v = Vector512.Create(p[23 * Storage.Block]); a23 = Vector512.FusedMultiplyAdd(v, wa, a23);
                    }
                }

        a0.Store(y + 0 * Channels);
        a1.Store(y + 1 * Channels);
        a2.Store(y + 2 * Channels);
        a3.Store(y + 3 * Channels);
        a4.Store(y + 4 * Channels);
        a5.Store(y + 5 * Channels);
        a6.Store(y + 6 * Channels);
        a7.Store(y + 7 * Channels);
        a8.Store(y + 8 * Channels);
        a9.Store(y + 9 * Channels);
        a10.Store(y + 10 * Channels);
        a11.Store(y + 11 * Channels);
        a12.Store(y + 12 * Channels);
        a13.Store(y + 13 * Channels);
        a14.Store(y + 14 * Channels);
        a15.Store(y + 15 * Channels);
        a16.Store(y + 16 * Channels);
        a17.Store(y + 17 * Channels);
        a18.Store(y + 18 * Channels);
        a19.Store(y + 19 * Channels);
        a20.Store(y + 20 * Channels);
        a21.Store(y + 21 * Channels);
        a22.Store(y + 22 * Channels);
        a23.Store(y + 23 * Channels);
    }
}
