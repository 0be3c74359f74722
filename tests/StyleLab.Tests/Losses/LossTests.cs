using StyleLab.Runs;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;

namespace StyleLab.Tests.Losses;

/// <summary>Values and image gradients of every loss against PyTorch.</summary>
public class LossTests
{
    private const string StyleLayers = "relu1_1..relu5_1";

    public static TheoryData<string, string> GoldenLosses
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var file in new[] { "losses_reflect_average", "losses_zero_max" })
                foreach (var name in Golden.Read(file).Keys.Where(k => k.EndsWith(".loss")).Select(k => k[..^5]))
                    if (name != "style_gatys")
                        cases.Add(file, name);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(GoldenLosses))]
    public void EqualPyTorch(string file, string name)
    {
        Picture content = Golden.Picture("content"), style = Golden.Picture("style");
        var loss = name switch
        {
            "content" => Loss.Content(content, "relu4_2", Convention.PyTorchTutorial),
            "content_balanced" => Loss.Content(content, "relu4_2"),
            "style_gatys_own_positions" => Loss.Style(style, StyleLayers, convention: Convention.Gatys),
            "style_johnson" => Loss.Style(style, StyleLayers, convention: Convention.Johnson),
            "style_pytorch_tutorial" => Loss.Style(style, StyleLayers, convention: Convention.PyTorchTutorial),
            "style_balanced" => Loss.Style(style, StyleLayers),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name),
        };
        var network = file == "losses_zero_max"
            ? LossNetwork.Load("vgg19-slim", Pooling.Max).WithPadding(Padding.Zero)
            : LossNetwork.Load("vgg19-slim");
        AssertEqual(network, loss, Golden.Picture("picture"), Golden.Read(file), name);
    }

    [Fact]
    public void TotalVariationEqualsPyTorch() => AssertEqual(LossNetwork.Load("vgg19-slim"), Loss.TotalVariation(),
        Golden.Picture("picture"), Golden.Read("losses_picture"), "total_variation");

    [Fact]
    public void RangeEqualsPyTorch() => AssertEqual(LossNetwork.Load("vgg19-slim"), Loss.Range(),
        Golden.Picture("overshoot"), Golden.Read("losses_picture"), "range");

    [Fact]
    public void ContentOfGatysIsHalfTheSumOfSquares()
    {
        var picture = Golden.Picture("picture");
        double mean = Evaluate(Loss.Content(Golden.Picture("content"), "relu4_2", Convention.Johnson), picture).Value;
        double gatys = Evaluate(Loss.Content(Golden.Picture("content"), "relu4_2", Convention.Gatys), picture).Value;
        Assert.Equal(0.5 * 128 * 4 * 5, gatys / mean, 3);
    }

    [Fact]
    public void TheTreeNamesEveryTermAndAddsUp()
    {
        var objective = 0.2 * Loss.Content(Golden.Picture("content")) + Loss.Style(Golden.Picture("style")) + Loss.TotalVariation() * 3;
        var losses = Evaluate(objective, Golden.Picture("picture"));
        Assert.Equal(["content", "style", "total variation"], losses.Parts.Select(p => p.Name));
        Assert.Equal(losses.Value, losses.Parts.Sum(p => p.Value), 5);
        Assert.Equal(["input", "relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"], losses.Find("style")!.Parts.Select(p => p.Name));
        Assert.Contains("relu4_2", losses.ToString());
    }

    [Fact]
    public void TheTreeShowsItselfAsATable()
    {
        var losses = new LossValues("total", 3, [new("a < b", 1, []), new("style", 2, [])]);
        var formatter = Assert.Single(new StyleLab.Losses.LossValuesFormatters().CreateTypeFormatters());
        var writer = new StringWriter();
        Assert.True((bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [losses, writer])!);
        Assert.Contains("a &lt; b", writer.ToString());
        Assert.Equal(3, System.Xml.Linq.XElement.Parse(writer.ToString()).Elements("tr").Count());
    }

    [Fact]
    public void WeightsScaleTheirTerm()
    {
        var picture = Golden.Picture("picture");
        var style = Loss.Style(Golden.Picture("style"));
        Assert.Equal(6, Evaluate(2 * (3 * style), picture).Value / Evaluate(style, picture).Value, 4);
        var one = Loss.Style(Golden.Picture("style"), "relu1_1,relu3_1", [1, 0]);
        Assert.Equal(Evaluate(Loss.Style(Golden.Picture("style"), "relu1_1"), picture).Value, Evaluate(one, picture).Value, 6);
    }

    [Fact]
    public void ALossIsZeroAtItsOwnPicture()
    {
        var picture = Golden.Picture("picture");
        Assert.Equal(0, Evaluate(Loss.Content(picture, "relu1_1..relu5_1") + Loss.Style(picture), picture).Value, 9);
    }

    [Fact]
    public void BalancedWeightsMeanTheSameAtAnotherSize()
    {
        Picture style = Golden.Picture("style"), picture = Golden.Picture("picture");
        double small = Evaluate(Loss.Style(style, "relu1_1"), picture).Value;
        double large = Evaluate(Loss.Style(style.Resize(72, 80), "relu1_1"), picture.Resize(80, 64)).Value;
        Assert.InRange(large / small, 0.5, 2);
    }

    [Fact]
    public void ALossOfYourOwnHasAGradient()
    {
        var network = LossNetwork.Load("vgg19-slim");
        var target = network.Features(Golden.Picture("style"))["relu3_1"].Gram();
        var custom = Loss.Custom("relu3_1", f => (f.Gram() / f.Shape.Area - target / (9 * 10)).Square().Mean(), "my loss");
        using var evaluation = new Evaluation(network, custom, new(40, 32), 0, 1, Engine.Default);
        evaluation.At(Golden.Picture("picture").Values, TestContext.Current.CancellationToken);
        var losses = evaluation.Losses;
        Assert.Equal("my loss", losses.Name == "total" ? losses.Parts[0].Name : losses.Name);
        Assert.Contains(evaluation.Gradients, g => g != 0);
    }

    [Fact]
    public void EvaluatingAgainAllocatesNothing()
    {
        var objective = Loss.Content(Golden.Picture("content")) + Loss.Style(Golden.Picture("style")) + Loss.TotalVariation() + Loss.Range();
        using var evaluation = new Evaluation(LossNetwork.Load("vgg19-slim"), objective, new(40, 32), 0, 1, Engine.Simd);
        var picture = Golden.Picture("picture").Values;
        evaluation.At(picture, TestContext.Current.CancellationToken);
        evaluation.At(picture, TestContext.Current.CancellationToken);
        long before = GC.GetAllocatedBytesForCurrentThread();
        evaluation.At(picture, TestContext.Current.CancellationToken);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void MistakesAreNamed()
    {
        var picture = Golden.Picture("picture");
        Assert.Contains("2 layers (relu1_1, relu2_1) but 1 layer weights",
            Assert.Throws<StyleLabException>(() => Evaluate(Loss.Style(picture, "relu1_1,relu2_1", [1]), picture)).Message);
        Assert.Contains("end it with Sum() or Mean()",
            Assert.Throws<StyleLabException>(() => Evaluate(Loss.Custom("relu1_1", f => f), picture)).Message);
        Assert.Contains("finite number", Assert.Throws<ArgumentException>(() => double.NaN * Loss.TotalVariation()).Message);
    }

    private static LossValues Evaluate(Loss loss, Picture picture)
    {
        using var evaluation = new Evaluation(LossNetwork.Load("vgg19-slim"), loss, new(picture.Width, picture.Height), 0, 1, Engine.Default);
        evaluation.At(picture.Values, default);
        return evaluation.Losses;
    }

    private static void AssertEqual(
        LossNetwork network, Loss loss, Picture picture, IReadOnlyDictionary<string, WeightArray> golden, string name)
    {
        using var evaluation = new Evaluation(network, loss, new(picture.Width, picture.Height), 0, 1, Engine.Default);
        double value = evaluation.At(picture.Values, default);
        Assert.InRange(value / golden[name + ".loss"].Values[0], 1 - 1e-5, 1 + 1e-5);
        Assert.InRange(Golden.RelativeError(evaluation.Gradients, golden[name + ".gradient"].Values), 0, 1e-5);
    }
}
