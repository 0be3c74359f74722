namespace StyleLab.Tensors.Operations;

/// <summary>
/// What a node of the graph computes. The records hold the fixed settings; the inputs are on the <see cref="Tensor"/>.
/// Names of inputs and outputs in the comments: x, y inputs; g the gradient arriving from the loss.
/// </summary>
internal abstract record Operation;

// Leaves.

/// <summary>A tensor whose values are written before each run of a plan.</summary>
internal sealed record Variable : Operation;

/// <summary>A tensor with fixed values, in N×C×H×W order.</summary>
internal sealed record Constant(float[] Values) : Operation;

// One value in, one value out.

/// <summary>scale · x + offset.</summary>
internal sealed record Affine(float Scale, float Offset) : Operation;

/// <summary>max(x, 0).</summary>
internal sealed record Relu : Operation;

/// <summary>(y = relu(x), g) → g where y is positive, else 0.</summary>
internal sealed record ReluGradient : Operation;

/// <summary>
/// Where x is positive, as a mask in the engine's own form; made by the plan for gradients of ReLUs. If x is the result of a
/// convolution with pooling, the mask has the shape before pooling; for the largest values, it says where these were found.
/// </summary>
internal sealed record PositiveMask : Operation;

/// <summary>x².</summary>
internal sealed record Square : Operation;

/// <summary>|x|.</summary>
internal sealed record Abs : Operation;

/// <summary>−1, 0 or 1.</summary>
internal sealed record Sign : Operation;

/// <summary>√x.</summary>
internal sealed record Sqrt : Operation;

/// <summary>eˣ.</summary>
internal sealed record Exp : Operation;

/// <summary>ln x.</summary>
internal sealed record Log : Operation;

/// <summary>x to the power of <paramref name="Exponent"/>.</summary>
internal sealed record Power(float Exponent) : Operation;

/// <summary>x limited to Low..High.</summary>
internal sealed record Clamp(float Low, float High) : Operation;

/// <summary>1 where Low ≤ x ≤ High, else 0.</summary>
internal sealed record Between(float Low, float High) : Operation;

// Two values in, one value out; sizes of 1 are stretched.

/// <summary>x + y.</summary>
internal sealed record Add : Operation;

/// <summary>x − y.</summary>
internal sealed record Subtract : Operation;

/// <summary>x · y.</summary>
internal sealed record Multiply : Operation;

/// <summary>x / y.</summary>
internal sealed record Divide : Operation;

/// <summary>The larger of x and y; not a number where one of them is not.</summary>
internal sealed record Maximum : Operation;

/// <summary>The smaller of x and y; not a number where one of them is not.</summary>
internal sealed record Minimum : Operation;

/// <summary>1 where x &gt; y, ½ where they are equal, else 0: the share of x in the gradient of the larger one.</summary>
internal sealed record Above : Operation;

// Sums and their opposite, and the largest value.

/// <summary>Sum over every axis on which Target has size 1.</summary>
internal sealed record SumTo(Shape Target) : Operation;

/// <summary>The largest value over every axis on which Target has size 1; not a number if one of them is not.</summary>
internal sealed record MaxTo(Shape Target) : Operation;

/// <summary>Repeats x along every axis on which it has size 1.</summary>
internal sealed record Broadcast(Shape Target) : Operation;

// Convolution: odd k×k filters, stride 1, output as large as the input.

/// <summary>
/// (x, weights K×C×k×k, bias 1×K×1×1) → K×H×W. The plan sets <paramref name="WithRelu"/> when a ReLU follows, and
/// <paramref name="Pool"/> when nothing but 2×2 pooling reads that.
/// </summary>
internal sealed record Convolution(Padding Padding, bool WithRelu = false, FusedPool Pool = FusedPool.None) : Operation;

/// <summary>
/// (g K×H×W, weights) → the gradient at the convolution's input, C×H×W. The plan adds a third input, the
/// <see cref="PositiveMask"/> of the ReLU after the convolution, when g is to count only there; and it sets
/// <paramref name="Pool"/> when g arrives from the pooling after that ReLU and is to be spread first.
/// </summary>
internal sealed record ConvolutionInputGradient(Padding Padding, FusedPool Pool = FusedPool.None) : Operation;

// Pooling over 2×2 windows, stride 2; a last odd row or column is left out, as in PyTorch.

/// <summary>The largest of each 2×2 window.</summary>
internal sealed record MaxPool : Operation;

/// <summary>(x, g) → g at the first largest value of each window, else 0.</summary>
internal sealed record MaxPoolGradient : Operation;

/// <summary>The mean of each 2×2 window.</summary>
internal sealed record AveragePool : Operation;

/// <summary>g → a quarter of it at each place of the window; <paramref name="Input"/> is the shape before pooling.</summary>
internal sealed record AveragePoolGradient(Shape Input) : Operation;

// Gram matrix of a feature map, seen as a matrix F of C rows and H·W columns.

/// <summary>F·Fᵀ, N×1×C×C, not normalised.</summary>
internal sealed record Gram : Operation;

/// <summary>(x, g N×1×C×C) → (g + gᵀ)·F. The plan adds a third input when the result is only added to that.</summary>
internal sealed record GramGradient : Operation;

// Geometry.

/// <summary>Adds a border of the given widths.</summary>
internal sealed record Pad(Padding Padding, int Top, int Bottom, int Left, int Right) : Operation;

/// <summary>g of a padded picture → gradient before padding: border values are added where they were taken from.</summary>
internal sealed record PadGradient(Padding Padding, int Top, int Left, Shape Input) : Operation;

/// <summary>A rectangle of the picture.</summary>
internal sealed record Crop(int Top, int Left, int Height, int Width) : Operation;

/// <summary>Resampling with a triangle filter, widened when shrinking (antialiased bilinear).</summary>
internal sealed record Resize(int Height, int Width) : Operation;

/// <summary>The transpose of <see cref="Resize"/>; <paramref name="Input"/> is the shape before resizing.</summary>
internal sealed record ResizeGradient(Shape Input) : Operation;
