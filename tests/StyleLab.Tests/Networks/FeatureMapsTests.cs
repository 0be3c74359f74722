using StyleLab.Tensors;

namespace StyleLab.Tests.Networks;

/// <summary>Feature maps of every layer of the embedded network against PyTorch.</summary>
public class FeatureMapsTests
{
    [Theory]
    [InlineData("features_reflect_average", Padding.Reflect, Pooling.Average)]
    [InlineData("features_replicate_average", Padding.Replicate, Pooling.Average)]
    [InlineData("features_zero_max", Padding.Zero, Pooling.Max)]
    public void EqualPyTorchInEveryLayer(string file, Padding padding, Pooling pooling)
    {
        var network = LossNetwork.Load("vgg19-slim", pooling).WithPadding(padding);
        var maps = network.Features(Golden.Picture("picture"));
        var golden = Golden.ReadFeatures(file);
        Assert.InRange(golden.Count, 16, 37);
        foreach (var (layer, expected) in golden)
            Assert.True(Golden.RelativeError(maps[layer].ToArray(), expected.Values) <= 1e-5, layer);
    }

    [Fact]
    public void AReluLayerIsTheConvolutionWithoutNegatives()
    {
        var maps = LossNetwork.Load("vgg19-slim").Features(Golden.Picture("picture"));
        Assert.Equal(maps["conv3_2"].ToArray().Select(v => Math.Max(v, 0)), maps["relu3_2"].ToArray());
    }

    [Fact]
    public void LayersAreMadeOnceAndInAnyOrder()
    {
        var maps = LossNetwork.Load("vgg19-slim").Features(Golden.Picture("picture"));
        var deep = maps["relu4_1"];
        Assert.Same(maps["pool1"], maps["pool1"]);
        Assert.Same(deep, maps["RELU4_1"]);
    }

    [Fact]
    public void AnUnknownLayerNamesTheNearest()
    {
        var maps = LossNetwork.Load("vgg19-slim").Features(Golden.Picture("picture"));
        var error = Assert.Throws<StyleLabException>(() => maps["relu4_5"]);
        Assert.Contains("relu4_4", error.Message);
    }

    [Fact]
    public void APictureTooSmallForALayerIsSaidSo()
    {
        var maps = LossNetwork.Load("vgg19-slim").Features(new Picture(12, 6));
        var error = Assert.Throws<StyleLabException>(() => maps["relu5_1"]);
        Assert.Contains("too small for layer 'pool3'", error.Message);
    }
}
