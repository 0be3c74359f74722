namespace StyleLab.Tests.Synthesis;

public class WeightBalanceTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_village = Shipped("village"), s_swirls = Shipped("swirls"), s_portrait = Shipped("portrait"), s_wave = Shipped("wave");

    [Theory]
    [InlineData(1, 1e5, "content")]
    [InlineData(1, 1e4, "content")]
    [InlineData(5e5, 100, "style")]
    [InlineData(1e4, 1, "style")]
    public async Task WeightsThatLeaveNoTraceAreTold(double content, double style, string weak)
    {
        foreach (var (shown, painted) in new[] { (s_village, s_swirls), (s_portrait, s_wave) })
        {
            string warning = Assert.Single(await Warnings(Experiments.StyleTransferObjective(shown, [painted], content, style)));
            Assert.StartsWith($"The {weak} pulls", warning);
            Assert.Contains("--convention pytorch-tutorial", warning);
        }
    }

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.01, 1)]
    [InlineData(100, 1)]
    public async Task WeightsThatShowAreNot(double content, double style) =>
        Assert.Empty(await Warnings(Experiments.StyleTransferObjective(s_village, [s_swirls], content, style)));

    [Theory]
    [InlineData(1, 1e5)]
    [InlineData(1, 5e5)]
    [InlineData(1, 1e6)]
    [InlineData(100, 6e5)]
    public async Task PublishedWeightsInTheirConventionAreNot(double content, double style)
    {
        foreach (var (shown, painted) in new[] { (s_village, s_swirls), (s_portrait, s_wave) })
            foreach (var (contentLayers, styleLayers) in new (LayerPick?, LayerPick?)[] { (null, null), ("relu4_2", "relu1_1..relu5_1") })
                Assert.Empty(await Warnings(Experiments.StyleTransferObjective(shown, [painted], content, style,
                    contentLayers: contentLayers, styleLayers: styleLayers, convention: Convention.PyTorchTutorial)));
    }

    [Fact]
    public async Task ConventionsBringWeightsThatShow()
    {
        foreach (var convention in new[] { Convention.Balanced, Convention.Johnson, Convention.PyTorchTutorial })
            Assert.Empty(await Warnings(Experiments.StyleTransferObjective(s_village, [s_swirls], convention: convention)));
    }

    // Gatys's content is a sum over all positions; with activations of about 1 his ratio leaves nothing to the style. With those of a
    // network of 0..255, larger by 255 · 0.225, it does.
    [Fact]
    public async Task TheFormulaOfGatysNeedsActivationsOfALargerScale()
    {
        const double Louder = 255 * 0.225;
        Assert.StartsWith("The style pulls", Assert.Single(await Warnings(Experiments.StyleTransferObjective(s_village, [s_swirls], convention: Convention.Gatys))));
        Assert.Empty(await Warnings(Experiments.StyleTransferObjective(s_village, [s_swirls], styleWeight: 200 * Louder * Louder, convention: Convention.Gatys)));
    }

    [Fact]
    public async Task AWeightOfZeroIsMeant() =>
        Assert.DoesNotContain(await Warnings(Experiments.StyleTransferObjective(s_village, [s_swirls], 0)), w => w.Contains("pulls"));

    [Fact]
    public async Task WhatIsSmallByNatureIsNot() =>
        Assert.Empty(await Warnings(Experiments.StyleTransferObjective(s_village, [s_swirls], totalVariation: 1e-9)));

    private static async Task<IReadOnlyList<string>> Warnings(Loss objective) =>
        (await s_network.Synthesize(objective, Start.Content(), Optimizer.Lbfgs(1))).Warnings;

    private static Picture Shipped(string name) => Picture.Load(Path.Combine(Repository.Folder, "data", "pictures", name + ".png")).Fit(128);
}
