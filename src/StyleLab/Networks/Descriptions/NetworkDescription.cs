namespace StyleLab.Networks;

/// <summary>
/// A network of the user's own as a JSON file tells it: a chain of layers, and the file that holds their tensors.
/// See docs/networks.md.
/// </summary>
/// <param name="Weights">The file with the tensors, from the folder of the description.</param>
/// <param name="Input">What the network expects of a picture.</param>
/// <param name="Layers">The layers in order.</param>
/// <param name="Content">The layers for content, or null.</param>
/// <param name="Style">The layers for style, or null.</param>
/// <param name="ContentScale">What a balanced content term is multiplied by.</param>
/// <param name="Licence">What is known about the licence, or null.</param>
/// <param name="Training">What the network was trained on, or null.</param>
internal sealed record NetworkDescription(
    string Weights, Preprocessing Input, IReadOnlyList<DescribedLayer> Layers,
    string? Content, string? Style, double ContentScale, string? Licence, string? Training)
{
    public const string Extension = ".json";
}

/// <summary>One layer of a description.</summary>
/// <param name="Name">Its name.</param>
internal abstract record DescribedLayer(string Name);

/// <summary>A convolution; its input channels follow from the layer before.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tensors">What its tensors are called before <c>.weight</c> and <c>.bias</c>.</param>
/// <param name="Channels">Channels that go out.</param>
/// <param name="Size">Height and width of a filter.</param>
/// <param name="Stride">Positions between two places of the filter.</param>
/// <param name="Padding">Positions added at every edge.</param>
/// <param name="HasBias">False when there is no tensor for the bias.</param>
internal sealed record DescribedConvolution(
    string Name, string Tensors, int Channels, int Size, int Stride, int Padding, bool HasBias) : DescribedLayer(Name);

/// <summary>A batch normalisation right after a convolution, which takes it in.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tensors">What its tensors are called before <c>.weight</c>, <c>.bias</c>, <c>.running_mean</c> and <c>.running_var</c>.</param>
/// <param name="Epsilon">Added to the variance.</param>
internal sealed record DescribedBatchNorm(string Name, string Tensors, double Epsilon) : DescribedLayer(Name);

/// <summary>Negative values become 0.</summary>
/// <param name="Name">Its name.</param>
internal sealed record DescribedRelu(string Name) : DescribedLayer(Name);

/// <summary>Pooling.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Height and width of a window.</param>
/// <param name="Stride">Positions between two windows.</param>
/// <param name="Partial">True when a last window that reaches beyond the edge counts.</param>
internal sealed record DescribedPool(string Name, int Size, int Stride, bool Partial) : DescribedLayer(Name);
