namespace StyleLab.Tests.Networks.RandomNetworks;

/// <summary>The same recipe on random weights: form of the content, colours of the style, as on the embedded network.</summary>
public class BalanceTests
{
    [Theory]
    [InlineData("vgg19-slim-random:1")]
    [InlineData("squeezenet1_1-random:1")]
    public async Task TheSameRecipeShowsTheContentInTheColoursOfTheStyle(string name)
    {
        Picture content = Painted("harbour.png").Fit(80), style = Painted("wave.png").Fit(80);
        var objective = Experiments.StyleTransferObjective(content, [style]);
        var result = (await LossNetwork.Load(name).Synthesize(objective, Start.Noise(1), Optimizer.Lbfgs(60))).Picture;

        // With the layers of trained networks it is 0.05.
        Assert.InRange(Measure.Ssim(result, content), 0.2, 1);
        double own = ColorStatistics.Of(content).DistanceTo(ColorStatistics.Of(style));
        Assert.InRange(ColorStatistics.Of(result).DistanceTo(ColorStatistics.Of(style)), 0, 0.4 * own);
    }

    [Fact]
    public void TheBalanceOfANetworkIsInItsRecipe()
    {
        var random = LossNetwork.Load("vgg19-slim-random:3");
        Assert.Equal(2, random.Recipe.ContentScale);
        Assert.Equal(2, random.Recipe.Load().Architecture.ContentScale);
        Assert.Equal(5, (random.Recipe with { ContentScale = 5 }).Load().Architecture.ContentScale);
        Assert.Null(LossNetwork.Load("vgg19-slim").Recipe.ContentScale);
        Assert.Throws<ArgumentException>(() => random.Recipe with { ContentScale = 0 });
    }

    [Fact]
    public async Task TheScaleMultipliesTheBalancedContentTerm()
    {
        var random = LossNetwork.Load("vgg19-slim-random:3");
        var objective = Loss.Content(Picture.Noise(32, 32, 2, (0.5f, 0.5f, 0.5f), 0.2), "relu1_2");
        async Task<double> Value(double scale) => (await (random.Recipe with { ContentScale = scale }).Load()
            .Synthesize(objective, Start.Noise(1), Optimizer.Lbfgs(1))).LossesAtStart!.Value;
        Assert.Equal(3, await Value(3) / await Value(1), 1e-5);
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".json")]
    public void ARandomNetworkThatIsSavedKeepsItsBalance(string extension)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}{extension}");
        try
        {
            var random = LossNetwork.Load("vgg19-slim-random:3");
            random.Save(path);
            var again = LossNetwork.Load(path).Architecture;
            Assert.Equal((random.Architecture.ContentLayers, random.Architecture.StyleLayers, 2), (again.ContentLayers, again.StyleLayers, again.ContentScale));
        }
        finally
        {
            File.Delete(path);
            File.Delete(Path.ChangeExtension(path, ".safetensors"));
        }
    }

    private static Picture Painted(string file) => Picture.Load(Path.Combine(Repository.Folder, "data", "pictures", file));
}
