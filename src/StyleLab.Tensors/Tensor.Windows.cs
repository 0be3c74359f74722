using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors;

// Convolutions and poolings of any size and stride, and channels put together.
public sealed partial class Tensor
{
    /// <summary>
    /// Convolves with k×k filters of any size, without padding: N×K×(⌊(H−k)/stride⌋+1)×(⌊(W−k)/stride⌋+1).
    /// <see cref="Pad"/> the input first for a border.
    /// </summary>
    /// <param name="weights">K×C×k×k, a constant.</param>
    /// <param name="bias">1×K×1×1, a constant.</param>
    /// <param name="stride">Positions between two places of the filter, at least 1.</param>
    public Tensor Convolution(Tensor weights, Tensor bias, int stride)
    {
        CheckFilters(weights, bias);
        int size = weights.Shape.Height;
        if (stride < 1)
            throw new ArgumentException($"A convolution needs a stride of at least 1, got {stride}.");
        if (Shape.Height < size || Shape.Width < size)
            throw new ArgumentException(
                $"A feature map of {Shape.Height}×{Shape.Width} is too small for filters of {size}×{size}; start from a larger picture.");
        var shape = new Shape(Shape.Batch, weights.Shape.Batch, (Shape.Height - size) / stride + 1, (Shape.Width - size) / stride + 1);
        return new(new StridedConvolution(stride), shape, this, weights, bias);
    }

    /// <summary>The largest value of each window.</summary>
    public Tensor MaxPool(PoolWindow window) => window == PoolWindow.Two
        ? MaxPool()
        : new(new WindowMaxPool(window), Pooled(window), this);

    /// <summary>The mean of each window; of one that reaches beyond the edge, of what lies inside.</summary>
    public Tensor AveragePool(PoolWindow window) => window == PoolWindow.Two
        ? AveragePool()
        : new(new WindowAveragePool(window), Pooled(window), this);

    /// <summary>The channels of this tensor, then those of <paramref name="other"/>; all other sizes are equal.</summary>
    public Tensor Concatenate(Tensor other)
    {
        if (other.Shape with { Channels = Shape.Channels } != Shape)
            throw new ArgumentException($"Only channels can be put together, all other sizes must be equal; got {Shape} and {other.Shape}.");
        return new(new Concatenate(), Shape with { Channels = Shape.Channels + other.Shape.Channels }, this, other);
    }

    /// <summary><paramref name="count"/> channels from <paramref name="first"/> on.</summary>
    public Tensor SliceChannels(int first, int count)
    {
        if (first < 0 || count < 1 || first + count > Shape.Channels)
            throw new ArgumentException($"There are no {count} channels from {first} on in {Shape}.");
        return count == Shape.Channels ? this : new(new SliceChannels(first, count), Shape with { Channels = count }, this);
    }

    private Shape Pooled(PoolWindow window)
    {
        if (window.Size < 1 || window.Stride < 1)
            throw new ArgumentException($"Pooling needs windows and strides of at least 1, got {window.Size} and {window.Stride}.");
        // A window that is wholly outside would hold nothing.
        if (window.Before < 0 || window.After < 0 || window.Before >= window.Size || window.After >= window.Size)
            throw new ArgumentException($"Windows of {window.Size}×{window.Size} can begin or end 0 to {window.Size - 1} positions beyond the edge, got {window.Before} and {window.After}.");
        var shape = Shape with { Height = window.Count(Shape.Height), Width = window.Count(Shape.Width) };
        return shape is { Height: > 0, Width: > 0 } ? shape : throw new ArgumentException(
            $"A feature map of {Shape.Height}×{Shape.Width} is too small to be pooled; start from a larger picture.");
    }
}
