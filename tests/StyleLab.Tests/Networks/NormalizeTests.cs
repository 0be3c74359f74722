using StyleLab.Tensors;

namespace StyleLab.Tests.Networks;

/// <summary>Gatys' normalisation: mean activations of 1, and the same function.</summary>
public class NormalizeTests
{
    private static readonly Picture[] _pictures = [Golden.Picture("picture"), Golden.Picture("style")];

    public static TheoryData<string, Pooling> Networks => new()
    {
        { "vgg19-slim", Pooling.Average }, { "vgg19-slim", Pooling.Max }, { "squeezenet1_1-random:3", Pooling.Max },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void EveryChannelHasAMeanActivationOfOne(string name, Pooling pooling)
    {
        var network = LossNetwork.Load(name, pooling).Normalize(_pictures);
        var maps = _pictures.Select(network.Features).ToList();
        foreach (var layer in network.Architecture.Layers.OfType<ReluLayer>())
        {
            var values = maps.Select(m => (m[layer.Name].Shape.Area, Planes: m[layer.Name].ToArray().Chunk(m[layer.Name].Shape.Area).ToArray())).ToList();
            long positions = values.Sum(v => (long)v.Area);
            for (int channel = 0; channel < values[0].Planes.Length; channel++)
            {
                double mean = values.Sum(v => v.Planes[channel].Sum(x => (double)x)) / positions;
                // A channel that hardly answers is not magnified.
                Assert.True(mean < 1e-3 || Math.Abs(mean - 1) < 1e-3, $"{layer.Name}, channel {channel}: {mean}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void EveryChannelIsTheOriginalOneTimesAFactor(string name, Pooling pooling)
    {
        var original = LossNetwork.Load(name, pooling);
        var normalised = original.Normalize(_pictures);
        // A picture that the factors were not made from.
        FeatureMaps expected = original.Features(Golden.Picture("content")), actual = normalised.Features(Golden.Picture("content"));
        foreach (var layer in original.Architecture.Layers)
        {
            int area = expected[layer.Name].Shape.Area;
            float[] all = expected[layer.Name].ToArray();
            double typical = Math.Sqrt(all.Average(v => (double)v * v));
            foreach (var (before, after) in all.Chunk(area).Zip(actual[layer.Name].ToArray().Chunk(area)))
            {
                double ratio = before.Zip(after, (b, a) => (double)b * a).Sum() / before.Sum(v => (double)v * v);
                if (before.Max(Math.Abs) < 1e-3 * typical)
                    continue;
                Assert.True(ratio > 0, layer.Name);
                foreach (var (b, a) in before.Zip(after))
                    Assert.InRange(a / ratio - b, -1e-4 * typical, 1e-4 * typical);
            }
        }
    }

    [Fact]
    public void NothingIsLeftToDoForANormalisedNetwork()
    {
        var once = LossNetwork.Load("vgg19-slim").WithPadding(Padding.Replicate).Normalize(_pictures);
        var twice = once.Normalize(_pictures);
        Assert.Equal(("vgg19-slim-normalised", Padding.Replicate), (once.Name, once.Padding));
        Assert.NotEqual(LossNetwork.Load("vgg19-slim").Source.Sha256, once.Source.Sha256);
        foreach (var layer in once.Architecture.Convolutions)
            Assert.InRange(Golden.RelativeError(twice.Weights(layer.Name).Weight.Values, once.Weights(layer.Name).Weight.Values), 0, 1e-3);
    }

    [Fact]
    public void WithoutPicturesItIsRefused() => Assert.Equal(
        "A network is normalised on pictures; give at least one.",
        Assert.Throws<StyleLabException>(() => LossNetwork.Load("vgg19-slim").Normalize()).Message);
}
