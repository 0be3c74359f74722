using StyleLab.Tensors;

namespace StyleLab.Tests.Networks;

/// <summary>The ResNet-18 inside the library against PyTorch; tests/golden/make_resnet18.py says how it was computed.</summary>
public class EmbeddedResNetTests
{
    [Theory]
    [InlineData("strides", Striding.Skip, Pooling.Max, Padding.Zero)]
    [InlineData("averages", Striding.Average, Pooling.Average, Padding.Reflect)]
    public void Every_block_gives_what_pytorch_gives(string kind, Striding striding, Pooling pooling, Padding padding)
    {
        var network = LossNetwork.Load("resnet18", pooling).WithStriding(striding).WithPadding(padding);
        var picture = Golden.Picture("picture").Crop(0, 0, 32, 32);
        var maps = network.Features(picture);
        var expected = Golden.Read("resnet18").Where(tensor => tensor.Key.StartsWith(kind, StringComparison.Ordinal)).ToList();
        Assert.Equal(7, expected.Count);
        foreach (var (key, values) in expected)
        {
            var map = maps[key[(kind.Length + 1)..]];
            float[] every = [.. map.ToArray().Chunk(map.Shape.Area).Where((_, channel) => channel % 8 == 0).SelectMany(plane => plane)];
            Assert.True(Golden.RelativeError(every, values.Values) <= 1e-5, key);
        }
    }

    [Fact]
    public void It_is_the_published_file_and_averages_its_strides()
    {
        var network = LossNetwork.Load("ResNet18");
        Assert.Equal(("resnet18", "resnet18", true, Striding.Average), (network.Name, network.Source.Reference, network.Source.IsEmbedded, network.Striding));
        Assert.InRange(network.Source.Bytes, 5_000_000, 6_000_000);
        Assert.Equal("03d9027712fc82bb040fda4cc5d4012819aea8787ab32c3f62f16194fae43ff0", network.Source.Sha256);
        Assert.Equal(Striding.Average, network.Recipe.Striding);
        Assert.Same(LossNetwork.Names[1], LossNetwork.Names.Single(name => name == "resnet18"));
        Assert.Contains("sum of conv2 and res3_1", network.Describe().ToString());
        Assert.Equal(["res2_2", "res3_2", "res4_2"], LayerPick.Parse("res2_2..res4_2").Resolve(network.Architecture));
    }

    [Fact]
    public async Task It_makes_pictures_whose_recipe_can_be_run_again()
    {
        var network = LossNetwork.Load("resnet18");
        var result = await network.Synthesize(Loss.Style(Golden.Picture("style"), "input,res2_2"), optimizer: Optimizer.Lbfgs(3), size: new(32, 32));
        Assert.True(result.LossesAtEnd!.Value < result.LossesAtStart!.Value);
        Assert.Equal(result.Picture.Values, (await result.Recipe.Synthesize()).Picture.Values);
    }
}
