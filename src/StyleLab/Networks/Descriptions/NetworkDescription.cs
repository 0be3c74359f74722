namespace StyleLab.Networks;

/// <summary>
/// A network of the user's own as a JSON file tells it: layers, each of which takes the one before or named earlier ones, and the file that holds
/// their tensors. See docs/networks.md.
/// </summary>
/// <param name="Weights">The file with the tensors, from the folder of the description.</param>
/// <param name="Input">What the network expects of a picture; null where nothing is said.</param>
/// <param name="Layers">The layers in order; null where the file of tensors tells them itself, as ONNX does.</param>
/// <param name="Content">The layers for content, or null.</param>
/// <param name="Style">The layers for style, or null.</param>
/// <param name="ContentScale">What a balanced content term is multiplied by.</param>
/// <param name="Striding">What strided convolutions do.</param>
/// <param name="Licence">What is known about the licence, or null.</param>
/// <param name="Training">What the network was trained on, or null.</param>
internal sealed record NetworkDescription(
    string Weights, Preprocessing? Input, IReadOnlyList<DescribedLayer>? Layers,
    string? Content, string? Style, double ContentScale, Striding Striding, string? Licence, string? Training)
{
    public const string Extension = ".json";
}

/// <summary>One layer of a description.</summary>
/// <param name="Name">Its name.</param>
internal abstract record DescribedLayer(string Name)
{
    /// <summary>The layer whose map comes in; null for the one before.</summary>
    public string? From { get; init; }
}

/// <summary>A convolution; its input channels follow from the layer that it takes.</summary>
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

/// <summary>A layer that has no tensors, as it is in the network.</summary>
/// <param name="Layer">The layer.</param>
internal sealed record DescribedPlain(NetworkLayer Layer) : DescribedLayer(Layer.Name);
