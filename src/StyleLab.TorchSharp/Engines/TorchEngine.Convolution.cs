using StyleLab.LibTorch;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;
using TorchSharp;
using static TorchSharp.torch.nn;
using Padding = StyleLab.Tensors.Padding;

namespace StyleLab;

// Convolutions and Gram matrices.
public sealed partial class TorchEngine
{
    /// <inheritdoc/>
    public void Convolution(Storage x, IFilters filters, Storage bias, Padding padding, bool withRelu, FusedPool pool, Storage y, Storage mask)
    {
        using var _ = Begin();
        var (weights, half) = (((TorchFilters)filters).Forward, ((TorchFilters)filters).Size / 2);
        bool byTorch = padding == Padding.Zero;
        var map = With(weights.shape[1], this[x]);
        var input = byTorch || half == 0 ? map : Padded(map, padding, half, half, half, half);
        Finish(functional.conv2d(input, weights, this[bias].view(-1), padding: byTorch ? [half, half] : [0, 0]), withRelu, y, mask);
    }

    /// <inheritdoc/>
    public void ConvolutionInputGradient(Storage gradient, Storage mask, IFilters filters, Padding padding, FusedPool pool, Storage result)
    {
        using var _ = Begin();
        var (weights, half) = (((TorchFilters)filters).Backward, ((TorchFilters)filters).Size / 2);
        bool byTorch = padding == Padding.Zero;
        var padded = functional.conv_transpose2d(With(weights.shape[0], Masked(gradient, mask)), weights, padding: byTorch ? [half, half] : [0, 0]);
        this[result].copy_(byTorch || half == 0 ? padded : Folded(padded, padding, half, half, result.Shape.Height, result.Shape.Width));
    }

    /// <inheritdoc/>
    public void StridedConvolution(Storage x, IFilters filters, Storage bias, int stride, bool withRelu, Storage y)
    {
        using var _ = Begin();
        var weights = ((TorchFilters)filters).Forward;
        Finish(functional.conv2d(With(weights.shape[1], this[x]), weights, this[bias].view(-1), strides: [stride, stride]), withRelu, y, default);
    }

    /// <inheritdoc/>
    public void StridedConvolutionInputGradient(Storage gradient, Storage mask, IFilters filters, int stride, Storage result)
    {
        using var _ = Begin();
        var (weights, size) = (((TorchFilters)filters).Backward, ((TorchFilters)filters).Size);
        // Rows and columns at the end that no filter reached.
        long rows = result.Shape.Height - ((gradient.Shape.Height - 1L) * stride + size), columns = result.Shape.Width - ((gradient.Shape.Width - 1L) * stride + size);
        this[result].copy_(functional.conv_transpose2d(
            With(weights.shape[0], Masked(gradient, mask)), weights, strides: [stride, stride], output_padding: [rows, columns]));
    }

    /// <inheritdoc/>
    public void Gram(Storage x, Storage y)
    {
        using var _ = Begin();
        for (int n = 0; n < x.Shape.Batch; n++)
        {
            var map = Matrix(x, n);
            Matrix(y, n).addmm_(map, map.t(), beta: 0);
        }
    }

    /// <inheritdoc/>
    public void GramGradient(Storage x, Storage gradient, Storage addend, Storage result)
    {
        using var _ = Begin();
        if (addend.Exists && addend != result)
            this[result].copy_(this[addend]);
        for (int n = 0; n < x.Shape.Batch; n++)
        {
            var g = Matrix(gradient, n);
            Matrix(result, n).addmm_(g + g.t(), Matrix(x, n), beta: addend.Exists ? 1 : 0);
        }
    }

    /// <summary>One picture of a batch as a matrix: a row for each channel, or a Gram matrix itself.</summary>
    private torch.Tensor Matrix(Storage map, int n) => map.Shape.Channels == 1
        ? this[map].select(0, n).select(0, 0)
        : this[map].select(0, n).view(map.Shape.Channels, map.Shape.Area);

    /// <summary>A tensor with as many channels as filters read: those that were added to them are zero.</summary>
    private static torch.Tensor With(long channels, torch.Tensor map) =>
        map.shape[1] == channels ? map : functional.pad(map, [0, 0, 0, 0, 0, channels - map.shape[1]]);

    /// <summary>Writes what a convolution gave, after its ReLU, and where that is positive.</summary>
    private void Finish(torch.Tensor convolved, bool withRelu, Storage y, Storage mask)
    {
        this[y].copy_(withRelu ? convolved.relu_() : convolved);
        if (mask.Exists)
            this[mask].copy_(convolved.gt(0));
    }

    private torch.Tensor Masked(Storage gradient, Storage mask) =>
        mask.Exists ? torch.where(this[mask].gt(0), this[gradient], _zero) : this[gradient];
}
