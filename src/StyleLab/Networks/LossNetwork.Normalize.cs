using StyleLab.Networks;
using StyleLab.Tensors;
using StyleLab.Tensors.Plans;

namespace StyleLab;

// The normalisation of Gatys, Ecker and Bethge: Texture synthesis using convolutional neural networks, 2015, section 2.
public sealed partial class LossNetwork
{
    /// <summary>
    /// The same network with its filters scaled so that after every ReLU each channel has a mean activation of 1 over all positions of
    /// the pictures, and no layer outweighs another. What the network computes does not change but for these scales: a ReLU, a pooling
    /// and a concatenation pass a positive factor on, and the next convolution takes it back.
    /// </summary>
    /// <remarks>
    /// Convolutions without a ReLU right after them, and those that an addition reads, keep their scale; channels that the pictures hardly excite get
    /// the mean scale of their layer.
    /// The means are those of this network's pooling and padding.
    /// </remarks>
    /// <param name="pictures">Pictures such as the network was trained on, at least one; more are better.</param>
    /// <exception cref="StyleLabException">There is no picture, or one is too small.</exception>
    public LossNetwork Normalize(params IReadOnlyList<Picture> pictures)
    {
        if (pictures.Count == 0)
            throw new StyleLabException("A network is normalised on pictures; give at least one.");
        var means = MeanActivations(pictures);
        var scaled = new Dictionary<string, float[]> { [Architecture.InputLayer] = [1, 1, 1] };
        var weights = new Dictionary<string, ConvolutionWeights>();
        foreach (var (layer, sources) in Architecture.Connections())
        {
            var factors = scaled[sources[0]];
            if (layer is ConvolutionLayer convolution)
            {
                // The scale of what comes in is taken back, and that of what goes out is put on.
                var own = means.TryGetValue(layer.Name, out var mean) ? Factors(mean) : [.. Enumerable.Repeat(1f, convolution.Outputs)];
                weights[layer.Name] = Scaled(Weights(layer.Name), factors, own);
                factors = own;
            }
            scaled[layer.Name] = layer is ConcatenationLayer ? [.. factors, .. scaled[sources[1]]] : factors;
        }
        var name = $"{Name}-normalised";
        var source = Source with
        {
            IsEmbedded = false, Location = name, Sha256 = RandomNetwork.Hash(Architecture, weights),
            Training = $"{Source.Training ?? "Not known."} Then normalised on {pictures.Count} {(pictures.Count == 1 ? "picture" : "pictures")}.",
        };
        return new(name, Architecture, Pooling, source, weights) { Padding = Padding, Striding = Striding };
    }

    /// <summary>What each channel is multiplied by, from its mean activation.</summary>
    private static float[] Factors(float[] means)
    {
        // A channel that answers at a few positions only would have its rounding magnified.
        var hardly = 1e-3f * means.Average();
        var typical = means.Where(mean => mean > hardly).DefaultIfEmpty(1).Average();
        return Array.ConvertAll(means, mean => 1 / (mean > hardly ? mean : typical));
    }

    /// <summary>The mean activation of each channel of each convolution that only ReLU layers read, after the ReLU.</summary>
    private Dictionary<string, float[]> MeanActivations(IReadOnlyList<Picture> pictures)
    {
        var connections = Architecture.Connections().ToList();
        var added = ConvolutionsInSums(connections);
        var relus = connections.Where(item => item.Layer is ReluLayer)
            .Select(item => (Relu: item.Layer.Name, Convolution: item.Sources[0]))
            .Where(pair => !added.Contains(pair.Convolution) && Architecture.Convolutions.Any(layer => layer.Name == pair.Convolution)
                && connections.All(other => other.Layer is ReluLayer || !other.Sources.Contains(pair.Convolution)))
            .DistinctBy(pair => pair.Convolution).ToList();
        var sums = relus.ToDictionary(pair => pair.Convolution, _ => (double[]?)null);
        var positions = relus.ToDictionary(pair => pair.Convolution, _ => 0L);
        foreach (var picture in pictures)
        {
            var maps = Features(picture);
            var outputs = relus.Select(pair => maps[pair.Relu].ChannelMean()).ToList();
            using var plan = Plan.Compile(outputs);
            plan.Run();
            foreach (var (pair, output) in relus.Zip(outputs))
            {
                var area = maps[pair.Relu].Shape.Area;
                var total = sums[pair.Convolution] ??= new double[output.Shape.Channels];
                foreach (var (channel, value) in plan.Read(output).Index())
                    total[channel] += (double)value * area;
                positions[pair.Convolution] += area;
            }
        }
        return sums.ToDictionary(item => item.Key, item => Array.ConvertAll(item.Value!, sum => (float)(sum / positions[item.Key])));
    }

    /// <summary>The convolutions whose scale reaches an addition, both sides of which must have the same.</summary>
    private static HashSet<string> ConvolutionsInSums(List<(NetworkLayer Layer, IReadOnlyList<string> Sources)> connections)
    {
        var found = new HashSet<string>();
        foreach (var (layer, sources) in Enumerable.Reverse(connections))
            if (layer is AdditionLayer || (found.Contains(layer.Name) && layer is not ConvolutionLayer))
                found.UnionWith(sources);
        return found;
    }

    /// <summary>Weights and biases for inputs multiplied by <paramref name="inputs"/> and outputs multiplied by <paramref name="outputs"/>.</summary>
    private static ConvolutionWeights Scaled(ConvolutionWeights weights, float[] inputs, float[] outputs)
    {
        var taps = weights.Weight.Shape[2] * weights.Weight.Shape[3];
        var values = new float[weights.Weight.Values.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = weights.Weight.Values[i] * outputs[i / taps / inputs.Length] / inputs[i / taps % inputs.Length];
        return new(new(weights.Weight.Shape, values), new(weights.Bias.Shape, [.. weights.Bias.Values.Select((bias, k) => bias * outputs[k])]));
    }
}
