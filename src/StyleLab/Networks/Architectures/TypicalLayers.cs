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

    /// <summary>The names of the ReLU layers at each resolution that has any, from the finest on.</summary>
    private static List<List<string>> Resolutions(IReadOnlyList<NetworkLayer> layers)
    {
        var strides = new Dictionary<string, long> { [Architecture.InputLayer] = 1 };
        var resolutions = new SortedDictionary<long, List<string>>();
        foreach (var (layer, sources) in Architecture.ConnectionsOf(layers))
        {
            // A picture of more pixels than a long can count is smaller than one value of so deep a map.
            long stride = Math.Min(strides[sources[0]] * StrideOf(layer), int.MaxValue);
            strides[layer.Name] = stride;
            if (layer is not ReluLayer)
                continue;
            if (!resolutions.TryGetValue(stride, out var relus))
                resolutions[stride] = relus = [];
            relus.Add(layer.Name);
        }
        return [.. resolutions.Values];
    }

    private static int StrideOf(NetworkLayer layer) => layer switch
    {
        ConvolutionLayer convolution => convolution.Stride,
        PoolLayer pool => pool.Stride,
        _ => 1,
    };
}
