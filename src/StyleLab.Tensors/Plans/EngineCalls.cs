using StyleLab.Tensors.Engines;
using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors.Plans;

/// <summary>Binds the operation of a node to an engine's method and its storages, one row an operation.</summary>
internal static class EngineCalls
{
    public static Action Bind(
        Tensor node, IEngine engine, Func<Tensor, Storage> storageOf, Func<Tensor, Storage> maskOf, Func<Tensor, IFilters> filtersOf)
    {
        Storage y = storageOf(node), a = storageOf(node.Inputs[0]);
        Storage b = node.Inputs.Count > 1 ? storageOf(node.Inputs[1]) : default;
        Storage c = node.Inputs.Count > 2 ? storageOf(node.Inputs[2]) : default;

        switch (node.Operation)
        {
            case PositiveMask: return () => engine.PositiveMask(a, y);
            case Affine o: return () => engine.Affine(a, o.Scale, o.Offset, y);
            case Relu: return () => engine.Relu(a, y);
            case ReluGradient: return () => engine.ReluGradient(a, b, y);
            case Square: return () => engine.Square(a, y);
            case Abs: return () => engine.Abs(a, y);
            case Sign: return () => engine.Sign(a, y);
            case Sqrt: return () => engine.Sqrt(a, y);
            case Exp: return () => engine.Exp(a, y);
            case Log: return () => engine.Log(a, y);
            case Power o: return () => engine.Power(a, o.Exponent, y);
            case Clamp o: return () => engine.Clamp(a, o.Low, o.High, y);
            case Between o: return () => engine.Between(a, o.Low, o.High, y);

            case Add: return () => engine.Add(a, b, y);
            case Subtract: return () => engine.Subtract(a, b, y);
            case Multiply: return () => engine.Multiply(a, b, y);
            case Divide: return () => engine.Divide(a, b, y);

            case Maximum: return () => engine.Maximum(a, b, y);
            case Minimum: return () => engine.Minimum(a, b, y);
            case Above: return () => engine.Above(a, b, y);

            case SumTo: return () => engine.SumTo(a, y);
            case MaxTo: return () => engine.MaxTo(a, y);
            case Broadcast: return () => engine.Broadcast(a, y);

            case Convolution o:
                var filters = filtersOf(node.Inputs[1]);
                var mask = maskOf(node);
                return () => engine.Convolution(a, filters, c, o.Padding, o.WithRelu, o.Pool, y, mask);
            case ConvolutionInputGradient o:
                var gradientFilters = filtersOf(node.Inputs[1]);
                return () => engine.ConvolutionInputGradient(a, c, gradientFilters, o.Padding, o.Pool, y);

            case MaxPool: return () => engine.MaxPool(a, y);
            case MaxPoolGradient: return () => engine.MaxPoolGradient(a, b, y);
            case AveragePool: return () => engine.AveragePool(a, y);
            case AveragePoolGradient: return () => engine.AveragePoolGradient(a, y);

            case StridedConvolution o:
                var stridedFilters = filtersOf(node.Inputs[1]);
                return () => engine.StridedConvolution(a, stridedFilters, c, o.Stride, o.WithRelu, y);
            case StridedConvolutionInputGradient o:
                var stridedGradientFilters = filtersOf(node.Inputs[1]);
                return () => engine.StridedConvolutionInputGradient(a, c, stridedGradientFilters, o.Stride, y);
            case WindowMaxPool o: return () => engine.WindowMaxPool(a, o.Window, y);
            case WindowMaxPoolGradient o: return () => engine.WindowMaxPoolGradient(a, b, o.Window, y);
            case WindowAveragePool o: return () => engine.WindowAveragePool(a, o.Window, y);
            case WindowAveragePoolGradient o: return () => engine.WindowAveragePoolGradient(a, o.Window, y);

            case Concatenate: return () => engine.Concatenate(a, b, y);
            case SliceChannels o: return () => engine.SliceChannels(a, o.First, y);

            case Gram: return () => engine.Gram(a, y);
            case GramGradient: return () => engine.GramGradient(a, b, c, y);

            case Pad o: return () => engine.Pad(a, o.Padding, o.Top, o.Left, y);
            case PadGradient o: return () => engine.PadGradient(a, o.Padding, o.Top, o.Left, y);
            case Crop o: return () => engine.Crop(a, o.Top, o.Left, y);
            case Resize: return () => engine.Resize(a, y);
            case ResizeGradient: return () => engine.ResizeGradient(a, y);

            case Foreign o:
                var (function, inputs) = ((ForeignFunction)o.Function, node.Inputs.Select(storageOf).ToArray());
                return () => function.Compute(engine, inputs, y);
            case ForeignGradient o:
                var differentiated = (ForeignFunction)o.Function;
                return () => differentiated.WriteGradient(engine, o.Input, y);

            default: throw new NotSupportedException($"{node.Operation.GetType().Name} cannot be run.");
        }
    }
}
