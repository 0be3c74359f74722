using StyleLab.Networks;

namespace StyleLab.Tests.Networks;

/// <summary>
/// The same function told in each input convention: the first convolution is rewritten for other channels, units and means,
/// and neither features nor the values of an objective may show it.
/// </summary>
public class ConventionsAlikeTests
{
    public static TheoryData<string> Conventions => [Preprocessing.Caffe.ToString(), Preprocessing.ZeroToOne.ToString(), "bgr, 0..1, mean 0.4 0.5 0.6, std 0.5 0.25 2"];

    [Theory]
    [MemberData(nameof(Conventions))]
    public async Task AnObjectiveHasTheSameValues(string convention)
    {
        var network = LossNetwork.Load("vgg19-slim");
        var other = Rewritten(network, Preprocessing.Parse(convention));
        FeatureMaps expected = network.Features(Golden.Picture("picture")), actual = other.Features(Golden.Picture("picture"));
        foreach (var layer in new[] { "conv1_1", "relu3_1", "relu5_4" })
            Assert.InRange(Golden.RelativeError(actual[layer].ToArray(), expected[layer].ToArray()), 0, 1e-4);

        var objective = Loss.Content(Golden.Picture("content")) + Loss.Style(Golden.Picture("style"), "relu1_1..relu5_1");
        var values = new List<double>();
        foreach (var each in new[] { network, other })
            values.Add((await each.Synthesize(objective, Start.Noise(3), Optimizer.Lbfgs(1))).LossesAtStart!.Value);
        Assert.Equal(values[0], values[1], values[0] * 1e-4);
    }

    private static LossNetwork Rewritten(LossNetwork network, Preprocessing convention)
    {
        var weights = network.Architecture.Convolutions.ToDictionary(layer => layer.Name, layer => network.Weights(layer.Name));
        var (first, bias) = weights["conv1_1"];
        var values = new float[first.Values.Length];
        var offsets = (float[])bias.Values.Clone();
        for (int k = 0; k < offsets.Length; k++)
            for (int c = 0; c < 3; c++)
                for (int tap = 0; tap < 9; tap++)
                {
                    // Channel c of the new convention is red, green or blue, as is channel `old` of torchvision's.
                    int old = convention.PictureChannel(c);
                    float weight = first.Values[(k * 3 + old) * 9 + tap];
                    float factor = Preprocessing.Torchvision.Scale(old) / convention.Scale(c);
                    values[(k * 3 + c) * 9 + tap] = weight * factor;
                    offsets[k] += weight * (Preprocessing.Torchvision.Offset(old) - factor * convention.Offset(c));
                }
        weights["conv1_1"] = new(new(first.Shape, values), new(bias.Shape, offsets));
        return new(new("other", network.Architecture with { Input = convention }, network.Source, weights), network.Pooling);
    }
}
