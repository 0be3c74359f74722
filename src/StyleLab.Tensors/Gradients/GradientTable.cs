using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors.Gradients;

/// <summary>
/// The calculus of the engine on one page: for a node y and the gradient g of the loss at y,
/// the gradient at each of y's inputs (null where there is none).
/// </summary>
internal static class GradientTable
{
    public static Tensor?[] Row(Tensor y, Tensor g)
    {
        Tensor X(int i = 0) => y.Inputs[i];
        Shape shape = y.Inputs.Count > 0 ? X().Shape : y.Shape;

        return y.Operation switch
        {
            Affine a => [g * a.Scale],
            Relu => [new(new ReluGradient(), y.Shape, y, g)],
            Square => [X() * (g * 2)],
            Abs => [new Tensor(new Sign(), shape, X()) * g],
            Sqrt => [g / (y * 2)],
            Exp => [g * y],
            Log => [g / X()],
            Power p => [g * (X().Pow(p.Exponent - 1) * p.Exponent)],
            Clamp c => [new Tensor(new Between(c.Low, c.High), shape, X()) * g],

            Add => [g.SumTo(X(0).Shape), g.SumTo(X(1).Shape)],
            Subtract => [g.SumTo(X(0).Shape), (-g).SumTo(X(1).Shape)],
            Multiply => [(X(1) * g).SumTo(X(0).Shape), (X(0) * g).SumTo(X(1).Shape)],
            Divide => [(g / X(1)).SumTo(X(0).Shape), (-g * y / X(1)).SumTo(X(1).Shape)],

            // Where both are equal, each has half of it.
            Maximum => [(Above(X(0), X(1)) * g).SumTo(X(0).Shape), (Above(X(1), X(0)) * g).SumTo(X(1).Shape)],
            Minimum => [(Above(X(1), X(0)) * g).SumTo(X(0).Shape), (Above(X(0), X(1)) * g).SumTo(X(1).Shape)],

            SumTo => [g.BroadcastTo(shape)],
            MaxTo => [SharedByLargest(X(), y, g)],
            Broadcast => [g.SumTo(shape)],

            Convolution c => [new(new ConvolutionInputGradient(c.Padding), shape, g, X(1)), null, null],
            MaxPool => [new(new MaxPoolGradient(), shape, X(), g)],
            AveragePool => [new(new AveragePoolGradient(shape), shape, g)],
            StridedConvolution c => [new(new StridedConvolutionInputGradient(c.Stride, shape), shape, g, X(1)), null, null],
            WindowMaxPool p => [new(new WindowMaxPoolGradient(p.Window), shape, X(), g)],
            WindowAveragePool p => [new(new WindowAveragePoolGradient(p.Window, shape), shape, g)],
            Gram => [new(new GramGradient(), shape, X(), g)],

            Pad p => [new(new PadGradient(p.Padding, p.Top, p.Left, shape), shape, g)],
            Crop c => [g.Pad(Padding.Zero, c.Top, shape.Height - c.Height - c.Top, c.Left, shape.Width - c.Width - c.Left)],
            Resize => [new(new ResizeGradient(shape), shape, g)],

            Foreign f => [.. y.Inputs.Select((x, i) => new Tensor(new ForeignGradient(f.Function, i), x.Shape, y) * g)],

            Concatenate => [g.SliceChannels(0, shape.Channels), g.SliceChannels(shape.Channels, X(1).Shape.Channels)],
            SliceChannels s => [AmongZeros(g, s.First, shape)],

            _ => throw new NotSupportedException(
                $"{y.Operation.GetType().Name} has no gradient: second derivatives are not part of the engine."),
        };
    }

    private static Tensor Above(Tensor x, Tensor y) => Tensor.Binary(new Above(), x, y);

    /// <summary>The gradient of a largest value goes to where that was, in equal parts if it was at several places.</summary>
    private static Tensor SharedByLargest(Tensor x, Tensor largest, Tensor g)
    {
        var places = Above(x, largest);
        return places * (g / places.SumTo(largest.Shape));
    }

    /// <summary>Channels put back to where they were cut out, zeros for all others.</summary>
    private static Tensor AmongZeros(Tensor channels, int first, Shape shape)
    {
        int after = shape.Channels - first - channels.Shape.Channels;
        var result = first > 0 ? Zeros(first).Concatenate(channels) : channels;
        return after > 0 ? result.Concatenate(Zeros(after)) : result;

        Tensor Zeros(int count) => Tensor.Scalar(0).BroadcastTo(shape with { Channels = count });
    }
}
