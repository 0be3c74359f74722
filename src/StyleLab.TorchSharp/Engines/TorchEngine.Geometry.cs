using System.Collections.Concurrent;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;
using TorchSharp;
using static TorchSharp.torch.nn;
using Padding = StyleLab.Tensors.Padding;

namespace StyleLab;

// Borders, rectangles, resampling, channels.
public sealed partial class TorchEngine
{
    private readonly ConcurrentDictionary<(int From, int To), torch.Tensor> _resampling = [];

    /// <inheritdoc/>
    public void Pad(Storage x, Padding padding, int top, int left, Storage y) => Into(y, () => Padded(
        this[x], padding, top, y.Shape.Height - x.Shape.Height - top, left, y.Shape.Width - x.Shape.Width - left));

    /// <inheritdoc/>
    public void PadGradient(Storage gradient, Padding padding, int top, int left, Storage result) => Into(result, () => Folded(
        padding == Padding.Zero ? this[gradient] : this[gradient].clone(), padding, top, left, result.Shape.Height, result.Shape.Width));

    /// <inheritdoc/>
    public void Crop(Storage x, int top, int left, Storage y) =>
        Into(y, () => this[x].narrow(2, top, y.Shape.Height).narrow(3, left, y.Shape.Width));

    /// <inheritdoc/>
    public void Resize(Storage x, Storage y) => Into(y, () =>
        Resampling(x.Shape.Height, y.Shape.Height).matmul(this[x]).matmul(Resampling(x.Shape.Width, y.Shape.Width).t()));

    /// <inheritdoc/>
    public void ResizeGradient(Storage gradient, Storage result) => Into(result, () =>
        Resampling(result.Shape.Height, gradient.Shape.Height).t().matmul(this[gradient]).matmul(Resampling(result.Shape.Width, gradient.Shape.Width)));

    /// <inheritdoc/>
    public void Concatenate(Storage x, Storage y, Storage result)
    {
        using var _ = Begin();
        this[result].narrow(1, 0, x.Shape.Channels).copy_(this[x]);
        this[result].narrow(1, x.Shape.Channels, y.Shape.Channels).copy_(this[y]);
    }

    /// <inheritdoc/>
    public void SliceChannels(Storage x, int first, Storage y) => Into(y, () => this[x].narrow(1, first, y.Shape.Channels));

    private static torch.Tensor Padded(torch.Tensor x, Padding padding, int top, int bottom, int left, int right)
    {
        int height = (int)x.shape[2], width = (int)x.shape[3];
        long[] widths = [left, right, top, bottom];
        if (padding == Padding.Zero)
            return functional.pad(x, widths);
        if (padding == Padding.Replicate)
            return functional.pad(x, widths, PaddingModes.Replicate);
        // Torch mirrors once, no further than to the other edge.
        if (Math.Max(top, bottom) < height && Math.Max(left, right) < width)
            return functional.pad(x, widths, PaddingModes.Reflect);
        return x.index_select(2, Sources(height, top, bottom)).index_select(3, Sources(width, left, right));

        torch.Tensor Sources(int size, int before, int after) => torch.tensor(
            Enumerable.Range(-before, size + before + after).Select(i => (long)padding.Source(i, size)).ToArray(), device: x.device);
    }

    /// <summary>Adds each border value to where it was taken from, in place, and gives the part inside.</summary>
    private static torch.Tensor Folded(torch.Tensor padded, Padding padding, int top, int left, int height, int width)
    {
        FoldAxis(padded, 2, padding, top, height);
        var rows = padded.narrow(2, top, height);
        FoldAxis(rows, 3, padding, left, width);
        return rows.narrow(3, left, width);
    }

    private static void FoldAxis(torch.Tensor padded, int axis, Padding padding, int before, int size)
    {
        for (int i = -before; i < padded.shape[axis] - before; i++)
            if ((i < 0 || i >= size) && padding.Source(i, size) is >= 0 and var source)
                padded.narrow(axis, before + source, 1).add_(padded.narrow(axis, before + i, 1));
    }

    /// <summary>The weights of a triangle filter as a matrix, a row for each position that goes out; widened where there are fewer of them.</summary>
    private torch.Tensor Resampling(int from, int to) => _resampling.GetOrAdd((from, to), _ =>
    {
        double scale = (double)from / to, reach = Math.Max(scale, 1);
        float[] weights = new float[(long)to * from];
        for (int target = 0; target < to; target++)
        {
            double centre = (target + 0.5) * scale;
            int first = Math.Max((int)Math.Floor(centre - reach), 0), end = Math.Min((int)Math.Ceiling(centre + reach), from);
            double sum = 0;
            for (int source = first; source < end; source++)
                sum += Weight(source);
            for (int source = first; source < end; source++)
                weights[(long)target * from + source] = (float)(Weight(source) / sum);

            double Weight(int source) => Math.Max(0, 1 - Math.Abs(source + 0.5 - centre) / reach);
        }
        return LibTorch.TorchMemory.Of(weights, [to, from], Device).DetachFromDisposeScope();
    });
}
