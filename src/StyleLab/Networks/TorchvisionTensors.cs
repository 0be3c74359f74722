using System.Globalization;

namespace StyleLab.Networks;

/// <summary>
/// The convolutions of a weights file under one set of names, whatever program saved them: without containers, with
/// <c>features.</c> before the numbers of a feature extractor that was saved alone, and with batch normalisations folded in, whose
/// places in the chain are closed.
/// </summary>
internal static class TorchvisionTensors
{
    private const string Features = "features.";

    /// <summary>Weights and biases by name, such as <c>features.0.weight</c> or <c>conv1_1.bias</c>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="what">The file as messages call it, at the beginning of a sentence.</param>
    /// <exception cref="StyleLabException">Two networks are in the file, or a batch normalisation does not fit its convolution.</exception>
    public static Dictionary<string, WeightArray> Read(WeightsFile file, string what)
    {
        bool alone = IsFeatureExtractorAlone(file.Tensors.Select(tensor => TrainingContainers.Without(tensor.Name)));
        var tensors = new Dictionary<string, WeightArray>();
        foreach (var (name, tensor) in file.Read(name => IsWanted(Plain(name))))
            if (!tensors.TryAdd(Plain(name), tensor))
                throw new StyleLabException($"{what} holds several tensors {Quoted.Text(Plain(name))}; save the network to be used alone.");
        return WithNormalisationsFolded(what, tensors);

        string Plain(string tensor)
        {
            tensor = TrainingContainers.Without(tensor);
            if (alone && char.IsAsciiDigit(tensor[0]))
                return Features + tensor;
            int within = tensor.IndexOf("." + Features, StringComparison.Ordinal);
            return within < 0 ? tensor : tensor[(within + 1)..];
        }
    }

    private static bool IsFeatureExtractorAlone(IEnumerable<string> names)
    {
        var list = names.ToList();
        return list.Exists(name => name.Length > 0 && char.IsAsciiDigit(name[0])) && !list.Exists(IsWanted);
    }

    private static bool IsWanted(string tensor) =>
        (tensor.StartsWith("conv", StringComparison.Ordinal) || tensor.StartsWith("fire", StringComparison.Ordinal)
            || tensor.StartsWith(Features, StringComparison.Ordinal))
        && BatchNormalization.TensorNames.Any(suffix => tensor.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>torchvision's vgg19_bn numbers convolutions, normalisations, ReLUs and poolings; without the second the numbers are those of vgg19.</summary>
    private static Dictionary<string, WeightArray> WithNormalisationsFolded(string what, Dictionary<string, WeightArray> tensors)
    {
        var norms = tensors.Keys.Where(name => name.EndsWith(".running_mean", StringComparison.Ordinal))
            .Select(name => NumberOf(name) ?? throw new StyleLabException(
                $"{what} holds a batch normalisation {Quoted.Text(name)}; only those numbered features.N are known: describe the network in a .json file."))
            .Order().ToList();
        if (norms.Count == 0)
            return tensors;

        var folded = new Dictionary<string, WeightArray>();
        foreach (var (name, tensor) in tensors)
            if (NumberOf(name) is not { } number)
                folded.Add(name, tensor);
            else if (!norms.Contains(number))
                folded.Add(Renumbered(number) + name[name.LastIndexOf('.')..], tensor);
        foreach (int norm in norms)
        {
            string before = $"{Features}{norm - 1}", name = $"{Features}{norm}";
            if (!tensors.TryGetValue(before + ".weight", out var weight) || weight.Shape.Length != 4)
                throw new StyleLabException($"{what} holds a batch normalisation {name} without a convolution {before} before it, into which it could be folded.");
            int channels = weight.Shape[0];
            var bias = tensors.GetValueOrDefault(before + ".bias") ?? new WeightArray([channels], new float[channels]);
            var convolution = BatchNormalization.Read(what, name, Channelwise).FoldInto(new(weight, Matching(before + ".bias", bias)));
            folded[Renumbered(norm - 1) + ".weight"] = convolution.Weight;
            folded[Renumbered(norm - 1) + ".bias"] = convolution.Bias;

            float[] Channelwise(string tensor) => tensors.TryGetValue(tensor, out var numbers)
                ? Matching(tensor, numbers).Values
                : throw new StyleLabException($"{what} lacks the tensor {tensor} of its batch normalisation {name}.");

            WeightArray Matching(string tensor, WeightArray numbers) => numbers.Shape is [var count] && count == channels
                ? numbers
                : throw new StyleLabException($"{what} has a tensor {tensor} of shape {numbers} where [{channels}] was expected.");
        }
        return folded;

        string Renumbered(int number) => $"{Features}{number - norms.Count(norm => norm < number)}";
    }

    /// <summary>The N of <c>features.N.weight</c>; null for other names.</summary>
    private static int? NumberOf(string tensor)
    {
        var parts = tensor.Split('.');
        return parts.Length == 3 && parts[0] + "." == Features && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
    }
}
