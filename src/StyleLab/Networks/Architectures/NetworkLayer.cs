using StyleLab.Tensors;

namespace StyleLab;

/// <summary>One layer of a loss network. Feature maps are named after the layer that makes them.</summary>
/// <param name="Name">The published name: <c>conv4_2</c>, <c>relu4_2</c>, <c>pool3</c>, <c>fire5</c>.</param>
public abstract record NetworkLayer(string Name)
{
    /// <summary>The layer whose feature map comes in; null for the layer before in the list.</summary>
    public string? From { get; init; }

    /// <summary>Positions along an axis that go out when so many come in; 0 or less when those are too few.</summary>
    internal virtual int Positions(int incoming) => incoming;
}

/// <summary>A convolution with bias: N×Inputs×H×W → N×Outputs×H'×W'; 3×3 that keeps height and width unless said otherwise.</summary>
/// <param name="Name">The published name, such as <c>conv4_2</c>.</param>
/// <param name="Inputs">Channels that come in.</param>
/// <param name="Outputs">Channels that go out.</param>
/// <param name="Size">Height and width of a filter.</param>
/// <param name="Stride">Positions between two places of the filter.</param>
/// <param name="Padding">Positions added at every edge; what stands there is the network's choice, see <see cref="LossNetwork.Padding"/>.</param>
public sealed record ConvolutionLayer(string Name, int Inputs, int Outputs, int Size = 3, int Stride = 1, int Padding = 1)
    : NetworkLayer(Name)
{
    /// <summary>Shape of the weight: [out, in, size, size].</summary>
    public int[] WeightShape => [Outputs, Inputs, Size, Size];

    /// <summary>True when height and width go out as they came in.</summary>
    internal bool KeepsSize => Stride == 1 && Size % 2 == 1 && Padding == Size / 2;

    internal override int Positions(int incoming) => new PoolWindow(Size, Stride).Count(incoming + 2 * Padding);
}

/// <summary>Negative values become 0, or are multiplied by <see cref="Slope"/>.</summary>
/// <param name="Name">The published name, such as <c>relu4_2</c>.</param>
public sealed record ReluLayer(string Name) : NetworkLayer(Name)
{
    /// <summary>What negative values are multiplied by, 0 to 1: above 0 in a leaky ReLU (Maas, Hannun and Ng 2013).</summary>
    public float Slope { get; init; }
}

/// <summary>A border around a feature map; what stands there is the network's choice, see <see cref="LossNetwork.Padding"/>.</summary>
/// <param name="Name">The published name.</param>
/// <param name="Top">Rows added above.</param>
/// <param name="Bottom">Rows added below.</param>
/// <param name="Left">Columns added on the left.</param>
/// <param name="Right">Columns added on the right.</param>
public sealed record PadLayer(string Name, int Top, int Bottom, int Left, int Right) : NetworkLayer(Name)
{
    internal override int Positions(int incoming) => incoming + Math.Min(Top + Bottom, Left + Right);
}

/// <summary>
/// Pooling; 2×2 windows that do not overlap unless said otherwise, a last odd row or column left out.
/// Maximum or average is the network's choice (<see cref="Pooling"/>), unless the layer <see cref="Averages"/>.
/// </summary>
/// <param name="Name">The published name, such as <c>pool3</c>.</param>
/// <param name="Size">Height and width of a window.</param>
/// <param name="Stride">Positions between two windows.</param>
/// <param name="Partial">True when a last window that reaches beyond the edge counts as well (ceil mode).</param>
public sealed record PoolLayer(string Name, int Size = 2, int Stride = 2, bool Partial = false) : NetworkLayer(Name)
{
    /// <summary>True for a layer that takes the mean in any network.</summary>
    public bool Averages { get; init; }

    /// <summary>Positions by which the first window begins before the edge, less than the size; only what is inside counts.</summary>
    public int Before { get; init; }

    /// <summary>Positions by which a last window may end behind the edge, less than the size; only what is inside counts.</summary>
    public int After { get; init; }

    internal PoolWindow Window => new(Size, Stride, Partial) { Before = Before, After = After };

    internal override int Positions(int incoming) => Window.Count(incoming);
}

/// <summary>Two layers put together.</summary>
/// <param name="Name">The name of both together.</param>
/// <param name="First">One layer.</param>
/// <param name="Second">The other; height and width are the same.</param>
public abstract record JoiningLayer(string Name, string First, string Second) : NetworkLayer(Name);

/// <summary>The channels of one layer, then those of another.</summary>
/// <param name="Name">The name of both together, such as <c>fire5</c>.</param>
/// <param name="First">The layer whose channels come first.</param>
/// <param name="Second">The layer whose channels come after them; height and width are the same.</param>
public sealed record ConcatenationLayer(string Name, string First, string Second) : JoiningLayer(Name, First, Second);

/// <summary>The sum of two layers of the same size, such as a residual block and what is carried past it (He et al. 2016).</summary>
/// <param name="Name">The name of the sum.</param>
/// <param name="First">One layer.</param>
/// <param name="Second">The other.</param>
public sealed record AdditionLayer(string Name, string First, string Second) : JoiningLayer(Name, First, Second);
