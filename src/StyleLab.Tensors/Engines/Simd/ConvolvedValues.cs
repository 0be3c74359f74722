using System.Runtime.Intrinsics;

namespace StyleLab.Tensors.Engines.Simd;

/// <summary>Puts what a tile kernel has computed into a feature map.</summary>
internal static unsafe class ConvolvedValues
{
    /// <summary>Adds the bias, applies the ReLU and stores neighbouring positions of one group of output channels.</summary>
    /// <param name="values">[position][channel], as a tile kernel leaves them.</param>
    /// <param name="channels">Channels of a group.</param>
    /// <param name="group">Which group.</param>
    /// <param name="count">Number of positions.</param>
    /// <param name="bias">One value an output channel, or null.</param>
    /// <param name="withRelu">True to clear negative values.</param>
    /// <param name="y">The feature map.</param>
    /// <param name="mask">Receives where y is positive, in bits; not if its address is 0.</param>
    /// <param name="n">Which picture of the batch.</param>
    /// <param name="first">The first position, counted row by row.</param>
    public static void Store(
        float* values, int channels, int group, int count, float* bias, bool withRelu, Storage y, Storage mask, int n, long first)
    {
        if (y.Layout == Layout.Planar)
        {
            for (int channel = 0, k = group * channels; channel < channels && k < y.Shape.Channels; channel++, k++)
            {
                float* plane = y.Data + ((long)n * y.Shape.Channels + k) * y.Shape.Area + first;
                for (int i = 0; i < count; i++)
                {
                    float value = values[(long)i * channels + channel] + (bias == null ? 0 : bias[k]);
                    plane[i] = withRelu ? Math.Max(value, 0) : value;
                }
            }
            return;
        }
        var floor = Vector512.Create(withRelu ? 0 : float.NegativeInfinity);
        for (int lane = 0, k = group * channels; lane < channels && k < y.Shape.Channels; lane += Storage.Block, k += Storage.Block)
        {
            var offset = bias == null ? Vector512<float>.Zero : Vector512.Load(bias + k);
            int plane = n * (y.Shape.Channels / Storage.Block) + k / Storage.Block;
            float* source = values + lane, target = y.Data + ((long)plane * y.Shape.Area + first) * Storage.Block;
            ushort* bits = !mask.Exists ? null : MaskBits.At(mask, plane, 0, 0) + first;
            for (int i = 0; i < count; i++, source += channels, target += Storage.Block)
            {
                var value = Vector512.Max(Vector512.Load(source) + offset, floor);
                value.Store(target);
                if (bits != null)
                    bits[i] = (ushort)Vector512.GreaterThan(value, Vector512<float>.Zero).ExtractMostSignificantBits();
            }
        }
    }
}
