using StyleLab.Losses;

namespace StyleLab.Tests.Losses;

/// <summary>Weights of papers, said in balanced weights: the same value everywhere, and about the same picture.</summary>
public class BalancedWeightsTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_content = Golden.Picture("content").Resize(64, 48), s_style = Golden.Picture("style").Resize(64, 64);

    private static readonly Lazy<Task<SynthesisResult>> s_otherWeights = new(async () => await s_network.Synthesize(
        Experiments.StyleTransferObjective(s_content, [s_style], totalVariation: 0), Start.Content(), Optimizer.Lbfgs(80), sizes: [64]));

    [Theory]
    [InlineData(Convention.Gatys)]
    [InlineData(Convention.Johnson)]
    [InlineData(Convention.PyTorchTutorial)]
    public async Task AnObjectiveHasTheSameValueAndPicture(Convention convention)
    {
        var published = Experiments.StyleTransferObjective(s_content, [s_style], totalVariation: 0, convention: convention);
        var balanced = published.ToBalanced(s_network);
        Assert.DoesNotContain(balanced.WeightedTerms(), term => term.Loss is ContentLoss { Convention: not Convention.Balanced }
            or StyleLoss { Convention: not Convention.Balanced });

        int[] sizes = [64];
        var one = await s_network.Synthesize(published, Start.Content(), Optimizer.Lbfgs(80), sizes: sizes);
        var same = await s_network.Synthesize(balanced, Start.Content(), Optimizer.Lbfgs(80), sizes: sizes);
        var other = await s_otherWeights.Value;
        Assert.Equal(one.LossesAtStart!.Value, same.LossesAtStart!.Value, 0.03 * one.LossesAtStart.Value);
        Assert.True(Measure.Psnr(one.Picture, same.Picture) > Measure.Psnr(one.Picture, other.Picture) + 5,
            $"{Measure.Psnr(one.Picture, same.Picture)} dB, other weights {Measure.Psnr(one.Picture, other.Picture)} dB");
    }

    [Fact]
    public void LayerWeightsGuidesAndBalancedTermsAreKept()
    {
        var left = new Picture(64, 48, [.. Enumerable.Range(0, 3 * 64 * 48).Select(i => i % 64 < 32 ? 1f : 0.1f)]);
        var objective = 3 * Loss.Content(s_content, "relu3_1,relu4_2", Convention.Gatys, left)
            + 2 * Loss.Style(s_style, "relu1_1,relu2_1", [0.5, 4], Convention.Johnson, left) + 0.5 * Loss.Content(s_content)
            + 0.2 * new AnnealedLoss(Annealing.Linear(1), Loss.Content(s_content, "relu3_1", Convention.PyTorchTutorial));
        var balanced = objective.ToBalanced(s_network);
        var picture = Golden.Picture("picture").Resize(64, 48);
        Assert.Equal(Value(objective), Value(balanced), 1e-3 * Value(objective));
        Assert.DoesNotContain("PyTorchTutorial", balanced.ToString());

        double Value(Loss loss)
        {
            using var evaluation = new StyleLab.Runs.Evaluation(s_network, loss, new(64, 48), margin: 0, scale: 1, StyleLab.Tensors.Engines.Engine.Default);
            evaluation.At(picture.Values, CancellationToken.None);
            return evaluation.Losses.Value;
        }
    }

    // neural-style (Johnson 2015) feeds 0..255: the same network then answers 57 times as loud (255 · 0.225), which
    // counts squared for content and to the fourth power for style.
    [Fact]
    public async Task PicturesOf0To255NeedTheSquareOfTheirFactor()
    {
        const float louder = 255 * 0.225f;
        var caffe = Louder(s_network, louder);
        var weights = (Content: 5.0, Style: 100.0);
        Loss Objective(double content, double style) => Experiments.StyleTransferObjective(s_content, [s_style], content, style, totalVariation: 0,
            "relu4_2", "relu1_1..relu5_1", convention: Convention.PyTorchTutorial);
        var published = await caffe.Synthesize(Objective(weights.Content, weights.Style), Start.Content(), Optimizer.Lbfgs(80), sizes: [64]);
        var converted = await s_network.Synthesize(Objective(weights.Content, weights.Style * louder * louder), Start.Content(), Optimizer.Lbfgs(80), sizes: [64]);
        var taken = await s_network.Synthesize(Objective(weights.Content, weights.Style), Start.Content(), Optimizer.Lbfgs(80), sizes: [64]);
        Assert.True(Measure.Psnr(published.Picture, converted.Picture) > Measure.Psnr(published.Picture, taken.Picture) + 5,
            $"{Measure.Psnr(published.Picture, converted.Picture)} dB, as they are {Measure.Psnr(published.Picture, taken.Picture)} dB");
    }

    [Fact]
    public void CoarsePassesWeighContentOfGatysAsTheFinalOneDoes()
    {
        double final = Value(s_content, 1), half = Value(s_content, 0.5);
        Assert.InRange(half / final, 0.5, 2);

        double Value(Picture content, double scale)
        {
            var size = new PictureSize((int)(content.Width * scale), (int)(content.Height * scale));
            using var evaluation = new StyleLab.Runs.Evaluation(s_network, Loss.Content(content, convention: Convention.Gatys), size, margin: 0, scale, StyleLab.Tensors.Engines.Engine.Default);
            evaluation.At(Golden.Picture("picture").Resize(size.Width, size.Height).Values, CancellationToken.None);
            return evaluation.Losses.Value;
        }
    }

    /// <summary>The same network for input that is so many times as large: biases grow along, filters stay.</summary>
    private static LossNetwork Louder(LossNetwork network, float factor)
    {
        var old = network.Architecture.Input;
        var input = old with { Deviation = [.. old.Deviation.Select(d => d / factor)] };
        var weights = network.Architecture.Convolutions.ToDictionary(layer => layer.Name, layer => network.Weights(layer.Name));
        foreach (string name in weights.Keys)
            weights[name] = weights[name] with { Bias = new(weights[name].Bias.Shape, [.. weights[name].Bias.Values.Select(b => b * factor)]) };
        return new(new StyleLab.Networks.NetworkFile("louder", network.Architecture with { Input = input }, network.Source, weights), network.Pooling);
    }
}
