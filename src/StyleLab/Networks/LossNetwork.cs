using StyleLab.Figures;
using StyleLab.Networks;

namespace StyleLab;

/// <summary>
/// A frozen convolutional network whose feature maps are compared when style is transferred. Immutable; the weights are
/// shared by all that were made from the same one.
/// </summary>
[TypeFormatterSource(typeof(NetworkCardFormatters), PreferredMimeTypes = ["text/html"])]
public sealed partial class LossNetwork
{
    private readonly IReadOnlyDictionary<string, ConvolutionWeights> _weights;

    private LossNetwork(
        string name, Architecture architecture, Pooling pooling, NetworkSource source,
        IReadOnlyDictionary<string, ConvolutionWeights> weights)
    {
        if (!Enum.IsDefined(pooling))
            throw new StyleLabException($"There is no pooling {(int)pooling}; use Pooling.Average or Pooling.Max.");
        Name = name;
        Architecture = architecture;
        Pooling = pooling;
        Source = source;
        _weights = weights;
    }

    /// <summary>The names that <see cref="Load"/> knows without a file.</summary>
    public static IReadOnlyList<string> Names { get; } = EmbeddedNetwork.All.Select(network => network.Name).ToList();

    /// <summary>The embedded network's name, or the file's name without extension.</summary>
    public string Name { get; }

    /// <summary>The layers and the input convention.</summary>
    public Architecture Architecture { get; }

    /// <summary>What the pooling layers do.</summary>
    public Pooling Pooling { get; }

    /// <summary>Where the weights came from.</summary>
    public NetworkSource Source { get; }

    /// <summary>Loads a network by the name of an embedded one (<see cref="Names"/>), or from a .safetensors file.</summary>
    /// <param name="nameOrPath">
    /// A name such as <c>vgg19-slim</c>, or the path of a file with VGG-19, VGG-16 or slim VGG-19 weights, in F32, F16 or BF16.
    /// The tensors are called <c>conv1_1.weight</c>, <c>conv1_1.bias</c>, … or, as in torchvision, <c>features.0.weight</c>,
    /// <c>features.0.bias</c>, …; classifier tensors are left out. Pictures are fed as torchvision does, unless the
    /// file's metadata has an <c>input</c>, see <see cref="InputConvention.Parse"/>.
    /// </param>
    /// <param name="pooling">What the pooling layers do; the average makes smoother pictures in fewer steps.</param>
    /// <exception cref="StyleLabException">
    /// The name is unknown, the file cannot be read, or its tensors are not those of a known architecture.
    /// </exception>
    public static LossNetwork Load(string nameOrPath, Pooling pooling = Pooling.Average)
    {
        var embedded = EmbeddedNetwork.All.FirstOrDefault(
            network => network.Name.Equals(nameOrPath, StringComparison.OrdinalIgnoreCase));
        var file = embedded is not null ? embedded.Open() : NetworkFile.Open(nameOrPath);
        return new(file.Name, file.Architecture, pooling, file.Source, file.Weights);
    }

    /// <summary>The same network and weights with another pooling.</summary>
    public LossNetwork WithPooling(Pooling pooling) =>
        pooling == Pooling ? this : new(Name, Architecture, pooling, Source, _weights) { Padding = Padding };

    /// <summary>The weight [out, in, 3, 3] and bias [out] of a convolution; not copies, not to be changed.</summary>
    /// <exception cref="StyleLabException">The network has no convolution of that name.</exception>
    public ConvolutionWeights Weights(string layerName)
    {
        if (_weights.TryGetValue(layerName, out var weights))
            return weights;
        var nearest = NearestNames.Find(layerName, Architecture.Convolutions.Select(layer => layer.Name), 3);
        throw new StyleLabException(
            $"There is no convolution {Quoted.Text(layerName)} in {Name}; the nearest are {string.Join(", ", nearest)}.");
    }

    /// <summary>What the network is: its layers with size, reach and cost, and where its weights came from.</summary>
    public NetworkCard Describe() => new(this);

    /// <summary>One line: name, number of convolutions, pooling.</summary>
    public override string ToString() =>
        $"Loss network {Name}: {Architecture.Convolutions.Count()} convolutions, {Pooling.ToString().ToLowerInvariant()} pooling";
}
