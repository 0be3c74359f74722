using StyleLab.Networks;
using StyleLab.Tensors;

namespace StyleLab.Tests.Networks.RandomNetworks;

public class RandomNetworkTests
{
    // The hash is that of every machine: nothing in the making of the weights depends on the instruction set.
    [Theory]
    [InlineData("vgg19-slim-random:7", "116daaca6821103b")]
    [InlineData("squeezenet1_1-random:7", "31b9510b332e1fbf")]
    public void ASeedHasItsBits(string name, string firstDigits)
    {
        var network = LossNetwork.Load(name);
        Assert.Equal((name, Pooling.Average, true), (network.Name, network.Pooling, network.Source.IsEmbedded));
        Assert.StartsWith(firstDigits, network.Source.Sha256);
    }

    [Fact]
    public void AnotherSeedIsAnotherNetworkAndNoSeedIsTheFirst()
    {
        Assert.NotEqual(Weights("vgg19-slim-random:1"), Weights("vgg19-slim-random:-2"));
        Assert.Equal(Weights("vgg19-slim-random:1"), Weights("VGG19-slim-Random"));

        static float[] Weights(string name) => LossNetwork.Load(name).Weights("conv1_1").Weight.Values;
    }

    [Fact]
    public void EveryChannelHasAMeanActivationOfOneOnThePicturesItWasMadeWith()
    {
        var network = LossNetwork.Load("squeezenet1_1-random:2");
        var maps = Enumerable.Range(1, 4).Select(number => network.Features(DeadLeaves.Make(64, number, number))).ToList();
        foreach (var layer in network.Architecture.Layers.OfType<ReluLayer>())
        {
            int area = maps[0][layer.Name].Shape.Area;
            var planes = maps.Select(map => map[layer.Name].ToArray().Chunk(area).ToArray()).ToList();
            for (int channel = 0; channel < planes[0].Length; channel++)
                Assert.Equal(1, planes.Average(picture => picture[channel].Average(v => (double)v)), 2e-3);
        }
    }

    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(3, 2, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(5, 2, 2)]
    public void ExactConvolutionsAreConvolutions(int size, int stride, int padding)
    {
        var layer = new ConvolutionLayer("conv", 7, 32, size, stride, padding);
        var random = new Random(4);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - 0.5f)];
        var weights = Numbers(32 * 7 * size * size);
        var x = new ExactMap(7, 9, 11, Numbers(7 * 99));
        var planar = Enumerable.Range(0, 7).SelectMany(c => Enumerable.Range(0, 99).Select(i => x.Values[i * 7 + c])).ToArray();
        var expected = Tensor.Constant(planar, new(1, 7, 9, 11)).Pad(Padding.Reflect, padding, padding, padding, padding)
            .Convolution(Tensor.Constant(weights, new(32, 7, size, size)), Tensor.Constant(new float[32], new(1, 32, 1, 1)), stride);

        var actual = new ExactConvolution(layer, weights).Run(x, Padding.Reflect);
        Assert.Equal((expected.Shape.Height, expected.Shape.Width), (actual.Height, actual.Width));
        var asPlanes = Enumerable.Range(0, 32).SelectMany(c => Enumerable.Range(0, expected.Shape.Area).Select(i => actual.Values[i * 32 + c])).ToArray();
        Assert.InRange(Golden.RelativeError(asPlanes, expected.ToArray()), 0, 1e-6);
    }

    [Theory]
    [InlineData("vgg18-random:3", "There are no random weights for 'vgg18'; did you mean 'vgg19-random:1'? They can be made for vgg19, vgg16, vgg19-slim, squeezenet1_1.")]
    [InlineData("vgg19-random:x", "'vgg19-random:x' needs a whole number as its seed, such as vgg19-random:7; another seed makes another network.")]
    [InlineData("vgg19-randomly", "'vgg19-randomly' needs a whole number as its seed,")]
    [InlineData("vgg19-slim-rndom:1", "There is no network 'vgg19-slim-rndom:1'; did you mean 'vgg19-slim-random:1'?")]
    [InlineData("folder/vgg19-random.safetensors", "There is no network file 'folder/vgg19-random.safetensors';")]
    public void MistakesAreSaid(string name, string message) =>
        Assert.StartsWith(message, Assert.Throws<StyleLabException>(() => LossNetwork.Load(name)).Message);
}
