namespace StyleLab;

public sealed partial record Architecture
{
    // Multiples of 64 among them, which networks halve evenly.
    private const int FirstSide = 192, LastSide = 320;

    /// <summary>Sees to it that maps which are put together have the same size, for some size of a picture at least.</summary>
    /// <param name="what">The file that tells the layers, as messages call it.</param>
    /// <exception cref="StyleLabException">They do not, whatever the picture.</exception>
    internal void RequireFittingSizes(string what)
    {
        if (!Layers.Any(layer => layer is JoiningLayer))
            return;
        (NetworkLayer Layer, int First, int Second)? wrong = null;
        for (int side = LastSide; side >= FirstSide; side--)
        {
            if (FirstMisfit(side) is not { } misfit)
                return;
            wrong ??= misfit;
        }
        var (layer, first, second) = wrong!.Value;
        var joining = (JoiningLayer)layer;
        throw new StyleLabException(
            $"Layer '{layer.Name}' of {what} puts together '{joining.First}' and '{joining.Second}', whose sizes never agree: of a picture of {LastSide} pixels they are {first} and {second}.");
    }

    private (NetworkLayer Layer, int First, int Second)? FirstMisfit(int side)
    {
        var reached = new Dictionary<string, int> { [InputLayer] = side };
        foreach (var (layer, sources) in Connections())
        {
            if (layer is JoiningLayer && reached[sources[0]] != reached[sources[1]])
                return (layer, reached[sources[0]], reached[sources[1]]);
            reached[layer.Name] = reached[sources[0]] < 1 ? 0 : Math.Max(0, layer.Positions(reached[sources[0]]));
        }
        return null;
    }
}
