namespace StyleLab.Networks;

/// <summary>What training programs put around a network's own tensors when they save a checkpoint.</summary>
internal static class TrainingContainers
{
    private static readonly string[] _prefixes = ["state_dict.", "model_state_dict.", "model.", "module.", "net.", "network."];

    /// <summary>A tensor's name without them: <c>features.0.weight</c> for <c>state_dict.module.features.0.weight</c>.</summary>
    public static string Without(string tensor)
    {
        while (_prefixes.FirstOrDefault(prefix => tensor.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
            tensor = tensor[prefix.Length..];
        return tensor;
    }
}
