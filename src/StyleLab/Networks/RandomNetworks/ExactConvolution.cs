using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StyleLab.Tensors;

namespace StyleLab.Networks;

/// <summary>A convolution without bias of <see cref="ExactMap"/>s; its output channels are a multiple of 16.</summary>
internal sealed class ExactConvolution
{
    private const int Block = 16, Pixels = 4;

    private readonly ConvolutionLayer _layer;
    private readonly float[] _weights;

    /// <param name="layer">Sizes, stride and padding.</param>
    /// <param name="weights">[out, in, size, size]</param>
    public ExactConvolution(ConvolutionLayer layer, float[] weights)
    {
        _layer = layer;
        _weights = new float[weights.Length];
        // In the order in which they are used: block of 16 outputs, tap, input, output.
        int taps = layer.Size * layer.Size;
        Parallel.For(0, layer.Outputs / Block, block =>
        {
            var target = block * Block * taps * layer.Inputs;
            for (var tap = 0; tap < taps; tap++)
                for (var input = 0; input < layer.Inputs; input++)
                    for (var lane = 0; lane < Block; lane++)
                        _weights[target++] = weights[((block * Block + lane) * layer.Inputs + input) * taps + tap];
        });
    }

    public ExactMap Run(ExactMap x, Padding padding)
    {
        if (_layer.Padding > 0)
            x = x.Pad(padding, _layer.Padding);
        var window = new PoolWindow(_layer.Size, _layer.Stride);
        var y = new ExactMap(_layer.Outputs, window.Count(x.Height), window.Count(x.Width));
        Parallel.For(0, y.Height, row =>
        {
            for (var column = 0; column < y.Width; column += Pixels)
                for (var output = 0; output < y.Channels; output += Vector<float>.Count)
                    RunPixels(x, row, column, output, y);
        });
        return y;
    }

    /// <summary>Neighbouring pixels and a vector of output channels.</summary>
    private void RunPixels(ExactMap x, int row, int column, int output, ExactMap y)
    {
        ref var values = ref MemoryMarshal.GetArrayDataReference(x.Values);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        // Beyond the last column the last one is computed again.
        var step = _layer.Stride * x.Channels;
        int last = y.Width - 1 - column, second = Math.Min(1, last) * step, third = Math.Min(2, last) * step, fourth = Math.Min(3, last) * step;
        Vector<float> a = default, b = default, c = default, d = default;
        var weight = output / Block * Block * _layer.Size * _layer.Size * x.Channels + output % Block;
        for (var i = 0; i < _layer.Size; i++)
            for (var j = 0; j < _layer.Size; j++)
            {
                ref var pixel = ref Unsafe.Add(ref values, ((row * _layer.Stride + i) * x.Width + column * _layer.Stride + j) * x.Channels);
                for (var input = 0; input < x.Channels; input++, weight += Block)
                {
                    var w = Vector.LoadUnsafe(ref Unsafe.Add(ref weights, weight));
                    a += w * Unsafe.Add(ref pixel, input);
                    b += w * Unsafe.Add(ref pixel, input + second);
                    c += w * Unsafe.Add(ref pixel, input + third);
                    d += w * Unsafe.Add(ref pixel, input + fourth);
                }
            }
        ReadOnlySpan<Vector<float>> sums = [a, b, c, d];
        for (var i = 0; i <= Math.Min(last, Pixels - 1); i++)
            sums[i].CopyTo(y.At(row, column + i)[output..]);
    }
}
