using StyleLab.Pictures;
using StyleLab.Tensors;

namespace StyleLab.Networks;

/// <summary>
/// Random weights that depend on nothing but the architecture and the seed: normally distributed with the variance of
/// He, Zhang, Ren and Sun (Delving deep into rectifiers, 2015), then, layer by layer, shifted and scaled so that every channel is
/// positive about half of the time and has a mean activation of 1 on generated pictures (after Krähenbühl, Doersch, Donahue and
/// Darrell: Data-dependent initializations of convolutional neural networks, 2016).
/// </summary>
internal sealed class RandomWeights
{
    private const int PictureSize = 64, Pictures = 4;

    // Without it a channel that is the same everywhere would be divided by zero.
    private const double SmallestActivation = 1e-6;

    private readonly Dictionary<string, ConvolutionWeights> _weights = [];
    private readonly Dictionary<string, ExactMap[]> _maps = [];

    private RandomWeights(Architecture architecture, long seed)
    {
        var filters = Filters(architecture, seed);
        _maps[Architecture.InputLayer] =
            [.. Enumerable.Range(1, Pictures).Select(number => ExactMap.Of(DeadLeaves.Make(PictureSize, number, smallest: number), architecture.Input))];
        foreach (var (layer, sources) in architecture.Connections())
        {
            var maps = _maps[sources[0]];
            _maps[layer.Name] = layer switch
            {
                ConvolutionLayer convolution => Convolve(convolution, filters[convolution.Name], maps),
                PoolLayer pool => [.. maps.Select(map => map.AveragePool(pool.Window))],
                ConcatenationLayer => [.. maps.Zip(_maps[sources[1]], (map, other) => map.Concatenate(other))],
                // The convolution before it has cleared what is negative.
                ReluLayer => maps,
                _ => throw new NotSupportedException($"There are no random weights for layers of kind {layer.GetType().Name}."),
            };
        }
    }

    /// <summary>The weights of every convolution; each is followed by a ReLU.</summary>
    public static IReadOnlyDictionary<string, ConvolutionWeights> Make(Architecture architecture, long seed) =>
        new RandomWeights(architecture, seed)._weights;

    /// <summary>The filters before they are scaled. Every layer has a generator of its own, so that threads can share them out.</summary>
    private static Dictionary<string, float[]> Filters(Architecture architecture, long seed)
    {
        var seeds = new NoiseGenerator(seed);
        var layers = architecture.Convolutions.Select(layer => (Layer: layer, Seed: (long)seeds.NextBits())).ToList();
        return layers.AsParallel().Select(item =>
        {
            var random = new NoiseGenerator(item.Seed);
            var inputs = item.Layer.Inputs * item.Layer.Size * item.Layer.Size;
            var deviation = Math.Sqrt(2.0 / inputs);
            var values = new float[item.Layer.Outputs * inputs];
            foreach (ref var value in values.AsSpan())
                value = (float)(deviation * random.NextGaussian());
            return (item.Layer.Name, Values: values);
        }).ToDictionary(item => item.Name, item => item.Values);
    }

    /// <summary>Computes a layer's maps, and its weights from them.</summary>
    private ExactMap[] Convolve(ConvolutionLayer layer, float[] filters, ExactMap[] maps)
    {
        var convolution = new ExactConvolution(layer, filters);
        maps = [.. maps.Select(map => convolution.Run(map, Padding.Reflect))];
        var factors = new float[layer.Outputs];
        var offsets = new float[layer.Outputs];
        var means = ChannelMeans(maps, (value, _) => value);
        var activations = ChannelMeans(maps, (value, channel) => Math.Max(value - means[channel], 0));
        for (var channel = 0; channel < layer.Outputs; channel++)
        {
            var factor = 1 / Math.Max(activations[channel], SmallestActivation);
            factors[channel] = (float)factor;
            offsets[channel] = (float)(-means[channel] * factor);
        }
        var inputs = filters.Length / layer.Outputs;
        for (var i = 0; i < filters.Length; i++)
            filters[i] *= factors[i / inputs];
        _weights[layer.Name] = new(new(layer.WeightShape, filters), new([layer.Outputs], offsets));
        return [.. maps.Select(map => map.ScaledRelu(factors, offsets))];
    }

    /// <summary>The mean of a function of value and channel over all positions of all maps, for each channel.</summary>
    private static double[] ChannelMeans(ExactMap[] maps, Func<double, int, double> of)
    {
        var channels = maps[0].Channels;
        var sums = new double[channels];
        foreach (var map in maps)
            for (var i = 0; i < map.Values.Length; i++)
                sums[i % channels] += of(map.Values[i], i % channels);
        var positions = maps.Sum(map => map.Values.Length / channels);
        return [.. sums.Select(sum => sum / positions)];
    }
}
