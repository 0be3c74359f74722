using StyleLab.Tensors.Plans;

namespace StyleLab.Tensors.Engines;

/// <summary>
/// The operations a device can do, one method each, on storages it has laid out itself: the seam where another engine comes in, from any
/// assembly. A plan calls them in order; nothing above this interface knows where or how the values lie.
/// <see cref="Engine.Reference"/> is the definition of right.
/// </summary>
/// <remarks>
/// A plan calls one method at a time, but several plans may run side by side on threads of their own. Tensors are N×C×H×W, all values float32
/// where they come in and go out. A result never lies where an input of the same operation lies, with one exception that
/// <see cref="GramGradient"/> names, and its old values are undefined. Names: x and y are inputs, g is the gradient arriving from the loss.
/// </remarks>
public interface IEngine
{
    /// <summary>
    /// A short name with the instruction set or device, for cards and benchmarks. What stands before the first comma goes into recipes: only
    /// the same one gives the same bits.
    /// </summary>
    string Name { get; }

    /// <summary>The layout this engine keeps a tensor of the given shape in.</summary>
    Layout LayoutOf(Shape shape) => Layout.Planar;

    /// <summary>The layout this engine keeps the <see cref="PositiveMask"/> of such a tensor in.</summary>
    Layout LayoutOfMask(Shape shape) => Layout.Planar;

    /// <summary>The memory that a tensor needs, in floats: one a value if not said otherwise, or as many as hold a bit a value.</summary>
    long FloatsOf(Shape shape, Layout layout) => Storage.FloatsOf(shape, layout);

    /// <summary>Asks whether a plan fits, before it takes anything: by default, into the memory that this machine has left.</summary>
    /// <param name="bytes">What the plan will allocate.</param>
    /// <param name="besides">What the run will need of this machine's memory beside it.</param>
    /// <exception cref="InsufficientMemoryException">There is less.</exception>
    void RequireMemory(long bytes, long besides) => MachineMemory.Require(bytes + besides);

    /// <summary>Reserves memory for the given number of floats; the contents are undefined. A plan asks for one block and places its tensors in it.</summary>
    /// <returns>What storages have as <see cref="Storage.Memory"/>; not 0.</returns>
    nint Allocate(long floats);

    /// <summary>Gives memory back. Called on any thread: that of a plan that was forgotten is given back by the garbage collector's.</summary>
    void Free(nint memory);

    /// <summary>Copies values in N×C×H×W order into a storage.</summary>
    void Write(ReadOnlySpan<float> values, Storage target);

    /// <summary>Copies a storage into N×C×H×W order.</summary>
    void Read(Storage source, Span<float> values);

    /// <summary>
    /// Brings the filters of a convolution into the orders the engine computes with, for the convolution and its gradient. Called once for the
    /// weights of a network; what it gives lives as long as they and the engine do.
    /// </summary>
    /// <param name="weights">K×C×k×k values.</param>
    /// <param name="shape">K×C×k×k.</param>
    IFilters PackFilters(float[] weights, Shape shape);

    // One value in, one value out.

    /// <summary>y = scale · x + offset.</summary>
    void Affine(Storage x, float scale, float offset, Storage y);

    /// <summary>y = max(x, 0).</summary>
    void Relu(Storage x, Storage y);

    /// <summary>g where the ReLU's output is positive, else 0.</summary>
    void ReluGradient(Storage reluOutput, Storage gradient, Storage result);

    /// <summary>Where x is positive, in a form that only this engine reads, see <see cref="LayoutOfMask"/>.</summary>
    void PositiveMask(Storage x, Storage mask);

    /// <summary>y = x².</summary>
    void Square(Storage x, Storage y);

    /// <summary>y = |x|.</summary>
    void Abs(Storage x, Storage y);

    /// <summary>y = −1, 0 or 1.</summary>
    void Sign(Storage x, Storage y);

    /// <summary>y = √x.</summary>
    void Sqrt(Storage x, Storage y);

    /// <summary>y = eˣ.</summary>
    void Exp(Storage x, Storage y);

    /// <summary>y = ln x.</summary>
    void Log(Storage x, Storage y);

    /// <summary>y = x to the power of the exponent.</summary>
    void Power(Storage x, float exponent, Storage y);

    /// <summary>y = x limited to low..high.</summary>
    void Clamp(Storage x, float low, float high, Storage y);

    /// <summary>y = 1 where low ≤ x ≤ high, else 0.</summary>
    void Between(Storage x, float low, float high, Storage y);

    // Two values in, one value out. An axis on which an input has size 1 is repeated.

    /// <summary>x + y; an axis on which an input has size 1 is repeated.</summary>
    void Add(Storage x, Storage y, Storage result);

    /// <summary>x − y; an axis on which an input has size 1 is repeated.</summary>
    void Subtract(Storage x, Storage y, Storage result);

    /// <summary>x · y; an axis on which an input has size 1 is repeated.</summary>
    void Multiply(Storage x, Storage y, Storage result);

    /// <summary>x / y; an axis on which an input has size 1 is repeated.</summary>
    void Divide(Storage x, Storage y, Storage result);

    /// <summary>The larger of x and y, repeated like those of <see cref="Add"/>; not a number where one of them is not.</summary>
    void Maximum(Storage x, Storage y, Storage result);

    /// <summary>The smaller of x and y, repeated like those of <see cref="Add"/>; not a number where one of them is not.</summary>
    void Minimum(Storage x, Storage y, Storage result);

    /// <summary>1 where x &gt; y, ½ where they are equal, else 0: the share of x in the gradient of the larger one.</summary>
    void Above(Storage x, Storage y, Storage result);

    // Sums and their opposite, and the largest value.

    /// <summary>The sum over every axis on which y has size 1.</summary>
    void SumTo(Storage x, Storage y);

    /// <summary>The largest value over every axis on which y has size 1; not a number if one of them is not.</summary>
    void MaxTo(Storage x, Storage y);

    /// <summary>x repeated along every axis on which it has size 1.</summary>
    void Broadcast(Storage x, Storage y);

    // Convolution: odd k×k filters, stride 1, output as large as the input.

    /// <summary>Whether convolutions of these shapes, and their gradients, can have the 2×2 pooling that follows as a part; if not, they are never asked to.</summary>
    bool FusesPooling(Shape x, Shape weights) => false;

    /// <summary>Cross-correlation with k×k filters at every position of x, k odd, plus bias.</summary>
    /// <param name="x">C×H×W.</param>
    /// <param name="filters">K filters of C×k×k.</param>
    /// <param name="bias">1×K×1×1.</param>
    /// <param name="padding">What stands beyond the edge.</param>
    /// <param name="withRelu">Whether negative results become 0.</param>
    /// <param name="pool">What of 2×2 pooling follows in the same step; there is a ReLU then.</param>
    /// <param name="y">K×H×W, or with pooling the pooled values only.</param>
    /// <param name="mask">If it exists, receives where the result, before pooling, is positive; with the pooling of largest values, where these were found.</param>
    void Convolution(Storage x, IFilters filters, Storage bias, Padding padding, bool withRelu, FusedPool pool, Storage y, Storage mask);

    /// <summary>The gradient at the input of <see cref="Convolution"/>; what fell on the border goes to where the border's values came from.</summary>
    /// <param name="gradient">g, K×H×W, or with pooling that of the pooled values, to be spread first.</param>
    /// <param name="mask">If it exists, g counts only where it is set. With pooling there is one.</param>
    /// <param name="filters">Those of the convolution.</param>
    /// <param name="padding">That of the convolution.</param>
    /// <param name="pool">That of the convolution.</param>
    /// <param name="result">C×H×W.</param>
    void ConvolutionInputGradient(
        Storage gradient, Storage mask, IFilters filters, Padding padding, FusedPool pool, Storage result);

    // Pooling over 2×2 windows, stride 2; a last odd row or column is left out, as in PyTorch.

    /// <summary>The largest of each 2×2 window; a last odd row or column is left out.</summary>
    void MaxPool(Storage x, Storage y);

    /// <summary>g at the first largest value of each window in reading order, else 0.</summary>
    void MaxPoolGradient(Storage x, Storage gradient, Storage result);

    /// <summary>The mean of each 2×2 window; a last odd row or column is left out.</summary>
    void AveragePool(Storage x, Storage y);

    /// <summary>A quarter of g at each place of the window, 0 in a row or column that was left out.</summary>
    void AveragePoolGradient(Storage gradient, Storage result);

    // Windows of any size and stride.

    /// <summary>Like <see cref="Convolution"/>, but without padding and every stride positions: wherever a filter lies wholly inside x.</summary>
    void StridedConvolution(Storage x, IFilters filters, Storage bias, int stride, bool withRelu, Storage y);

    /// <summary>The gradient at the input of <see cref="StridedConvolution"/>. If the mask exists, g counts only where it is set.</summary>
    void StridedConvolutionInputGradient(Storage gradient, Storage mask, IFilters filters, int stride, Storage result);

    /// <summary>The largest value of each window, of what of it lies inside.</summary>
    void WindowMaxPool(Storage x, PoolWindow window, Storage y);

    /// <summary>The sum of g over the windows whose first largest value lies there.</summary>
    void WindowMaxPoolGradient(Storage x, Storage gradient, PoolWindow window, Storage result);

    /// <summary>The mean of each window, over what of it lies inside.</summary>
    void WindowAveragePool(Storage x, PoolWindow window, Storage y);

    /// <summary>The sum of each window's share.</summary>
    void WindowAveragePoolGradient(Storage gradient, PoolWindow window, Storage result);

    // Channels.

    /// <summary>The channels of x, then those of y.</summary>
    void Concatenate(Storage x, Storage y, Storage result);

    /// <summary>As many channels of x as y has, from the first on.</summary>
    void SliceChannels(Storage x, int first, Storage y);

    // Gram matrix of a feature map, seen as a matrix F of C rows and H·W columns.

    /// <summary>F·Fᵀ, N×1×C×C, not normalised; F has a row for each channel of x and a column for each position.</summary>
    void Gram(Storage x, Storage y);

    /// <summary>(g + gᵀ)·F, g being N×1×C×C. If the addend exists it is added; the result may then lie where the addend does.</summary>
    void GramGradient(Storage x, Storage gradient, Storage addend, Storage result);

    // Geometry.

    /// <summary>x with a border: as wide as y is larger, so many rows and columns above and left of it.</summary>
    void Pad(Storage x, Padding padding, int top, int left, Storage y);

    /// <summary>The gradient before padding: border values are added where they were taken from.</summary>
    void PadGradient(Storage gradient, Padding padding, int top, int left, Storage result);

    /// <summary>A rectangle of x as large as y.</summary>
    void Crop(Storage x, int top, int left, Storage y);

    /// <summary>x resampled to the size of y with a triangle filter, widened when shrinking (antialiased bilinear).</summary>
    void Resize(Storage x, Storage y);

    /// <summary>The transpose of <see cref="Resize"/>, from the size of the gradient to that of the result.</summary>
    void ResizeGradient(Storage gradient, Storage result);
}

/// <summary>Convolution filters in an engine's own order, made by <see cref="IEngine.PackFilters"/>; only that engine looks into them.</summary>
public interface IFilters;
