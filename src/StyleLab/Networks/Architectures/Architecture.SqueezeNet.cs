namespace StyleLab;

// Iandola et al.: SqueezeNet, 2016; version 1.1 of its authors' repository, as torchvision has it.
public sealed partial record Architecture
{
    /// <summary>
    /// SqueezeNet 1.1: a convolution and eight fire modules, no classifier. In a fire module a 1×1 convolution squeezes the
    /// channels, and what it leaves goes through a 1×1 and a 3×3 convolution side by side; <c>fire2</c> … <c>fire9</c> are both together.
    /// </summary>
    public static Architecture SqueezeNet11 { get; } = SqueezeNet();

    private static Architecture SqueezeNet()
    {
        var layers = new List<NetworkLayer>
        {
            new ConvolutionLayer("conv1", 3, 64, Size: 3, Stride: 2, Padding: 0),
            new ReluLayer("relu1"),
            new PoolLayer("pool1", Size: 3, Stride: 2, Partial: true),
        };
        var names = new Dictionary<string, string> { ["conv1"] = "features.0" };
        AddFire(2, 3, 64, 16, 64);
        AddFire(3, 4, 128, 16, 64);
        layers.Add(new PoolLayer("pool3", Size: 3, Stride: 2, Partial: true));
        AddFire(4, 6, 128, 32, 128);
        AddFire(5, 7, 256, 32, 128);
        layers.Add(new PoolLayer("pool5", Size: 3, Stride: 2, Partial: true));
        AddFire(6, 9, 256, 48, 192);
        AddFire(7, 10, 384, 48, 192);
        AddFire(8, 11, 384, 64, 256);
        AddFire(9, 12, 512, 64, 256);
        return new("squeezenet1_1", layers, Preprocessing.Torchvision)
        {
            ContentLayers = "fire3,fire5",
            StyleLayers = "input,relu1,fire2,fire3,fire5,fire7",
            UntrainedContentLayers = "relu1",
            UntrainedStyleLayers = "input,relu1,fire2",
            TorchvisionNames = names,
        };

        void AddFire(int number, int position, int inputs, int squeezed, int expanded)
        {
            var fire = $"fire{number}";
            layers.Add(new ConvolutionLayer($"{fire}/squeeze1x1", inputs, squeezed, Size: 1, Padding: 0));
            layers.Add(new ReluLayer($"{fire}/relu_squeeze1x1"));
            layers.Add(new ConvolutionLayer($"{fire}/expand1x1", squeezed, expanded, Size: 1, Padding: 0));
            layers.Add(new ReluLayer($"{fire}/relu_expand1x1"));
            layers.Add(new ConvolutionLayer($"{fire}/expand3x3", squeezed, expanded) { From = $"{fire}/relu_squeeze1x1" });
            layers.Add(new ReluLayer($"{fire}/relu_expand3x3"));
            layers.Add(new ConcatenationLayer(fire, $"{fire}/relu_expand1x1", $"{fire}/relu_expand3x3"));
            names.Add($"{fire}/squeeze1x1", $"features.{position}.squeeze");
            names.Add($"{fire}/expand1x1", $"features.{position}.expand1x1");
            names.Add($"{fire}/expand3x3", $"features.{position}.expand3x3");
        }
    }
}
