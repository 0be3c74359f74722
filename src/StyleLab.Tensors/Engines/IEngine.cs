using StyleLab.Tensors.Operations;

namespace StyleLab.Tensors.Engines;

/// <summary>
/// The operations a device can do, one method each, on storages it has laid out itself. A plan calls them in order;
/// nothing above this interface knows where or how the values lie. What each operation means is said at its record
/// in <see cref="Operation"/>; <see cref="Reference.ReferenceEngine"/> is the definition of right.
/// </summary>
public interface IEngine
{
    /// <summary>A short name with the instruction set or device, for cards and benchmarks.</summary>
    string Name { get; }

    /// <summary>The layout this engine keeps a tensor of the given shape in.</summary>
    Layout LayoutOf(Shape shape);

    /// <summary>The layout this engine keeps the <see cref="Operations.PositiveMask"/> of such a tensor in.</summary>
    Layout LayoutOfMask(Shape shape);

    /// <summary>Reserves memory for the given number of floats; the contents are undefined.</summary>
    nint Allocate(long floats);

    /// <summary>Gives memory back.</summary>
    void Free(nint address);

    /// <summary>Copies values in N×C×H×W order into a storage.</summary>
    void Write(ReadOnlySpan<float> values, Storage target);

    /// <summary>Copies a storage into N×C×H×W order.</summary>
    void Read(Storage source, Span<float> values);

    /// <summary>Brings the filters of a convolution into the orders the engine computes with, for the convolution and its gradient.</summary>
    /// <param name="weights">K×C×k×k values.</param>
    /// <param name="shape">K×C×k×k.</param>
    IFilters PackFilters(float[] weights, Shape shape);

    void Affine(Storage x, float scale, float offset, Storage y);
    void Relu(Storage x, Storage y);
    void ReluGradient(Storage reluOutput, Storage gradient, Storage result);
    void PositiveMask(Storage x, Storage mask);
    void Square(Storage x, Storage y);
    void Abs(Storage x, Storage y);
    void Sign(Storage x, Storage y);
    void Sqrt(Storage x, Storage y);
    void Exp(Storage x, Storage y);
    void Log(Storage x, Storage y);
    void Power(Storage x, float exponent, Storage y);
    void Clamp(Storage x, float low, float high, Storage y);
    void Between(Storage x, float low, float high, Storage y);

    void Add(Storage x, Storage y, Storage result);
    void Subtract(Storage x, Storage y, Storage result);
    void Multiply(Storage x, Storage y, Storage result);
    void Divide(Storage x, Storage y, Storage result);

    void Maximum(Storage x, Storage y, Storage result);
    void Minimum(Storage x, Storage y, Storage result);
    void Above(Storage x, Storage y, Storage result);

    void SumTo(Storage x, Storage y);
    void MaxTo(Storage x, Storage y);
    void Broadcast(Storage x, Storage y);

    /// <summary>Whether convolutions of these shapes, and their gradients, can have the 2×2 pooling that follows as a part.</summary>
    bool FusesPooling(Shape x, Shape weights);

    /// <summary>
    /// If <paramref name="mask"/> has an address, it receives where the result is positive. With a
    /// <paramref name="pool"/>, y receives the pooled values only.
    /// </summary>
    void Convolution(Storage x, IFilters filters, Storage bias, Padding padding, bool withRelu, FusedPool pool, Storage y, Storage mask);

    /// <summary>
    /// If <paramref name="mask"/> has an address, the gradient counts only where that says so. With a
    /// <paramref name="pool"/>, the gradient is that of the pooled values, and there is a mask.
    /// </summary>
    void ConvolutionInputGradient(
        Storage gradient, Storage mask, IFilters filters, Padding padding, FusedPool pool, Storage result);

    void MaxPool(Storage x, Storage y);
    void MaxPoolGradient(Storage x, Storage gradient, Storage result);
    void AveragePool(Storage x, Storage y);
    void AveragePoolGradient(Storage gradient, Storage result);

    /// <summary>The filters are those of <see cref="PackFilters"/>, as for <see cref="Convolution"/>.</summary>
    void StridedConvolution(Storage x, IFilters filters, Storage bias, int stride, bool withRelu, Storage y);

    /// <summary>If <paramref name="mask"/> has an address, the gradient counts only where that says so.</summary>
    void StridedConvolutionInputGradient(Storage gradient, Storage mask, IFilters filters, int stride, Storage result);

    void WindowMaxPool(Storage x, PoolWindow window, Storage y);
    void WindowMaxPoolGradient(Storage x, Storage gradient, PoolWindow window, Storage result);
    void WindowAveragePool(Storage x, PoolWindow window, Storage y);
    void WindowAveragePoolGradient(Storage gradient, PoolWindow window, Storage result);

    void Concatenate(Storage x, Storage y, Storage result);
    void SliceChannels(Storage x, int first, Storage y);

    void Gram(Storage x, Storage y);

    /// <summary>If <paramref name="addend"/> has an address, it is added to the gradient.</summary>
    void GramGradient(Storage x, Storage gradient, Storage addend, Storage result);

    void Pad(Storage x, Padding padding, int top, int left, Storage y);
    void PadGradient(Storage gradient, Padding padding, int top, int left, Storage result);
    void Crop(Storage x, int top, int left, Storage y);
    void Resize(Storage x, Storage y);
    void ResizeGradient(Storage gradient, Storage result);
}

/// <summary>Convolution filters in an engine's own order. Kept as long as the weights they were made from.</summary>
public interface IFilters;
