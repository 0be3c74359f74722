using StyleLab.Networks;

namespace StyleLab;

/// <summary>
/// The layers of a loss network as data: a list in which every layer takes the one before, or a named earlier one.
/// </summary>
/// <param name="Name">The name shown to users, such as <c>vgg19</c>.</param>
/// <param name="Layers">The layers in the order in which they are computed; names are unique.</param>
/// <param name="Input">What the network expects of a picture.</param>
public sealed partial record Architecture(string Name, IReadOnlyList<NetworkLayer> Layers, Preprocessing Input)
{
    /// <summary>The layer name of the normalised picture itself, before the first convolution.</summary>
    public const string InputLayer = "input";

    /// <summary>The architectures that a weights file can be recognised as, and that random weights can be made for.</summary>
    public static IReadOnlyList<Architecture> Known => [Vgg19, Vgg16, Vgg19Slim, SqueezeNet11];

    /// <summary>The layers that say what is shown, as a layer pick; what the pick <c>content</c> stands for.</summary>
    public string ContentLayers { get; init; } = TypicalLayers.Content(Layers);

    /// <summary>The layers that say how it is painted, as a layer pick; what the pick <c>style</c> stands for.</summary>
    public string StyleLayers { get; init; } = TypicalLayers.Style(Layers);

    /// <summary>What a balanced content term is multiplied by, so that a weight keeps as much of the content as with a trained network.</summary>
    public double ContentScale { get; init; } = 1;

    /// <summary>The metadata of a weights file that says that its weights are random.</summary>
    internal const string UntrainedMark = "untrained";

    /// <summary>The content layers of this architecture with random weights.</summary>
    internal string UntrainedContentLayers { get; private init; } = "";

    /// <summary>The style layers of this architecture with random weights.</summary>
    internal string UntrainedStyleLayers { get; private init; } = "";

    /// <summary>The content scale of this architecture with random weights; see docs/networks.md for how it was found.</summary>
    internal double UntrainedContentScale { get; private init; } = 1;

    /// <summary>
    /// The same layers for random weights. What filters that have learned nothing tell of forms is lost after a few of them, each
    /// of which mixes in as much of the noise as of the forms, and deep Gram matrices of such maps drown the content.
    /// </summary>
    internal Architecture Untrained =>
        this with { ContentLayers = UntrainedContentLayers, StyleLayers = UntrainedStyleLayers, ContentScale = UntrainedContentScale };

    /// <summary>
    /// What torchvision calls each convolution, such as <c>features.3.squeeze</c> for <c>fire2/squeeze1x1</c>: its tensors are
    /// that name with <c>.weight</c> and <c>.bias</c>. Empty where torchvision has no such network.
    /// </summary>
    public IReadOnlyDictionary<string, string> TorchvisionNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The convolutions, in order.</summary>
    public IEnumerable<ConvolutionLayer> Convolutions => Layers.OfType<ConvolutionLayer>();

    /// <summary>The names of the layers whose feature maps each layer takes: two for an addition or a concatenation, one for all others.</summary>
    public IEnumerable<(NetworkLayer Layer, IReadOnlyList<string> Sources)> Connections() => ConnectionsOf(Layers);

    /// <summary>The names of the layers whose feature maps each of these layers takes.</summary>
    internal static IEnumerable<(NetworkLayer Layer, IReadOnlyList<string> Sources)> ConnectionsOf(IReadOnlyList<NetworkLayer> layers)
    {
        var before = InputLayer;
        foreach (var layer in layers)
        {
            yield return (layer, layer is JoiningLayer both ? [both.First, both.Second] : [layer.From ?? before]);
            before = layer.Name;
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
