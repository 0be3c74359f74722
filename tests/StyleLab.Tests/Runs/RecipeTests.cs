using StyleLab.Tensors.Engines;

namespace StyleLab.Tests.Synthesis;

public sealed class RecipeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-recipe").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ASavedPictureIsMadeAgainBitForBit()
    {
        string content = Save("content.png"), style = Save("style.png");
        var objective = 0.2 * Loss.Content(Picture.Load(content).Fit(48)) + Loss.Style(Picture.Load(style).Fit(48), layerWeights: [1, 1, 1, 2, 1, 1]);
        var result = await LossNetwork.Load("vgg19-slim", Pooling.Max)
            .Synthesize(objective, Start.Blurred(2), Optimizer.Adam(6, 0.03), sizes: [32, 48], keepColors: true);
        string file = Path.Combine(_folder, "result.png");
        result.Picture.Save(file);

        var again = await Recipe.Of(Picture.Load(file)).Synthesize();
        Assert.Equal(result.Picture.Values, again.Picture.Values);
        Assert.Equal(result.Recipe.ToJson(), again.Recipe.ToJson());
    }

    [Fact]
    public async Task EveryKindOfPartSurvivesJson()
    {
        var content = Picture.Load(Save("content.png")).Crop(0, 0, 30, 30);
        var objective = Loss.Content(content, "conv#4", Convention.Gatys) + 2 * Loss.Style(content, "relu1_1..relu3_1", convention: Convention.Johnson)
            + Loss.TotalVariation() + 3 * Loss.Range();
        foreach (var start in new[] { Start.Noise(7, 0.2), Start.Content(), Start.Blurred(3), Start.From(content) })
            foreach (var optimizer in new[] { Optimizer.Lbfgs(2, 7, 0.5), Optimizer.Adam(2), Optimizer.Adam(2) with { AcrossSizes = true } })
            {
                var recipe = LossNetwork.Load("vgg19-slim").Synthesize(objective, start, optimizer).Recipe;
                Assert.Equal(recipe.ToJson(), Recipe.FromJson(recipe.ToJson()).ToJson());
                await recipe.Synthesize();
            }
    }

    [Fact]
    public void WhatCannotBeMadeAgainIsSaid()
    {
        var inMemory = LossNetwork.Load("vgg19-slim").Synthesize(Loss.Content(new Picture(32, 32))).Recipe;
        Assert.Contains("only in memory", Assert.Throws<StyleLabException>(() => Recipe.FromJson(inMemory.ToJson())).Message);
        var picture = Picture.Load(Save("content.png"));
        var code = LossNetwork.Load("vgg19-slim").Synthesize(Loss.Content(picture) + Loss.Custom("relu1_1", f => f.Mean())).Recipe;
        Assert.Contains("written as code", Assert.Throws<StyleLabException>(() => Recipe.FromJson(code.ToJson())).Message);
        Assert.Contains("carries no recipe", Assert.Throws<StyleLabException>(() => Recipe.Of(picture)).Message);
        Assert.Contains("cannot be read", Assert.Throws<StyleLabException>(() => Recipe.FromJson("{\"network\": 3}")).Message);
    }

    [Fact]
    public void AnotherOptimizerBringsItsSteps()
    {
        var picture = Golden.Picture("content");
        var network = LossNetwork.Load("vgg19-slim");
        Recipe Of(int steps) => network.Synthesize(Loss.Content(picture), Start.Noise(), Optimizer.Lbfgs(steps), sizes: [32, 48, 64]).Recipe;
        var recipe = Of(20);
        Assert.Equal(Of(50).Passes, (recipe with { Optimizer = Optimizer.Adam(50) }).Passes);
        Assert.Equal(Of(3).Passes, (recipe with { Start = Start.Content(), Optimizer = Optimizer.Lbfgs(3) }).Passes);
        // Passes that are given with it are not shared out again, whichever comes first.
        Pass[] own = [new(new(32, 24), 7), new(new(64, 48), 1)];
        Assert.Equal(own, (recipe with { Passes = own, Optimizer = Optimizer.Lbfgs(8) }).Passes);
        Assert.Equal(own, (recipe with { Optimizer = Optimizer.Lbfgs(8), Passes = own }).Passes);
        Assert.Equal(recipe.Passes, (recipe with { Optimizer = Optimizer.Lbfgs(20, history: 5) }).Passes);
    }

    [Fact]
    public void ARecipeOfAnotherNetworkIsRefused()
    {
        var recipe = LossNetwork.Load("vgg19-slim").Synthesize(Loss.Content(Picture.Load(Save("content.png")))).Recipe;
        var other = recipe with { Network = recipe.Network with { Sha256 = new string('0', 64) } };
        Assert.Contains("not the one the recipe was made with", Assert.Throws<StyleLabException>(() => other.Synthesize()).Message);
    }

    private string Save(string name)
    {
        string file = Path.Combine(_folder, name);
        Golden.Picture(Path.GetFileNameWithoutExtension(name)).Save(file);
        return file;
    }
}
