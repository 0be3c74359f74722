using StyleLab.Networks;

namespace StyleLab.Tests.Networks;

/// <summary>The names under which training programs save a VGG, all of which lead to the same network.</summary>
public sealed class TorchvisionTensorsTests
{
    // torchvision's vgg19_bn: a convolution, its normalisation and a ReLU each, and a pooling after each block.
    private static readonly int[] s_normalised = [0, 3, 7, 10, 14, 17, 20, 23, 27, 30, 33, 36, 40, 43, 46, 49];
    private static readonly int[] s_plain = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34];

    private static readonly LossNetwork s_slim = LossNetwork.Load("vgg19-slim");

    [Theory]
    [InlineData("features.")]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("state_dict.model.vgg.features.")]
    [InlineData("model_state_dict.backbone.features.")]
    public void A_vgg_is_known_whatever_stands_before_the_numbers(string prefix) =>
        AssertSlim(Numbered(s_plain, (_, numbers) => numbers).ToDictionary(tensor => prefix + tensor.Key, tensor => tensor.Value), tolerance: 0);

    [Theory]
    [InlineData("features.")]
    [InlineData("module.")]
    [InlineData("")]
    public void A_vgg_with_batch_normalisations_computes_the_same_without_them(string prefix)
    {
        var random = new Random(3);
        var norms = new Dictionary<string, WeightArray>();
        var tensors = Numbered(s_normalised, (number, numbers) =>
        {
            int channels = numbers.Bias.Values.Length;
            float[] Of(double low, double high) => [.. Enumerable.Range(0, channels).Select(_ => (float)(low + (high - low) * random.NextDouble()))];
            float[] scale = Of(0.5, 2), offset = Of(-1, 1), mean = Of(-1, 1), variance = Of(0.1, 3);
            norms[$"{number + 1}.weight"] = new([channels], scale);
            norms[$"{number + 1}.bias"] = new([channels], offset);
            norms[$"{number + 1}.running_mean"] = new([channels], mean);
            norms[$"{number + 1}.running_var"] = new([channels], variance);
            norms[$"{number + 1}.num_batches_tracked"] = new([], [7]);
            // What gives the slim network's own numbers once it is normalised.
            double Factor(int channel) => scale[channel] / Math.Sqrt(variance[channel] + 1e-5);
            int taps = numbers.Weight.Values.Length / channels;
            return new(
                new(numbers.Weight.Shape, [.. numbers.Weight.Values.Select((value, i) => (float)(value / Factor(i / taps)))]),
                new(numbers.Bias.Shape, [.. numbers.Bias.Values.Select((value, c) => (float)((value - offset[c]) / Factor(c) + mean[c]))]));
        });
        foreach (var (name, norm) in norms)
            tensors.Add(name, norm);
        AssertSlim(tensors.ToDictionary(tensor => prefix + tensor.Key, tensor => tensor.Value), tolerance: 1e-5);
    }

    [Theory]
    [InlineData("1.running_var", "The file lacks the tensor features.1.running_var of its batch normalisation features.1.")]
    [InlineData("0.weight", "The file holds a batch normalisation features.1 without a convolution features.0 before it, into which it could be folded.")]
    public void A_normalisation_that_does_not_fit_is_said_in_one_sentence(string missing, string message)
    {
        var tensors = Normalised(16);
        tensors.Remove(missing);
        Assert.Equal(message, Assert.Throws<StyleLabException>(() => Read(tensors)).Message);
    }

    [Fact]
    public void A_normalisation_of_other_channels_or_a_negative_variance_is_said_in_one_sentence()
    {
        Assert.Equal("The file has a tensor features.1.weight of shape [15] where [16] was expected.",
            Assert.Throws<StyleLabException>(() => Read(Normalised(15))).Message);
        var negative = Normalised(16);
        negative["1.running_var"].Values[4] = -1;
        Assert.Equal("The file is damaged: its tensor features.1.running_var has a negative variance for channel 4.",
            Assert.Throws<StyleLabException>(() => Read(negative)).Message);
    }

    private static Dictionary<string, WeightArray> Normalised(int channels)
    {
        WeightArray Ones() => new([channels], [.. Enumerable.Repeat(1f, channels)]);
        var tensors = Numbered(s_plain, (_, numbers) => numbers);
        foreach (var name in new[] { "weight", "bias", "running_mean", "running_var" })
            tensors[$"1.{name}"] = Ones();
        return tensors;
    }

    private static Dictionary<string, WeightArray> Numbered(int[] numbers, Func<int, ConvolutionWeights, ConvolutionWeights> change)
    {
        var tensors = new Dictionary<string, WeightArray>();
        foreach (var (layer, number) in Architecture.Vgg19Slim.Convolutions.Zip(numbers))
        {
            var (weight, bias) = change(number, s_slim.Weights(layer.Name));
            tensors[$"{number}.weight"] = weight;
            tensors[$"{number}.bias"] = bias;
        }
        return tensors;
    }

    private static void AssertSlim(Dictionary<string, WeightArray> tensors, double tolerance)
    {
        var read = Read(tensors);
        Assert.Equal("vgg19-slim", read.Architecture.Name);
        foreach (var layer in read.Architecture.Convolutions)
        {
            var (weight, bias) = s_slim.Weights(layer.Name);
            Assert.InRange(Golden.RelativeError(read.Weights[layer.Name].Weight.Values, weight.Values), 0, tolerance);
            Assert.InRange(Golden.RelativeError(read.Weights[layer.Name].Bias.Values, bias.Values), 0, tolerance);
        }
    }

    private static NetworkFile Read(Dictionary<string, WeightArray> tensors)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, tensors);
        stream.Position = 0;
        return NetworkFile.Read(stream, "file", "The file", sha256 => new(false, "file", stream.Length, sha256, "None."));
    }
}
