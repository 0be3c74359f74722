using StyleLab.Losses;
using StyleLab.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab.Tests.Losses;

/// <summary>Objectives whose terms look at different networks.</summary>
public sealed class SeveralNetworksTests : IDisposable
{
    private static readonly Picture s_content = Picture.Load(Path.Combine(Repository.Folder, "data", "pictures", "village.png")).Resize(32, 32);
    private static readonly Picture s_style = Picture.Load(Path.Combine(Repository.Folder, "data", "pictures", "swirls.png")).Resize(32, 32);

    private static readonly LossNetwork s_slim = LossNetwork.Load("vgg19-slim"), s_resnet = LossNetwork.Load("resnet18");

    private static readonly Loss s_both = 0.1 * Loss.Content(s_content) + Loss.Style(s_style, "input,relu1_1,relu2_1") + Loss.Style(s_style, "res2_2,res3_2", on: s_resnet);

    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-several-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_term_is_what_it_is_on_its_network_alone()
    {
        var both = LossesOf(s_slim, s_both);
        Assert.Equal(["content", "style", "style on resnet18"], both.Parts.Select(part => part.Name));
        Assert.Equal(LossesOf(s_slim, Loss.Style(s_style, "input,relu1_1,relu2_1")).Value, both.Parts[1].Value, 1e-5);
        Assert.Equal(LossesOf(s_resnet, Loss.Style(s_style, "res2_2,res3_2")).Value, both.Parts[2].Value, 1e-5);
        // Content, analogies and functions as well.
        var others = Loss.Content(s_content, on: s_resnet) + Loss.StyleAnalogy(s_content, s_content, s_style, "res2_2", on: s_resnet)
            + Loss.Custom("res2_1", map => map.Square().Mean(), on: s_resnet) + Loss.Custom("res2_1", s_style, (map, target) => (map - target).Abs().Mean(), on: s_resnet);
        var alone = Loss.Content(s_content) + Loss.StyleAnalogy(s_content, s_content, s_style, "res2_2")
            + Loss.Custom("res2_1", map => map.Square().Mean()) + Loss.Custom("res2_1", s_style, (map, target) => (map - target).Abs().Mean());
        Assert.Equal(LossesOf(s_resnet, alone).Parts.Select(part => part.Value), LossesOf(s_slim, others).Parts.Select(part => part.Value));
    }

    [Fact]
    public void No_layer_is_computed_twice()
    {
        int Convolutions(LossNetwork network, Loss objective)
        {
            using var evaluation = Evaluate(network, objective);
            return evaluation.Measure().Count(step => step.Step.Contains("Convolution", StringComparison.Ordinal));
        }
        var more = s_both + Loss.Style(s_style, "res3_2", on: LossNetwork.Load("resnet18")) + Loss.Content(s_content, "relu3_1", on: LossNetwork.Load("vgg19-slim"));
        Assert.Equal(Convolutions(s_slim, 0.1 * Loss.Content(s_content) + Loss.Style(s_style, "input,relu1_1,relu2_1")) + Convolutions(s_resnet, Loss.Style(s_style, "res2_2,res3_2")),
            Convolutions(s_slim, more));
    }

    [Fact]
    public async Task Recipes_checkpoints_and_cards_know_the_other_network()
    {
        var run = s_slim.Synthesize(s_both, Start.Content(), Optimizer.Lbfgs(4), sizes: [16, 32]);
        var result = await run;
        string json = result.Recipe.ToJson();
        Assert.Contains("\"on\":{\"name\":\"resnet18\"", json.Replace(" ", ""));
        Assert.DoesNotContain("\"on\"", s_slim.Synthesize(Loss.Style(s_style)).Recipe.ToJson());
        var read = Recipe.FromJson(json);
        Assert.Equal(["vgg19-slim", "resnet18"], RecipeJson.NeedsOf(json).Networks.Select(network => network.Name));
        Assert.Equal(result.Picture.Values, (await read.Synthesize()).Picture.Values);

        string path = Path.Combine(_folder, "run.safetensors");
        Loss[] halves = [s_both];
        await foreach (var step in s_slim.Synthesize(halves[0], Start.Content(), Optimizer.Lbfgs(4), sizes: [16, 32]))
            if (step.Index == 3)
            {
                step.Save(path);
                break;
            }
        Assert.Equal(result.Picture.Values, (await SynthesisResult.Load(path).Continue()).Picture.Values);

        Assert.Contains("res2_2,res3_2 of resnet18", Cards.LossOutline.Of(s_both).ToText());
        Assert.Contains("style on resnet18", Cards.LossOutline.Of(s_both).ToText());
        Assert.Contains("style on resnet18", result.LossPlot().Series.Select(series => series.Name));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task The_name_of_a_copy_does_not_matter_to_kept_results()
    {
        s_resnet.Save(Path.Combine(_folder, "one.json"));
        Recipe With(string name) => s_slim.Synthesize(Loss.Style(s_style, "res2_1", on: LossNetwork.Load(Path.Combine(_folder, name))), optimizer: Optimizer.Lbfgs(1), size: new(16, 16)).Recipe;
        string? first = RecipeHash.Of(With("one.json"));
        foreach (string extension in new[] { "json", "safetensors" })
            File.Copy(Path.Combine(_folder, "one." + extension), Path.Combine(_folder, "two." + extension));
        // The description names its weights, so the copy is the same network.
        Assert.Equal(first, RecipeHash.Of(With("two.json")));
        Assert.NotEqual(first, RecipeHash.Of(With("one.json") with { Objective = Loss.Style(s_style, "res2_1", on: s_resnet.WithStriding(Striding.Skip)) }));

        var sweep = Sweep.Of(s_slim.Synthesize(Loss.Style(s_style, "res2_1", on: s_resnet), optimizer: Optimizer.Lbfgs(1), size: new(16, 16)).Recipe)
            .Over("striding", new[] { Striding.Skip, Striding.Average }, (recipe, striding) => recipe with { Objective = Loss.Style(s_style, "res2_1", on: s_resnet.WithStriding(striding)) });
        var cells = await sweep.Run(Path.Combine(_folder, "runs"));
        Assert.NotEqual(cells[0].Picture!.Values, cells[1].Picture!.Values);
    }

    [Fact]
    public void A_loss_of_ones_own_asks_another_network_through_its_context()
    {
        Assert.Equal(LossesOf(s_resnet, new Brightness(null)).Value, LossesOf(s_slim, new Brightness(s_resnet)).Value);
    }

    [Fact]
    public void Layers_are_looked_for_in_the_network_they_are_of()
    {
        var error = Assert.Throws<StyleLabException>(() => s_slim.Synthesize(Loss.Style(s_style, "res9_9", on: s_resnet)));
        Assert.StartsWith("There is no layer 'res9_9' in resnet18; the nearest are ", error.Message);
        error = Assert.Throws<StyleLabException>(() => s_slim.Synthesize(s_both with { } is SumLoss sum ? sum.WithNetworks(network => network with { Name = "resnet19" }) : s_both));
        Assert.StartsWith("There is no network 'resnet19'; did you mean 'resnet18'?", error.Message);
        error = Assert.Throws<StyleLabException>(() => s_slim.Synthesize(s_both.WithNetworks(network => network with { Sha256 = "00" })));
        Assert.StartsWith("The loss network 'resnet18' is not the one the recipe was made with ", error.Message);
    }

    [Fact]
    public void Published_weights_are_balanced_on_their_own_network()
    {
        var published = Loss.Style(s_style, "res2_2,res3_2", convention: Convention.Gatys, on: s_resnet);
        var balanced = (WeightedLoss)published.ToBalanced(s_slim);
        Assert.Equal("resnet18", ((StyleLoss)balanced.Loss).On!.Name);
        Assert.Equal(LossesOf(s_slim, published).Value, LossesOf(s_slim, balanced).Value, 1e-4 * LossesOf(s_slim, published).Value);
    }

    private static LossValues LossesOf(LossNetwork network, Loss objective)
    {
        using var evaluation = Evaluate(network, objective);
        return evaluation.Losses;
    }

    private static Evaluation Evaluate(LossNetwork network, Loss objective)
    {
        var evaluation = new Evaluation(network, objective, new(32, 32), margin: 8, scale: 1, Engine.Default);
        evaluation.At(Picture.Noise(48, 48, seed: 2, (0.5f, 0.5f, 0.5f), sigma: 0.2).Values, TestContext.Current.CancellationToken);
        return evaluation;
    }

    private sealed record Brightness(LossNetwork? Other) : Loss
    {
        public override LossTerm Build(LossContext context) => (Other is null ? context : context.On(Other)).Maps["res2_1"].Mean();
    }
}
