namespace StyleLab;

// Simonyan and Zisserman: Very deep convolutional networks for large-scale image recognition, 2014, table 1.
public sealed partial record Architecture
{
    /// <summary>VGG-19, configuration E: 16 convolutions, no classifier.</summary>
    public static Architecture Vgg19 { get; } = Vgg("vgg19", [(2, 64), (2, 128), (4, 256), (4, 512), (4, 512)]);

    /// <summary>VGG-16, configuration D: 13 convolutions, no classifier.</summary>
    public static Architecture Vgg16 { get; } = Vgg("vgg16", [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]);

    /// <summary>VGG-19 at a quarter of its width and without the pooling after the last block: the embedded network's.</summary>
    public static Architecture Vgg19Slim { get; } =
        Vgg("vgg19-slim", [(2, 16), (2, 32), (4, 64), (4, 128), (4, 128)], lastPool: false);

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
        return new(name, layers, Preprocessing.Torchvision)
        {
            // relu4_2 for the objects (Gatys et al. 2016), relu3_1 for their outlines, which a small network loses in its deep layers.
            ContentLayers = "relu3_1,relu4_2",
            StyleLayers = "input,relu1_1..relu5_1",
            UntrainedContentLayers = "relu1_2,relu2_2",
            UntrainedStyleLayers = "input,relu1_1..relu3_1",
            UntrainedContentScale = 2,
            // torchvision numbers all layers of the chain, ReLU and pooling too.
            TorchvisionNames = layers.Index().Where(layer => layer.Item is ConvolutionLayer)
                .ToDictionary(layer => layer.Item.Name, layer => $"features.{layer.Index}"),
        };
    }
}
