using System.Runtime.Intrinsics;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>2×2 pooling of one window of 16 channels, with the same roundings as that of whole feature maps.</summary>
internal static unsafe class PoolOfWindow
{
    /// <summary>The mean of each channel.</summary>
    /// <param name="window">The upper left of four positions.</param>
    /// <param name="rowStride">Floats from the upper to the lower two.</param>
    /// <param name="target">Receives 16 values.</param>
    public static void Average(float* window, long rowStride, float* target)
    {
        for (int lane = 0; lane < Storage.Block; lane += Vector256<float>.Count, window += Vector256<float>.Count)
        {
            var above = Vector256.Load(window) + Vector256.Load(window + Storage.Block);
            var below = Vector256.Load(window + rowStride) + Vector256.Load(window + rowStride + Storage.Block);
            ((above + below) * 0.25f).Store(target + lane);
        }
    }

    /// <summary>The largest value of each channel, and where it is.</summary>
    /// <param name="window">The upper left of four positions.</param>
    /// <param name="rowStride">Floats from the upper to the lower two.</param>
    /// <param name="target">Receives 16 values.</param>
    /// <param name="bits">
    /// Receives 16 bits for each of the four positions, set at the first that holds the largest value if that is positive; or null.
    /// </param>
    /// <param name="bitsStride">Positions from the upper to the lower two.</param>
    public static void Max(float* window, long rowStride, float* target, ushort* bits, long bitsStride)
    {
        int b0 = 0, b1 = 0, b2 = 0, b3 = 0;
        for (int lane = 0; lane < Storage.Block; lane += Vector256<float>.Count, window += Vector256<float>.Count)
        {
            Vector256<float> v0 = Vector256.Load(window), v1 = Vector256.Load(window + Storage.Block);
            Vector256<float> v2 = Vector256.Load(window + rowStride), v3 = Vector256.Load(window + rowStride + Storage.Block);
            var largest = Vector256.Max(Vector256.Max(v0, v1), Vector256.Max(v2, v3));
            largest.Store(target + lane);

            uint left = Vector256.GreaterThan(largest, Vector256<float>.Zero).ExtractMostSignificantBits();
            b0 |= Take(v0, largest, ref left) << lane;
            b1 |= Take(v1, largest, ref left) << lane;
            b2 |= Take(v2, largest, ref left) << lane;
            b3 |= Take(v3, largest, ref left) << lane;
        }
        if (bits == null)
            return;
        bits[0] = (ushort)b0;
        bits[1] = (ushort)b1;
        bits[bitsStride] = (ushort)b2;
        bits[bitsStride + 1] = (ushort)b3;
    }

    /// <summary>The channels whose value is the largest, of those that no place before has taken.</summary>
    private static int Take(Vector256<float> value, Vector256<float> largest, ref uint left)
    {
        uint taken = left & Vector256.Equals(value, largest).ExtractMostSignificantBits();
        left &= ~taken;
        return (int)taken;
    }
}
