using StyleLab.Networks;
using StyleLab.Pictures;
using StyleLab.Tensors;
using StyleLab.Tensors.Gradients;
using StyleLab.Tensors.Plans;

namespace StyleLab.Tests.Networks.Architectures;

/// <summary>
/// Every layer of each architecture, and the gradient at the picture, against PyTorch with the same random weights;
/// see tests/golden/make_architectures.py.
/// </summary>
public class RandomFeaturesTests
{
    [Theory]
    [InlineData("vgg16", 16, "relu1_1,relu3_1,pool5", 18)]
    [InlineData("vgg19", 19, "relu1_1,relu3_1,pool5", 21)]
    [InlineData("squeezenet1_1", 11, "relu1,fire3,pool3,fire5,fire9", 36)]
    public void EqualPyTorchInEveryLayer(string name, int seed, string losses, int layers)
    {
        var architecture = Architecture.Known.Single(known => known.Name == name);
        var golden = Golden.Read($"{name}_random");
        var network = new LossNetwork(
            new(name, architecture, new(false, name, 0, "", "None."), Weights(architecture, seed)), Pooling.Max).WithPadding(Padding.Zero);
        var picture = golden["picture"];
        var x = Tensor.Variable(new(1, 3, picture.Shape[2], picture.Shape[3]));
        var maps = new FeatureMaps(network, x);
        var expected = golden.Where(tensor => tensor.Key.StartsWith("features.", StringComparison.Ordinal)).ToList();
        Assert.Equal(layers, expected.Count);

        Tensor loss = LayerPick.Parse(losses).Resolve(architecture).Select(layer => maps[layer].Square().Mean()).Aggregate((a, b) => a + b);
        var gradient = Gradient.Of(loss, x)[0];
        var actual = expected.Select(tensor => maps[LayerOf(architecture, tensor.Key)]).ToList();
        using var plan = Plan.Compile([loss, gradient, .. actual]);
        plan.Write(x, picture.Values);
        plan.Run(TestContext.Current.CancellationToken);
        Assert.InRange(Golden.RelativeError(plan.Read(loss), golden["loss"].Values), 0, 1e-5);
        Assert.InRange(Golden.RelativeError(plan.Read(gradient), golden["gradient"].Values), 0, 1e-5);
        foreach (var (map, (key, values)) in actual.Zip(expected))
            Assert.True(Golden.RelativeError(EveryEighthChannel(map.Shape, plan.Read(map)), values.Values) <= 1e-5, key);
    }

    /// <summary>Our name of the layer that torchvision's module is.</summary>
    private static string LayerOf(Architecture architecture, string module)
    {
        if (architecture.TorchvisionNames.FirstOrDefault(name => name.Value == module).Key is { } convolution)
            return convolution;
        int number = int.Parse(module["features.".Length..]);
        if (architecture.Name != "squeezenet1_1")
            return architecture.Layers[number].Name;
        return number switch { 2 => "pool1", 3 => "fire2", 4 => "fire3", 5 => "pool3", 6 => "fire4", 7 => "fire5", 8 => "pool5", _ => $"fire{number - 3}" };
    }

    /// <summary>Evenly in ±√(6 / inputs of a filter), biases in ±0.1, in the order of torchvision's modules.</summary>
    private static Dictionary<string, ConvolutionWeights> Weights(Architecture architecture, int seed)
    {
        var random = new NoiseGenerator(seed);
        float[] Take(int count, double bound) => [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextUniform() - 1) * bound))];
        return architecture.Convolutions.ToDictionary(layer => layer.Name, layer =>
        {
            int inputs = layer.Inputs * layer.Size * layer.Size;
            return new ConvolutionWeights(
                new(layer.WeightShape, Take(layer.Outputs * inputs, Math.Sqrt(6.0 / inputs))), new([layer.Outputs], Take(layer.Outputs, 0.1)));
        });
    }

    private static float[] EveryEighthChannel(Shape shape, float[] values) =>
        [.. values.Chunk(shape.Area).Where((_, channel) => channel % 8 == 0).SelectMany(plane => plane)];
}
