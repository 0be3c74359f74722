using StyleLab.Networks;

namespace StyleLab;

/// <summary>
/// The layers of a loss network as data: a list in which every layer takes the one before, or a named earlier one.
/// </summary>
/// <param name="Name">The name shown to users, such as <c>vgg19</c>.</param>
/// <param name="Layers">The layers in the order in which they are computed; names are unique.</param>
/// <param name="Input">What the network expects of a picture.</param>
public sealed partial record Architecture(string Name, IReadOnlyList<NetworkLayer> Layers, InputConvention Input)
{
    /// <summary>The layer name of the normalised picture itself, before the first convolution.</summary>
    public const string InputLayer = "input";

    /// <summary>The architectures that a weights file can be recognised as, and that random weights can be made for.</summary>
    public static IReadOnlyList<Architecture> Known => [Vgg19, Vgg16, Vgg19Slim, SqueezeNet11];

    /// <summary>The layers that say what is shown, as a layer pick; what the pick <c>content</c> stands for.</summary>
    public string ContentLayers { get; init; } = TypicalLayers.Content(Layers);

    /// <summary>The layers that say how it is painted, as a layer pick; what the pick <c>style</c> stands for.</summary>
    public string StyleLayers { get; init; } = TypicalLayers.Style(Layers);

    /// <summary>
    /// What torchvision calls each convolution, such as <c>features.3.squeeze</c> for <c>fire2/squeeze1x1</c>: its tensors are
    /// that name with <c>.weight</c> and <c>.bias</c>. Empty where torchvision has no such network.
    /// </summary>
    public IReadOnlyDictionary<string, string> TorchvisionNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The convolutions, in order.</summary>
    public IEnumerable<ConvolutionLayer> Convolutions => Layers.OfType<ConvolutionLayer>();

    /// <summary>The names of the layers whose feature maps each layer takes: two for a concatenation, one for all others.</summary>
    public IEnumerable<(NetworkLayer Layer, IReadOnlyList<string> Sources)> Connections()
    {
        var before = InputLayer;
        foreach (var layer in Layers)
        {
            yield return (layer, layer is ConcatenationLayer both ? [both.First, both.Second] : [layer.From ?? before]);
            before = layer.Name;
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
