namespace StyleLab.Tests.Synthesis;

public class GreyTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");

    // Sides that no vector length divides, so that every loop has a remainder.
    private static readonly Picture s_content = Golden.Picture("content").Resize(75, 57).Luminance();
    private static readonly Picture s_style = Golden.Picture("style").Resize(59, 71).Luminance();
    private static readonly Picture s_colored = Golden.Picture("style").Resize(59, 71);

    public static TheoryData<string, Optimizer> Runs => new()
    {
        { "transfer", Optimizer.Lbfgs(24) },
        { "transfer", Optimizer.Adam(12) },
        { "texture", Optimizer.Lbfgs(16) },
        { "tile", Optimizer.Lbfgs(8) },
        { "analogy", Optimizer.Lbfgs(8) },
        { "reconstruction", Optimizer.Lbfgs(8) },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task GreyInGreyOut(string name, Optimizer optimizer)
    {
        var run = name switch
        {
            "transfer" => s_network.Synthesize(Loss.Content(s_content) * 0.1 + Loss.Style(s_style) + Loss.TotalVariation(),
                Start.Noise(3), optimizer, sizes: [40, 75], keepColors: true),
            "texture" => Experiments.TextureSynthesis(s_network, s_style, optimizer: optimizer),
            "tile" => Experiments.TextureSynthesis(s_network, s_style, optimizer: optimizer, tileable: true),
            "analogy" => Experiments.SuperResolution(s_network, s_content.Resize(37, 28), s_style, optimizer: optimizer),
            _ => Experiments.ContentReconstruction(s_network, s_content, "relu3_1", optimizer: optimizer),
        };
        Assert.True(run.Recipe.Grey);
        await foreach (var step in run)
            AssertGrey(step.Picture);
        var result = await run;
        AssertGrey(result.Picture);
        Assert.True(result.LossesAtEnd!.Value < result.LossesAtStart!.Value);
        AssertGrey((await result.Continue(2)).Picture);
    }

    [Fact]
    public async Task TheNoiseItStartsFromKeepsItsStrength()
    {
        var result = await s_network.Synthesize(Loss.Style(s_style), Start.Noise(1, sigma: 0.1), Optimizer.Lbfgs(0), size: new(64, 64), sizes: [64]);
        double mean = result.Picture.MeanColor().Red;
        Assert.InRange(Math.Sqrt(result.Picture.Values.Average(v => (v - mean) * (v - mean))), 0.09, 0.11);
        Assert.InRange(mean, s_style.MeanColor().Red - 0.01, s_style.MeanColor().Red + 0.01);
    }

    [Fact]
    public async Task GreyLosesLittleOfTheObjective()
    {
        var objective = Loss.Content(s_content) * 0.1 + Loss.Style(s_style);
        var grey = s_network.Synthesize(objective, Start.Content(), Optimizer.Lbfgs(40));
        var free = new Recipe(grey.Recipe.Network, objective, Start.Content(), Optimizer.Lbfgs(40), grey.Recipe.Passes, 8, false, grey.Recipe.Engine).Synthesize();
        Assert.False(free.Recipe.Grey);
        Assert.True((await grey).LossesAtEnd!.Value < 1.5 * (await free).LossesAtEnd!.Value);
    }

    [Fact]
    public async Task AnyColorAndTheRunHasColors()
    {
        var coloured = s_network.Synthesize(Loss.Content(s_content) * 0.1 + Loss.Style(s_colored), Start.Content(), Optimizer.Lbfgs(8));
        Assert.False(coloured.Recipe.Grey);
        Assert.False((await coloured).Picture.IsGrey());
        Assert.False(s_network.Synthesize(Loss.Style(s_style), Start.From(s_colored)).Recipe.Grey);
        Assert.False(s_network.Synthesize(Loss.Content(s_colored, "relu1_1") + Loss.Style(s_style)).Recipe.Grey);
        Assert.False(s_network.Synthesize(Loss.LowResolution(s_colored) + Loss.Style(s_style), size: new(118, 142)).Recipe.Grey);
        Assert.False(s_network.Synthesize(Loss.Style(s_style) + Loss.Custom("relu1_1", f => -1 * f.Mean())).Recipe.Grey);
        Assert.False(s_network.Synthesize(Loss.TotalVariation(), size: new(64, 64)).Recipe.Grey);
        // Guides say where, not what.
        Assert.True(s_network.Synthesize(Loss.Style(s_style, guide: s_colored)).Recipe.Grey);
    }

    [Fact]
    public void OneLevelOfColorIsStillGreyAndThreeAreNot()
    {
        var almost = new Picture(s_style.Width, s_style.Height, [.. s_style.Values]);
        almost[0, 5, 5] = almost[1, 5, 5] + 1f / 255;
        Assert.True(almost.IsGrey());
        almost[0, 5, 5] = almost[1, 5, 5] + 3f / 255;
        Assert.False(almost.IsGrey());
    }

    [Fact]
    public void ARecipeSaysItAndOneFromBeforeIsReproducedAsItWas()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            s_style.Save(Path.Combine(folder, "grey.png"));
            s_colored.Save(Path.Combine(folder, "colored.png"));
            var style = Picture.Load(Path.Combine(folder, "grey.png"));
            string json = s_network.Synthesize(Loss.Style(style)).Recipe.ToJson();
            Assert.Contains("\"grey\":true", json);
            Assert.True(Recipe.FromJson(json).Grey);
            Assert.False(Recipe.FromJson(json.Replace("\"grey\":true,", "")).Grey);
            var recipe = s_network.Synthesize(Loss.Style(Picture.Load(Path.Combine(folder, "colored.png")))).Recipe;
            // Recipes with colours are written as before, and so keep their hash.
            Assert.DoesNotContain("grey\":", recipe.ToJson());
            Assert.True((recipe with { Objective = Loss.Style(style) }).Grey);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertGrey(Picture picture)
    {
        var values = picture.Values.AsSpan();
        int plane = values.Length / 3;
        Assert.True(values[..plane].SequenceEqual(values[plane..(2 * plane)]));
        Assert.True(values[..plane].SequenceEqual(values[(2 * plane)..]));
    }
}
