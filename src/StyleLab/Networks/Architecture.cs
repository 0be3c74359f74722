namespace StyleLab;

/// <summary>The layers of a loss network, in order, as data. Any chain of these layers is an architecture.</summary>
/// <param name="Name">The name shown to users, such as <c>vgg19</c>.</param>
/// <param name="Layers">The layers in the order in which a picture passes them; names are unique.</param>
/// <param name="Input">What the network expects of a picture.</param>
public sealed record Architecture(string Name, IReadOnlyList<NetworkLayer> Layers, InputConvention Input)
{
    /// <summary>The layer name of the normalised picture itself, before the first convolution.</summary>
    public const string InputLayer = "input";

    /// <summary>VGG-19, configuration E of Simonyan and Zisserman (2014), table 1: 16 convolutions, no classifier.</summary>
    public static Architecture Vgg19 { get; } =
        Vgg("vgg19", [(2, 64), (2, 128), (4, 256), (4, 512), (4, 512)]);

    /// <summary>VGG-16, configuration D of Simonyan and Zisserman (2014), table 1: 13 convolutions, no classifier.</summary>
    public static Architecture Vgg16 { get; } =
        Vgg("vgg16", [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]);

    /// <summary>VGG-19 at a quarter of its width and without the pooling after the last block: the embedded network's.</summary>
    public static Architecture Vgg19Slim { get; } =
        Vgg("vgg19-slim", [(2, 16), (2, 32), (4, 64), (4, 128), (4, 128)], lastPool: false);

    /// <summary>The architectures that a weights file can be recognised as.</summary>
    public static IReadOnlyList<Architecture> Known { get; } = [Vgg19, Vgg16, Vgg19Slim];

    /// <summary>The convolutions, in order.</summary>
    public IEnumerable<ConvolutionLayer> Convolutions => Layers.OfType<ConvolutionLayer>();

    /// <summary>Blocks of convolutions with a ReLU after each, and a pooling after each block.</summary>
    private static Architecture Vgg(string name, (int Convolutions, int Channels)[] blocks, bool lastPool = true)
    {
        var layers = new List<NetworkLayer>();
        var inputs = 3;
        for (var block = 1; block <= blocks.Length; block++)
        {
            var (convolutions, channels) = blocks[block - 1];
            for (var index = 1; index <= convolutions; index++)
            {
                layers.Add(new ConvolutionLayer($"conv{block}_{index}", inputs, channels));
                layers.Add(new ReluLayer($"relu{block}_{index}"));
                inputs = channels;
            }
            if (block < blocks.Length || lastPool)
                layers.Add(new PoolLayer($"pool{block}"));
        }
        return new(name, layers, InputConvention.Torchvision);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
