namespace StyleLab.Networks.Onnx;

// Factors and offsets of channels: y = factor · x + offset.
internal sealed partial class OnnxNetwork
{
    // Where there is no convolution that could take them in, they become one of 1×1, which has as many weights as channels squared.
    private const long MostDiagonalWeights = 1 << 25;

    private long _diagonalWeights;

    private OnnxMap Normalised(OnnxOperation operation, OnnxMap map, List<WeightArray?> constants)
    {
        if (operation.Number("training_mode", 0) != 0)
            throw operation.Refused("is in training mode; export the network for inference");
        if (constants.Count < 4 || constants.Take(4).Any(numbers => numbers is null || numbers.Values.Length != map.Channels))
            throw operation.Refused($"has other than four tensors of {map.Channels} numbers");
        var (scale, offset, mean, variance) = (constants[0]!.Values, constants[1]!.Values, constants[2]!.Values, constants[3]!.Values);
        if (Array.Exists(variance, value => !(value >= 0)))
            throw operation.Refused("has a variance that is negative or no number");
        var normalisation = new BatchNormalization(scale, offset, mean, variance, operation.Single("epsilon", (float)BatchNormalization.UsualEpsilon));
        return Folded(operation, map, normalisation.FoldInto);
    }

    private OnnxMap Affine(OnnxOperation operation, IReadOnlyList<OnnxValue?> inputs)
    {
        if ((inputs[0], inputs[1]) is (OnnxMap first, OnnxConstant behind))
        {
            var numbers = OfChannels(operation, behind.Numbers, first.Channels);
            return operation.Kind switch
            {
                "Add" => Affine(operation, first, _ => 1, channel => numbers[channel]),
                "Sub" => Affine(operation, first, _ => 1, channel => -numbers[channel]),
                "Mul" => Affine(operation, first, channel => numbers[channel], _ => 0),
                _ => Affine(operation, first, channel => 1.0 / numbers[channel], _ => 0),
            };
        }
        if ((inputs[0], inputs[1]) is (OnnxConstant before, OnnxMap second) && operation.Kind != "Div")
        {
            var numbers = OfChannels(operation, before.Numbers, second.Channels);
            return operation.Kind switch
            {
                "Add" => Affine(operation, second, _ => 1, channel => numbers[channel]),
                "Sub" => Affine(operation, second, _ => -1, channel => numbers[channel]),
                _ => Affine(operation, second, channel => numbers[channel], _ => 0),
            };
        }
        throw operation.Refused("takes two feature maps, or divides by one; of maps only sums are read");
    }

    /// <summary>One number a channel, from a tensor that says so for maps of N×C×H×W.</summary>
    private static float[] OfChannels(OnnxOperation operation, WeightArray numbers, int channels) => numbers switch
    {
        { Values: [var one] } => [.. Enumerable.Repeat(one, channels)],
        { Shape: [_, 1, 1] or [1, _, 1, 1] } when numbers.Values.Length == channels => numbers.Values,
        _ => throw operation.Refused($"takes numbers of shape {numbers}; read are a single one, and [{channels}, 1, 1], one for each channel"),
    };

    private OnnxMap Affine(OnnxOperation operation, OnnxMap map, Func<int, double> factor, Func<int, double> offset) => Folded(operation, map, convolution =>
    {
        var values = (float[])convolution.Weight.Values.Clone();
        int each = values.Length / map.Channels;
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(values[i] * factor(i / each));
        return new(new(convolution.Weight.Shape, values), new([map.Channels], [.. convolution.Bias.Values.Select((bias, channel) => (float)(bias * factor(channel) + offset(channel)))]));
    });

    /// <summary>Changes the convolution that makes the map, if nothing else reads that; else one of 1×1 that does nothing by itself.</summary>
    private OnnxMap Folded(OnnxOperation operation, OnnxMap map, Func<ConvolutionWeights, ConvolutionWeights> fold)
    {
        string name = operation.Inputs.First(input => _values.GetValueOrDefault(input) == (OnnxValue)map);
        if (!_weights.TryGetValue(map.Layer, out var convolution) || _readers[name] > 1)
        {
            int channels = map.Channels;
            _diagonalWeights += (long)channels * channels;
            if (_diagonalWeights > MostDiagonalWeights)
                throw operation.Refused("multiplies channels that no convolution before it makes alone, and there are too many such channels in the network");
            map = With(operation, map, layer => new ConvolutionLayer(layer, channels, channels, Size: 1, Padding: 0));
            var diagonal = new float[channels * channels];
            for (int channel = 0; channel < channels; channel++)
                diagonal[channel * channels + channel] = 1;
            convolution = new(new([channels, channels, 1, 1], diagonal), new([channels], new float[channels]));
        }
        _numbers.Take(convolution.Weight.Values.Length);
        _weights[map.Layer] = fold(convolution);
        return map;
    }
}
