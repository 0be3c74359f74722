using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors;

// What convolutional networks and style losses are made of.
public sealed partial class Tensor
{
    /// <summary>Convolves with odd k×k filters, stride 1; the output keeps height and width.</summary>
    /// <param name="weights">K×C×k×k, a constant: the filters of a loss network are frozen.</param>
    /// <param name="bias">1×K×1×1.</param>
    /// <param name="padding">What the filters see beyond the edge.</param>
    public Tensor Convolution(Tensor weights, Tensor bias, Padding padding)
    {
        CheckFilters(weights, bias);
        if (weights.Shape.Height % 2 == 0)
            throw new ArgumentException($"A convolution that keeps the size needs filters of odd size, got {weights.Shape}.");
        return new(new Convolution(padding), Shape with { Channels = weights.Shape.Batch }, this, weights, bias);
    }

    private void CheckFilters(Tensor weights, Tensor bias)
    {
        var w = weights.Shape;
        if (weights.Operation is not Operations.Constant || bias.Operation is not Operations.Constant)
            throw new ArgumentException("A convolution needs constant weights and bias: loss networks are frozen.");
        if (w.Channels != Shape.Channels || w.Height != w.Width)
            throw new ArgumentException($"A convolution of {Shape} needs weights of K×{Shape.Channels}×k×k, got {w}.");
        if (bias.Shape != new Shape(1, w.Batch, 1, 1))
            throw new ArgumentException($"A convolution with {w.Batch} filters needs a bias of 1×{w.Batch}×1×1, got {bias.Shape}.");
    }

    /// <summary>The largest value of each 2×2 window, stride 2; a last odd row or column is left out.</summary>
    public Tensor MaxPool() => new(new MaxPool(), Pooled(), this);

    /// <summary>The mean of each 2×2 window, stride 2; a last odd row or column is left out.</summary>
    public Tensor AveragePool() => new(new AveragePool(), Pooled(), this);

    /// <summary>The Gram matrix F·Fᵀ of the feature map seen as C rows of H·W values, N×1×C×C; not normalised.</summary>
    /// <remarks>Gatys, Ecker, Bethge: Texture synthesis using convolutional neural networks, 2015, equation 2.</remarks>
    public Tensor Gram() => new(new Gram(), new Shape(Shape.Batch, 1, Shape.Channels, Shape.Channels), this);

    /// <summary>Adds a border of the given widths in pixels.</summary>
    public Tensor Pad(Padding padding, int top, int bottom, int left, int right)
    {
        if (top < 0 || bottom < 0 || left < 0 || right < 0)
            throw new ArgumentException($"Border widths must not be negative, got {top}, {bottom}, {left}, {right}.");
        return new(new Pad(padding, top, bottom, left, right),
            Shape with { Height = Shape.Height + top + bottom, Width = Shape.Width + left + right }, this);
    }

    /// <summary>The rectangle of <paramref name="height"/> × <paramref name="width"/> positions that begins at (top, left).</summary>
    public Tensor Crop(int top, int left, int height, int width)
    {
        if (top < 0 || left < 0 || height < 1 || width < 1 || top + height > Shape.Height || left + width > Shape.Width)
            throw new ArgumentException(
                $"A crop of {height}×{width} at ({top}, {left}) does not lie inside {Shape.Height}×{Shape.Width}.");
        return new(new Crop(top, left, height, width), Shape with { Height = height, Width = width }, this);
    }

    /// <summary>Resamples with a triangle filter, widened when shrinking (antialiased bilinear).</summary>
    public Tensor Resize(int height, int width)
    {
        if (height < 1 || width < 1)
            throw new ArgumentException($"Resize needs a height and width of at least 1, got {height}×{width}.");
        return new(new Resize(height, width), Shape with { Height = height, Width = width }, this);
    }

    private Shape Pooled() => Shape is { Height: >= 2, Width: >= 2 }
        ? Shape with { Height = Shape.Height / 2, Width = Shape.Width / 2 }
        : throw new ArgumentException(
            $"A feature map of {Shape.Height}×{Shape.Width} is too small to be pooled; start from a larger picture.");
}
