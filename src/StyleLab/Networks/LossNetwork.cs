using StyleLab.Figures;
using StyleLab.Networks;
using StyleLab.Networks.Catalogue;

namespace StyleLab;

/// <summary>
/// A frozen convolutional network whose feature maps are compared when style is transferred. Immutable; the weights are
/// shared by all that were made from the same one.
/// </summary>
[TypeFormatterSource(typeof(NetworkCardFormatters), PreferredMimeTypes = ["text/html"])]
public sealed partial class LossNetwork
{
    private readonly IReadOnlyDictionary<string, ConvolutionWeights> _weights;
    private readonly HashSet<string> _readsPicture;

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
        _readsPicture = [.. architecture.Connections()
            .Where(layer => layer.Layer is ConvolutionLayer && layer.Sources[0] == Architecture.InputLayer).Select(layer => layer.Layer.Name)];
    }

    internal LossNetwork(NetworkFile file, Pooling pooling)
        : this(file.Name, file.Architecture, pooling, file.Source, file.Weights)
    {
    }

    /// <summary>The network of a file, with what the file has instead of strides.</summary>
    internal static LossNetwork Of(NetworkFile file, Pooling pooling) => new LossNetwork(file, pooling).WithStriding(file.Striding);

    /// <summary>The names that <see cref="Load"/> knows without a file: embedded networks first, then those of <see cref="NetworkCatalogue"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. EmbeddedNetwork.All.Select(network => network.Name), .. NetworkCatalogue.All.Select(network => network.Name)];

    /// <summary>The name of an embedded or published network, or the file's name without extension.</summary>
    public string Name { get; }

    /// <summary>The layers and the input convention.</summary>
    public Architecture Architecture { get; }

    /// <summary>What the pooling layers do.</summary>
    public Pooling Pooling { get; }

    /// <summary>Where the weights came from.</summary>
    public NetworkSource Source { get; }

    /// <summary>
    /// Loads a network by name (<see cref="Names"/>) or from a file. A published network (<see cref="NetworkCatalogue"/>) is
    /// downloaded once, checked, and kept in <see cref="NetworkCatalogue.Folder"/>; in a notebook the progress shows by itself.
    /// </summary>
    /// <param name="nameOrPath">
    /// A name such as <c>vgg19-slim</c> or <c>vgg19</c>; <c>vgg19-random:7</c> for random weights of seed 7 (of any <see cref="Architecture.Known"/>
    /// architecture); a description <c>my-net.json</c> of a network of your own; or the path of a file with weights of a known architecture, in any of the
    /// formats of <see cref="WeightsFile"/>: a published <c>.pth</c> file as it is, or one of your own.
    /// The tensors are called <c>conv1_1.weight</c>, <c>conv1_1.bias</c>, … or, as in torchvision, <c>features.0.weight</c>,
    /// <c>features.0.bias</c>, …; classifier tensors are left out. Pictures are fed as torchvision does, unless the
    /// file's metadata has an <c>input</c>, see <see cref="Preprocessing.Parse"/>.
    /// </param>
    /// <param name="pooling">What the pooling layers do; the average makes smoother pictures in fewer steps.</param>
    /// <param name="progress">Hears how far the download of a published network is.</param>
    /// <exception cref="StyleLabException">
    /// The name is unknown, the file cannot be read or downloaded, or its tensors are not those of a known architecture.
    /// </exception>
    public static LossNetwork Load(string nameOrPath, Pooling pooling = Pooling.Average, IProgress<FetchProgress>? progress = null)
    {
        var embedded = EmbeddedNetwork.All.FirstOrDefault(
            network => network.Name.Equals(nameOrPath, StringComparison.OrdinalIgnoreCase));
        var file = embedded?.Open() ?? RandomNetwork.Parse(nameOrPath)?.Make()
            ?? (DescribedNetwork.IsPath(nameOrPath) ? DescribedNetwork.Open(nameOrPath) : NetworkResolver.Open(nameOrPath, progress));
        return Of(file, pooling);
    }

    /// <summary>The same network and weights with another pooling.</summary>
    public LossNetwork WithPooling(Pooling pooling) =>
        pooling == Pooling ? this : new(Name, Architecture, pooling, Source, _weights) { Padding = Padding, Striding = Striding, _skipping = _skipping };

    /// <summary>The weight [out, in, k, k] and bias [out] of a convolution; not copies, not to be changed.</summary>
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
