namespace StyleLab;

public sealed partial record Architecture
{
    // No network that is of use for style shrinks a picture this much.
    private const int LargestSide = 4096;

    /// <summary>The shortest side of a picture at which each of these layers has at least so many positions along it.</summary>
    internal int SmallestSide(IReadOnlyCollection<string> layers, int positions)
    {
        int side = 1;
        while (side < LargestSide && !Suffices(side))
            side++;
        return side;

        bool Suffices(int side)
        {
            var reached = new Dictionary<string, int> { [InputLayer] = side };
            foreach (var (layer, sources) in Connections())
            {
                int incoming = sources.Min(source => reached[source]);
                reached[layer.Name] = incoming < 1 ? 0 : layer.Positions(incoming);
            }
            return layers.All(layer => reached[layer] >= positions);
        }
    }
}
