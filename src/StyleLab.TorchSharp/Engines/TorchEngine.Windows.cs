using StyleLab.Tensors;
using StyleLab.Tensors.Engines;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace StyleLab;

// Pooling. Where torch has no function for a gradient of its own, it differentiates the pooling itself.
public sealed partial class TorchEngine
{
    /// <inheritdoc/>
    public void MaxPool(Storage x, Storage y) => WindowMaxPool(x, PoolWindow.Two, y);

    /// <inheritdoc/>
    public void MaxPoolGradient(Storage x, Storage gradient, Storage result) => WindowMaxPoolGradient(x, gradient, PoolWindow.Two, result);

    /// <inheritdoc/>
    public void AveragePool(Storage x, Storage y) => WindowAveragePool(x, PoolWindow.Two, y);

    /// <inheritdoc/>
    public void AveragePoolGradient(Storage gradient, Storage result)
    {
        using var _ = Begin();
        var (n, c, h, w) = gradient.Shape;
        long row = result.Shape.Width, plane = row * result.Shape.Height;
        if (plane != 4L * h * w)
            this[result].zero_();
        // The result as rows of pairs of rows of pairs: each value goes to all four of its window.
        using var windows = _blocks[result.Memory].View([n, c, h, 2, w, 2], [c * plane, plane, 2 * row, row, 2, 1], result.Offset);
        windows.copy_(this[gradient].view(n, c, h, 1, w, 1));
        this[result].mul_(0.25f);
    }

    /// <inheritdoc/>
    public void WindowMaxPool(Storage x, PoolWindow window, Storage y) => Into(y, () => Largest(this[x], window));

    /// <inheritdoc/>
    public void WindowMaxPoolGradient(Storage x, Storage gradient, PoolWindow window, Storage result) =>
        Into(result, () => GradientOf(this[x], this[gradient], map => Largest(map, window)));

    /// <inheritdoc/>
    public void WindowAveragePool(Storage x, PoolWindow window, Storage y) => Into(y, () => Mean(this[x], window));

    /// <inheritdoc/>
    public void WindowAveragePoolGradient(Storage gradient, PoolWindow window, Storage result) =>
        // Of the values, which do not matter here, only the size is known.
        Into(result, () => GradientOf(torch.empty_like(this[result]), this[gradient], map => Mean(map, window)));

    private static torch.Tensor Largest(torch.Tensor x, PoolWindow window) =>
        functional.max_pool2d(Covered(x, window, double.NegativeInfinity), [window.Size, window.Size], [window.Stride, window.Stride]);

    private static torch.Tensor Mean(torch.Tensor x, PoolWindow window)
    {
        var covered = Covered(x, window, 0);
        var means = functional.avg_pool2d(covered, [window.Size, window.Size], [window.Stride, window.Stride]);
        if (covered.shape[2] <= x.shape[2] && covered.shape[3] <= x.shape[3] && window.Before == 0)
            return means;
        // Of a window that reaches beyond the edge counts what it holds.
        return means * (Shares(x.shape[2], x.device).unsqueeze(1) * Shares(x.shape[3], x.device));

        torch.Tensor Shares(long length, torch.Device device) => torch.tensor(Enumerable.Range(0, window.Count((int)length))
            .Select(i => (float)window.Size / (window.End(i, (int)length) - window.Begin(i))).ToArray(), device: device);
    }

    /// <summary>The map as far as the windows reach: with a border where they reach beyond it, cut where they do not come to its end.</summary>
    private static torch.Tensor Covered(torch.Tensor x, PoolWindow window, double border)
    {
        long down = Beyond(x.shape[2]), right = Beyond(x.shape[3]);
        return window.Before == 0 && down == 0 && right == 0 ? x : functional.pad(x, [window.Before, right, window.Before, down], value: border);

        long Beyond(long length) => (window.Count((int)length) - 1L) * window.Stride + window.Size - window.Before - length;
    }

    /// <summary>g through a function back to its input.</summary>
    private static torch.Tensor GradientOf(torch.Tensor x, torch.Tensor g, Func<torch.Tensor, torch.Tensor> function)
    {
        using var recording = torch.enable_grad();
        var input = x.detach().requires_grad_();
        function(input).backward([g]);
        return input.grad!;
    }
}
