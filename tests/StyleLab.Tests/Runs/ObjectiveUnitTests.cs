using StyleLab.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab.Tests.Synthesis;

/// <summary>Only the ratios of weights matter.</summary>
public class ObjectiveUnitTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_content = Golden.Picture("content").Resize(64, 48);
    private static readonly Picture s_style = Golden.Picture("style").Resize(48, 64);

    private static Loss Balanced => 0.1 * Loss.Content(s_content) + Loss.Style(s_style) + Loss.TotalVariation() + 10 * Loss.Range();

    public static TheoryData<double, string> Factors
    {
        get
        {
            var cases = new TheoryData<double, string>();
            foreach (double factor in new[] { 1e-12, 0.01, 3, Math.Pow(2, 39), 1e12, 1e36 })
                foreach (string optimizer in new[] { "lbfgs", "adam", "averaged" })
                    cases.Add(factor, optimizer);
            return cases;
        }
    }

    // What the factors are compared with is made once.
    private static readonly Dictionary<string, Lazy<Task<SynthesisResult>>> s_plain =
        new[] { "lbfgs", "adam", "averaged" }.ToDictionary(optimizer => optimizer, optimizer => new Lazy<Task<SynthesisResult>>(() => Run(Balanced, optimizer)));

    [Theory]
    [MemberData(nameof(Factors))]
    public async Task AFactorChangesNoBitOfThePicture(double factor, string optimizer)
    {
        var plain = await s_plain[optimizer].Value;
        var scaled = await Run(Times(factor, Balanced), optimizer);
        Assert.Equal(plain.Picture.Values, scaled.Picture.Values);
        Assert.Equal(plain.History.Select(h => h.Value * factor), scaled.History.Select(h => h.Value), (a, b) => Math.Abs(a - b) <= 1e-12 * Math.Abs(a));
        Assert.Equal(plain.Warnings.Count, scaled.Warnings.Count);
    }

    /// <summary>A factor inside a loss of one's own cannot be seen in its weight, nor can the scale of a convention.</summary>
    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e12)]
    public async Task AFactorInALossOfOnesOwnGivesTheSamePicture(double factor)
    {
        foreach (string optimizer in new[] { "lbfgs", "adam" })
        {
            Loss Of(float factor) => Loss.Custom("relu2_1", f => (f.Gram() / f.Shape.Area - 0.01f).Square().Mean() * factor);
            var plain = await Run(Of(1), optimizer);
            var scaled = await Run(Of((float)factor), optimizer);
            Assert.InRange(scaled.LossesAtEnd!.Value / factor / plain.LossesAtEnd!.Value, 0.8, 1.25);
            Assert.True(plain.LossesAtEnd.Value < 0.5 * plain.LossesAtStart!.Value, $"{plain.LossesAtStart.Value} {plain.LossesAtEnd.Value}");
        }
    }

    [Theory]
    [InlineData(Convention.Gatys, 1, 1e3)]
    [InlineData(Convention.Johnson, 1e-5, 1)]
    [InlineData(Convention.PyTorchTutorial, 1, 1e6)]
    public async Task ConventionsComeDownAtAnyFactor(Convention convention, double contentWeight, double styleWeight)
    {
        foreach (string optimizer in new[] { "lbfgs", "adam" })
        {
            var objective = contentWeight * Loss.Content(s_content, convention: convention) + styleWeight * Loss.Style(s_style, convention: convention);
            var plain = await Run(objective, optimizer);
            Assert.True(plain.LossesAtEnd!.Value < 0.7 * plain.LossesAtStart!.Value, $"{convention} {optimizer}: {plain.LossesAtStart.Value} to {plain.LossesAtEnd.Value}");
            foreach (double factor in new[] { 1e-9, 1e9 })
                Assert.Equal(plain.Picture.Values, (await Run(Times(factor, objective), optimizer)).Picture.Values);
        }
    }

    [Fact]
    public void TheUnitIsTheLargestWeightOfTheTermsThatDraw()
    {
        Assert.Equal(1, ObjectiveUnit.OfWeights(Balanced));
        Assert.Equal(3, ObjectiveUnit.OfWeights(Times(3, Balanced)), 12);
        Assert.Equal(5, ObjectiveUnit.OfWeights(-5 * Loss.Content(s_content) + 300 * Loss.TotalVariation()));
        Assert.Equal(7, ObjectiveUnit.OfWeights(7 * Loss.TotalVariation() + 2 * Loss.Range()));
        Assert.Equal(1, ObjectiveUnit.OfWeights(0 * Loss.Content(s_content)));
        Assert.Equal(6, ObjectiveUnit.OfWeights(2 * (Annealing.Linear(1, 0) * (3 * Loss.Content(s_content))) + Loss.Style(s_style)));
    }

    [Theory]
    [InlineData(1, 4, 1)]
    [InlineData(10, 53, 10)]
    [InlineData(1, 2e6, 1024 * 1024)]
    [InlineData(2, 2e-6, 2.0 / 1024 / 1024)]
    [InlineData(1, 0, 1)]
    [InlineData(1, double.PositiveInfinity, 1)]
    [InlineData(1, -2e6, 1024 * 1024)]
    public void TheLossAtTheStartIsBroughtNearOne(double ofWeights, double loss, double unit) => Assert.Equal(unit, ObjectiveUnit.Of(ofWeights, loss));

    /// <summary>Weights are inside the graph divided by the largest one, outside as they were given.</summary>
    [Fact]
    public void LossesStayInTheUnitsOfTheUser()
    {
        double At(Loss loss)
        {
            using var evaluation = new Evaluation(s_network, loss, new(64, 48), 0, 1, Engine.Default);
            evaluation.At(s_style.Resize(64, 48).Values, default);
            return evaluation.Losses.Value;
        }
        Assert.Equal(1e36 * At(Balanced), At(Times(1e36, Balanced)), 1e-6 * 1e36);
    }

    private static Loss Times(double factor, Loss objective) => ((SumLoss)objective).Terms.Select(t => factor * t).Aggregate((a, b) => a + b);

    private static async Task<SynthesisResult> Run(Loss objective, string optimizer) => await s_network.Synthesize(objective, Start.Noise(1), optimizer switch
    {
        "adam" => Optimizer.Adam(25),
        "averaged" => Optimizer.Adam(25, averaging: 0.9),
        _ => Optimizer.Lbfgs(25),
    }, size: new PictureSize(64, 48), sizes: [32, 64]);
}
