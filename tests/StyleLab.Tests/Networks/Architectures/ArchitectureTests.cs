namespace StyleLab.Tests.Networks.Architectures;

public class ArchitectureTests
{
    [Fact]
    public void Vgg19_has_the_published_layers_in_order()
    {
        string[] expected =
        [
            "conv1_1", "relu1_1", "conv1_2", "relu1_2", "pool1",
            "conv2_1", "relu2_1", "conv2_2", "relu2_2", "pool2",
            "conv3_1", "relu3_1", "conv3_2", "relu3_2", "conv3_3", "relu3_3", "conv3_4", "relu3_4", "pool3",
            "conv4_1", "relu4_1", "conv4_2", "relu4_2", "conv4_3", "relu4_3", "conv4_4", "relu4_4", "pool4",
            "conv5_1", "relu5_1", "conv5_2", "relu5_2", "conv5_3", "relu5_3", "conv5_4", "relu5_4", "pool5",
        ];
        Assert.Equal(expected, Architecture.Vgg19.Layers.Select(layer => layer.Name));
        Assert.Equal(expected[..^1], Architecture.Vgg19Slim.Layers.Select(layer => layer.Name));
    }

    // Positions in torchvision's chain of layers, which its weight files are numbered by.
    [Fact]
    public void Convolutions_stand_where_torchvision_numbers_them()
    {
        Assert.Equal([0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34], ConvolutionPositions(Architecture.Vgg19));
        Assert.Equal([0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28], ConvolutionPositions(Architecture.Vgg16));

        static IEnumerable<int> ConvolutionPositions(Architecture architecture) =>
            architecture.Layers.Index().Where(layer => layer.Item is ConvolutionLayer).Select(layer => layer.Index);
    }

    [Fact]
    public void Channels_fit_from_layer_to_layer()
    {
        foreach (var architecture in Architecture.Known)
        {
            var channels = new Dictionary<string, int> { [Architecture.InputLayer] = 3 };
            foreach (var (layer, sources) in architecture.Connections())
            {
                if (layer is ConvolutionLayer convolution)
                    Assert.Equal(channels[sources[0]], convolution.Inputs);
                channels[layer.Name] = (layer as ConvolutionLayer)?.Outputs ?? sources.Sum(source => channels[source]);
            }
        }
        Assert.Equal(512, Architecture.Vgg19.Convolutions.Last().Outputs);
        Assert.Equal([16, 16, 32, 32, 64, 64, 64, 64, 128, 128, 128, 128, 128, 128, 128, 128],
            Architecture.Vgg19Slim.Convolutions.Select(layer => layer.Outputs));
    }

    [Fact]
    public void Costs_are_those_published_for_the_convolutions_of_vgg19()
    {
        var costs = LayerCost.Of(Architecture.Vgg19);
        Assert.Equal(20_024_384, costs.Sum(layer => layer.Parameters));
        Assert.Equal(14_714_688, LayerCost.Of(Architecture.Vgg16).Sum(layer => layer.Parameters));
        Assert.Equal(12_944_960, UpTo("conv5_1").Sum(layer => layer.Parameters));

        // Multiply-adds at 512 × 512.
        Assert.Equal(24.6e9, UpTo("conv2_2").Sum(layer => layer.MacsPerPixel) * 512 * 512, 0.05e9);
        Assert.Equal(72.9e9, UpTo("conv4_2").Sum(layer => layer.MacsPerPixel) * 512 * 512, 0.05e9);
        Assert.Equal(94.7e9, UpTo("conv5_1").Sum(layer => layer.MacsPerPixel) * 512 * 512, 0.05e9);

        IEnumerable<LayerCost> UpTo(string name) => costs.Take(costs.ToList().FindIndex(layer => layer.Name == name) + 1);
    }

    [Theory]
    [InlineData("conv1_1", 3, 1)]
    [InlineData("conv2_2", 14, 2)]
    [InlineData("conv3_1", 24, 4)]
    [InlineData("relu3_1", 24, 4)]
    [InlineData("conv4_1", 68, 8)]
    [InlineData("conv4_2", 84, 8)]
    [InlineData("conv5_1", 156, 16)]
    [InlineData("pool5", 268, 32)]
    public void Receptive_field_and_stride(string name, int field, int stride)
    {
        var layer = LayerCost.Of(Architecture.Vgg19).Single(layer => layer.Name == name);
        Assert.Equal((field, stride), (layer.ReceptiveField, layer.Stride));
    }

    [Fact]
    public void SqueezeNet_has_the_published_layers_and_parameters()
    {
        var costs = LayerCost.Of(Architecture.SqueezeNet11);
        Assert.Equal(1_235_496 - 513 * 1000, costs.Sum(layer => layer.Parameters));
        Assert.Equal(["pool1", "pool3", "pool5"], Architecture.SqueezeNet11.Layers.OfType<PoolLayer>().Select(layer => layer.Name));
        Assert.Equal(26 - 1, Architecture.SqueezeNet11.Convolutions.Count());
        // Table 1 of the paper gives 55, 27 and 13 for version 1.0; version 1.1 pools earlier, here for 256 × 256.
        Assert.Equal([127, 63, 31, 15], new[] { "relu1", "fire3", "fire5", "fire9" }.Select(name => costs.Single(layer => layer.Name == name).Size));
    }

    [Theory]
    [InlineData("conv1", 64, 3, 2)]
    [InlineData("pool1", 64, 7, 4)]
    [InlineData("fire2/squeeze1x1", 16, 7, 4)]
    [InlineData("fire2/expand1x1", 64, 7, 4)]
    [InlineData("fire2/expand3x3", 64, 15, 4)]
    [InlineData("fire2", 128, 15, 4)]
    [InlineData("fire3", 128, 23, 4)]
    [InlineData("pool3", 128, 31, 8)]
    [InlineData("fire9", 512, 207, 16)]
    public void Receptive_field_and_stride_through_branches(string name, int channels, int field, int stride)
    {
        var layer = LayerCost.Of(Architecture.SqueezeNet11).Single(layer => layer.Name == name);
        Assert.Equal((channels, field, stride), (layer.Channels, layer.ReceptiveField, layer.Stride));
    }

    [Fact]
    public void Content_and_style_layers_exist_and_typical_ones_are_those_of_vgg()
    {
        foreach (var architecture in Architecture.Known)
        {
            Assert.NotEmpty(LayerPick.Parse("content").Resolve(architecture));
            Assert.Equal("input", LayerPick.Parse("style").Resolve(architecture)[0]);
        }
        var unnamed = new Architecture("mine", Architecture.Vgg19.Layers, Preprocessing.Torchvision);
        Assert.Equal(["relu3_1", "relu4_2"], LayerPick.Parse("content").Resolve(unnamed));
        Assert.Equal(["input", "relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"], LayerPick.Parse("style").Resolve(unnamed));
    }
}
