namespace StyleLab.Networks;

/// <summary>Layers for content and style of a network whose maker has named none, by the pattern that serves VGG.</summary>
internal static class TypicalLayers
{
    /// <summary>The picture itself and the first ReLU at every resolution.</summary>
    public static string Style(IReadOnlyList<NetworkLayer> layers) =>
        string.Join(",", Resolutions(layers).Select(relus => relus[0]).Prepend(Architecture.InputLayer));

    /// <summary>The first ReLU at the third resolution and the second at the fourth, or the last there are before them.</summary>
    public static string Content(IReadOnlyList<NetworkLayer> layers)
    {
        var resolutions = Resolutions(layers);
        if (resolutions.Count == 0)
            return Architecture.InputLayer;
        var third = resolutions[Math.Min(2, resolutions.Count - 1)];
        var fourth = resolutions[Math.Min(3, resolutions.Count - 1)];
        return string.Join(",", new[] { third[0], fourth[Math.Min(1, fourth.Count - 1)] }.Distinct());
    }

    /// <summary>The names of the ReLU layers at each resolution that has any.</summary>
    private static List<List<string>> Resolutions(IReadOnlyList<NetworkLayer> layers)
    {
        var resolutions = new List<List<string>>();
        var isNew = true;
        foreach (var layer in layers)
        {
            isNew |= layer is PoolLayer { Stride: > 1 } or ConvolutionLayer { Stride: > 1 };
            if (layer is not ReluLayer)
                continue;
            if (isNew)
                resolutions.Add([]);
            resolutions[^1].Add(layer.Name);
            isNew = false;
        }
        return resolutions;
    }
}
