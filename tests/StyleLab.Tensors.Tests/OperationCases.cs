using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors.Tests;

/// <summary>
/// Every operation a user can write, as a function of one variable, with shapes that meet both layouts, odd sizes,
/// borders, tails of tiles and several bands. Inputs keep away from the kinks of |x|, ReLU, clamp and max.
/// </summary>
internal static class OperationCases
{
    public sealed record Case(string Name, Shape Input, Func<Tensor, Tensor> Compute, double Low = -1, double High = 1);

    private static readonly Shape s_planar = new(1, 3, 5, 7);
    private static readonly Shape s_blocked = new(1, 16, 6, 5);

    public static IReadOnlyList<Case> All { get; } = 
        [.. Elementwise(), .. Stretched(), .. Convolutions(), .. StridedConvolutions(), .. MaskedConvolutions(), .. FeatureMaps(), .. Windows(), .. Channels(), .. Geometry()];

    private static IEnumerable<Case> Elementwise()
    {
        foreach (var shape in new[] { s_planar, s_blocked, new Shape(2, 32, 3, 3) })
        {
            var other = RandomTensor.Constant(shape, 7, 0.5, 1.5);
            yield return new($"Affine {shape}", shape, x => 3 * x + 0.5f);
            yield return new($"Relu positive {shape}", shape, x => x.Relu(), 0.2, 1);
            yield return new($"Relu negative {shape}", shape, x => (x * -1).Relu(), 0.2, 1);
            yield return new($"Relu of both signs {shape}", shape, x => (x - other).Relu(), 3, 4);
            yield return new($"Square {shape}", shape, x => x.Square());
            yield return new($"Abs {shape}", shape, x => (-x).Abs(), 0.2, 1);
            yield return new($"Sqrt {shape}", shape, x => x.Sqrt(), 0.5, 2);
            yield return new($"Exp {shape}", shape, x => x.Exp());
            yield return new($"Log {shape}", shape, x => x.Log(), 0.5, 3);
            foreach (float exponent in new[] { 1.7f, -0.3f, 2, 0.5f, -1, 3 })
                yield return new($"Pow {exponent} {shape}", shape, x => x.Pow(exponent), 0.5, 2);
            yield return new($"Pow 3 of negative values {shape}", shape, x => x.Pow(3), -2, -0.5);
            yield return new($"Max {shape}", shape, x => x.Max(other - 2) + other.Max(x + 2), -0.4, 0.4);
            yield return new($"Min {shape}", shape, x => x.Min(other) * 2 + other.Min(x - 1), -0.4, 0.4);
            yield return new($"Max and Min of both sides {shape}", shape, x => (x * 3).Max(x * 2) + (x * 3).Min(x * x), 0.5, 2);
            yield return new($"Max and Min with a number {shape}", shape, x => x.Max(0.1f) - x.Min(0.9f) + x.Max(-1) * x.Min(2), 0.2, 0.8);
            yield return new($"Number first {shape}", shape, x => 2 - x + 3 / x + (1 + x), 0.5, 2);
            yield return new($"Clamp inside {shape}", shape, x => x.Clamp(0, 1), 0.2, 0.8);
            yield return new($"Clamp outside {shape}", shape, x => x.Clamp(0, 1), 1.2, 2);
            yield return new($"Add {shape}", shape, x => x + other + x);
            yield return new($"Subtract {shape}", shape, x => other - x * 2);
            yield return new($"Multiply {shape}", shape, x => x * other * x);
            yield return new($"Divide {shape}", shape, x => other / x + x / other, 0.5, 2);
        }
    }

    private static IEnumerable<Case> Stretched()
    {
        foreach (var shape in new[] { s_planar, s_blocked })
        {
            var map = RandomTensor.Constant(shape, 8, 0.5, 1.5);
            var channel = shape with { Height = 1, Width = 1 };
            var row = shape with { Batch = 1, Channels = 1, Height = 1 };
            yield return new($"Sum {shape}", shape, x => x.Sum());
            yield return new($"Mean times map {shape}", shape, x => x.Mean() * map);
            yield return new($"Channel mean {shape}", shape, x => x.ChannelMean().Square());
            yield return new($"Channel mean subtracted {shape}", shape, x => (x - x.ChannelMean()).Square());
            yield return new($"Channel factors {channel}", channel, x => map * x + map / x, 0.5, 2);
            yield return new($"Row factors {row}", row, x => map * x - x);
            // Distinct values, so that the largest does not change under a small step.
            var ladder = Tensor.Constant([.. Enumerable.Range(0, (int)shape.Count).Select(i => i * 13 % 997 * 3f)], shape);
            yield return new($"Largest {shape}", shape, x => (x + ladder).Max() * map * 0.01f);
            yield return new($"Smallest {shape}", shape, x => (x - ladder).Min().Square() * 0.001f);
            // Less most of the ladder, beside which a finite difference would drown in rounding.
            yield return new($"Largest of each channel {shape}", shape, x => ((x + ladder).ChannelMax() - 2600) * 0.01f * map);
            yield return new($"Largest of each row {shape}", shape, x => (x + ladder).MaxTo(row) * 0.01f);
            yield return new($"Largest of equal values {channel}", channel, x => x.BroadcastTo(shape).Max(x * map).ChannelMax(), 0.5, 2);
            yield return new($"Max and Min with channels {channel}", channel, x => (map * 3).Max(x) * (map * 3).Min(x) + x.Max(map * 3), 5, 6);
            yield return new($"Row sums {shape}", shape, x => x.SumTo(row).Square());
            yield return new($"Sum over channels {shape}", shape, x => x.SumTo(shape with { Channels = 1 }).Square().BroadcastTo(shape) * map);
            var plane = shape with { Channels = 1 };
            yield return new($"Plane factors {plane}", plane, x => map * x + x / map, 0.5, 2);
            yield return new($"Divided by a plane {shape}", shape, x => x / RandomTensor.Constant(plane, 9, 0.5, 1.5) - x);
            yield return new($"Scalar {shape}", Shape.Scalar, x => x * map + x.BroadcastTo(shape));
        }
    }

    private static IEnumerable<Case> Convolutions()
    {
        (Shape Input, int Outputs, int Size)[] settings =
        [
            (new(1, 3, 9, 13), 16, 3), (new(1, 16, 5, 26), 32, 3), (new(1, 32, 6, 12), 48, 3), (new(2, 16, 9, 11), 3, 3),
            (new(1, 3, 4, 5), 5, 3), (new(1, 24, 5, 6), 16, 3), (new(1, 16, 7, 8), 16, 5), (new(1, 16, 6, 7), 32, 1), (new(1, 16, 2, 2), 16, 3),
            (new(1, 48, 13, 18), 16, 3), (new(2, 32, 9, 14), 64, 3), (new(1, 16, 40, 44), 32, 3),
            (new(2, 32, 4, 59), 3, 3), (new(1, 64, 5, 7), 16, 1), (new(2, 32, 11, 13), 48, 1), (new(1, 16, 9, 9), 5, 1), (new(1, 20, 4, 4), 16, 1),
        ];
        foreach (var padding in Enum.GetValues<Padding>())
            foreach (var (input, outputs, size) in settings)
            {
                var weights = RandomTensor.Constant(new(outputs, input.Channels, size, size), 3);
                var bias = RandomTensor.Constant(new(1, outputs, 1, 1), 4);
                yield return new($"Convolution {padding} {input} to {outputs}, {size}×{size}", input, x => x.Convolution(weights, bias, padding));
            }
        var manyWeights = RandomTensor.Constant(new(176, 160, 3, 3), 3);
        var manyBias = RandomTensor.Constant(new(1, 176, 1, 1), 4);
        yield return new("Convolution with filters larger than a cache", new(1, 160, 5, 13), x => x.Convolution(manyWeights, manyBias, Padding.Reflect));
        foreach (int input in new[] { 368, 384 })
        {
            var sharedWeights = RandomTensor.Constant(new(384, input, 3, 3), 3);
            var sharedBias = RandomTensor.Constant(new(1, 384, 1, 1), 4);
            yield return new($"Convolution with filters that its gradient reads, too, {input} to 384", new(1, input, 5, 13),
                x => x.Convolution(sharedWeights, sharedBias, Padding.Reflect));
        }
        var deepWeights = RandomTensor.Constant(new(32, 16, 3, 3), 5, 0.1, 1);
        var deepBias = RandomTensor.Constant(new(1, 32, 1, 1), 6, 0.5, 1);
        yield return new("Convolution + Relu", new(1, 16, 10, 9), x => x.Convolution(deepWeights, deepBias, Padding.Reflect).Relu(), 0.1, 1);
    }

    private static IEnumerable<Case> StridedConvolutions()
    {
        (Shape Input, int Outputs, int Size, int Stride)[] settings =
        [
            (new(1, 3, 19, 23), 64, 3, 2), (new(2, 3, 8, 9), 5, 4, 3), (new(1, 16, 21, 10), 32, 3, 2), (new(2, 32, 9, 7), 16, 2, 2),
            (new(1, 16, 5, 5), 7, 5, 1), (new(1, 20, 6, 7), 16, 3, 1), (new(1, 16, 7, 8), 48, 1, 3), (new(1, 1, 40, 20), 16, 7, 4),
        ];
        foreach (var (input, outputs, size, stride) in settings)
        {
            var weights = RandomTensor.Constant(new(outputs, input.Channels, size, size), 3);
            var bias = RandomTensor.Constant(new(1, outputs, 1, 1), 4);
            yield return new($"Convolution {input} to {outputs}, {size}×{size}, stride {stride}", input, x => x.Convolution(weights, bias, stride));
        }
        var positiveWeights = RandomTensor.Constant(new(32, 3, 3, 3), 5, 0.1, 1);
        var positiveBias = RandomTensor.Constant(new(1, 32, 1, 1), 6, 0.5, 1);
        yield return new("Strided convolution + Relu", new(1, 3, 15, 12), x => x.Convolution(positiveWeights, positiveBias, 2).Relu(), 0.1, 1);
    }

    /// <summary>ReLUs that let every second channel through, whatever the input: what falls on the others must not come back.</summary>
    private static IEnumerable<Case> MaskedConvolutions()
    {
        Tensor Bias(int outputs) => Tensor.Constant([.. Enumerable.Range(0, outputs).Select(k => k % 2 == 0 ? 30f : -30f)], new(1, outputs, 1, 1));
        foreach (var shape in new[] { new Shape(1, 16, 13, 9), new Shape(2, 16, 3, 5) })
        {
            var pointwise = RandomTensor.Constant(new(48, 16, 1, 1), 5);
            yield return new($"1×1 convolution + Relu {shape}", shape, x => x.Convolution(pointwise, Bias(48), Padding.Reflect).Relu());
        }
        foreach (var (shape, outputs) in new[] { (new Shape(2, 3, 6, 53), 64), (new Shape(1, 3, 5, 29), 48), (new Shape(2, 3, 5, 9), 7) })
        {
            var direct = RandomTensor.Constant(new(outputs, 3, 3, 3), 5);
            yield return new($"Direct convolution + Relu {shape} to {outputs}", shape, x => x.Convolution(direct, Bias(outputs), Padding.Reflect).Relu());
        }
        foreach (var (shape, outputs) in new[] { (new Shape(1, 3, 21, 16), 32), (new Shape(2, 3, 9, 9), 7) })
        {
            var strided = RandomTensor.Constant(new(outputs, 3, 3, 3), 5);
            yield return new($"Strided convolution + Relu {shape} to {outputs}", shape, x => x.Convolution(strided, Bias(outputs), 2).Relu());
        }
    }

    private static IEnumerable<Case> Windows()
    {
        (Shape Input, PoolWindow Window)[] settings =
        [
            (new(1, 3, 7, 8), new(3, 2, true)), (new(1, 16, 7, 8), new(3, 2, true)), (new(2, 32, 21, 6), new(3, 2, true)),
            (new(1, 16, 8, 9), new(3, 2)), (new(1, 16, 20, 5), new(3, 1)), (new(1, 16, 7, 5), new(2, 2, true)), (new(1, 16, 9, 8), new(2, 3)),
            (new(1, 3, 9, 40), new(2, 1)), (new(2, 3, 12, 21), new(5, 1)), (new(1, 1, 4, 2), new(3, 1, true)),
            (new(1, 16, 2, 2), new(3, 2, true)), (new(1, 16, 9, 9), new(5, 5, true)), (new(1, 4, 6, 6), new(2, 2)),
            (new(1, 16, 21, 8), new(3, 2) { Before = 1, After = 1 }), (new(2, 3, 6, 7), new(3, 2) { Before = 1, After = 1 }),
            (new(1, 32, 5, 6), new(2, 1) { After = 1 }), (new(1, 3, 5, 6), new(4, 1) { Before = 3 }), (new(1, 16, 34, 3), new(5, 3, true) { Before = 2, After = 2 }),
        ];
        foreach (var (shape, window) in settings)
        {
            // Distinct values in every window.
            var ladder = Tensor.Constant([.. Enumerable.Range(0, (int)shape.Count).Select(i => i * 13 % 101 * 3f)], shape);
            yield return new($"MaxPool {shape} {window}", shape, x => (x + ladder).MaxPool(window));
            yield return new($"AveragePool {shape} {window}", shape, x => x.AveragePool(window));
        }
    }

    private static IEnumerable<Case> Channels()
    {
        foreach (var (first, second) in new[] { (16, 32), (3, 2), (24, 8), (16, 3), (5, 11) })
            foreach (int batch in new[] { 1, 2 })
            {
                var shape = new Shape(batch, first, 4, 5);
                var other = RandomTensor.Constant(shape with { Channels = second }, 9);
                yield return new($"Concatenate {shape} and {second}", shape, x => x.Square().Concatenate(other).Concatenate(x));
                yield return new($"Concatenate {second} and {shape}", shape, x => other.Concatenate(x));
            }
        foreach (var (channels, first, count) in new[] { (48, 16, 16), (48, 0, 32), (48, 8, 16), (48, 16, 5), (7, 2, 3), (19, 3, 16) })
            yield return new($"SliceChannels {first}+{count} of {channels}", new(2, channels, 3, 4), x => x.SliceChannels(first, count));
    }

    private static IEnumerable<Case> FeatureMaps()
    {
        foreach (var shape in new[] { new Shape(1, 3, 5, 7), new Shape(1, 16, 6, 4), new Shape(2, 32, 5, 5) })
        {
            // Distinct values a window, so that the largest does not change under a small step.
            var ladder = Tensor.Constant([.. Enumerable.Range(0, (int)shape.Count).Select(i => i * 7 % 11 * 3f)], shape);
            yield return new($"MaxPool {shape}", shape, x => (x + ladder).MaxPool());
            yield return new($"AveragePool {shape}", shape, x => x.AveragePool());
            yield return new($"Gram {shape}", shape, x => x.Gram());
        }
        yield return new("Gram of many positions", new(1, 48, 37, 31), x => x.Gram() * 0.01f);
        yield return new("Gram of more positions than parts", new(1, 32, 80, 81), x => x.Gram() * 0.01f);
    }

    private static IEnumerable<Case> Geometry()
    {
        foreach (var shape in new[] { s_planar, s_blocked })
        {
            foreach (var padding in Enum.GetValues<Padding>())
            {
                yield return new($"Pad {padding} {shape}", shape, x => x.Pad(padding, 2, 1, 3, 0));
                yield return new($"Pad {padding} of more than is there {shape}", shape, x => x.Pad(padding, 0, 14, 1, 13));
            }
            yield return new($"Crop {shape}", shape, x => x.Crop(1, 2, 3, 2));
            yield return new($"Resize smaller {shape}", shape, x => x.Resize(2, 3));
            yield return new($"Resize larger {shape}", shape, x => x.Resize(11, 9));
        }
    }
}
