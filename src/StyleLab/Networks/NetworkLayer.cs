namespace StyleLab;

/// <summary>One layer of a loss network. Feature maps are named after the layer that makes them.</summary>
/// <param name="Name">The published name: <c>conv4_2</c>, <c>relu4_2</c>, <c>pool3</c>.</param>
public abstract record NetworkLayer(string Name);

/// <summary>A convolution of 3×3, stride 1, padded by 1, with bias: N×Inputs×H×W → N×Outputs×H×W.</summary>
/// <param name="Name">The published name, such as <c>conv4_2</c>.</param>
/// <param name="Inputs">Channels that come in.</param>
/// <param name="Outputs">Channels that go out.</param>
public sealed record ConvolutionLayer(string Name, int Inputs, int Outputs) : NetworkLayer(Name);

/// <summary>Negative values become 0.</summary>
/// <param name="Name">The published name, such as <c>relu4_2</c>.</param>
public sealed record ReluLayer(string Name) : NetworkLayer(Name);

/// <summary>
/// Pooling of 2×2, stride 2: N×C×H×W → N×C×⌊H/2⌋×⌊W/2⌋. Maximum or average is the network's choice, see <see cref="Pooling"/>.
/// </summary>
/// <param name="Name">The published name, such as <c>pool3</c>.</param>
public sealed record PoolLayer(string Name) : NetworkLayer(Name);
