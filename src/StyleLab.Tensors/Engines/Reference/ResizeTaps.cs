namespace StyleLab.Tensors.Engines.Reference;

/// <summary>
/// Which source positions make up each target position along one axis, and with what weight: a triangle filter
/// of one source pixel when enlarging, of one target pixel when shrinking; the weights of a target sum to 1.
/// </summary>
internal sealed class ResizeTaps
{
    private readonly (int Source, double Weight)[][] _taps;

    public ResizeTaps(int sourceSize, int targetSize)
    {
        double scale = (double)sourceSize / targetSize;
        double reach = Math.Max(scale, 1);
        _taps = new (int, double)[targetSize][];
        for (int target = 0; target < targetSize; target++)
        {
            double centre = (target + 0.5) * scale;
            int first = Math.Max((int)Math.Floor(centre - reach), 0);
            int last = Math.Min((int)Math.Ceiling(centre + reach), sourceSize);
            var taps = Enumerable.Range(first, last - first)
                .Select(source => (Source: source, Weight: Math.Max(0, 1 - Math.Abs(source + 0.5 - centre) / reach)))
                .Where(tap => tap.Weight > 0).ToArray();
            double sum = taps.Sum(tap => tap.Weight);
            _taps[target] = [.. taps.Select(tap => (tap.Source, tap.Weight / sum))];
        }
    }

    public (int Source, double Weight)[] this[int target] => _taps[target];
}
