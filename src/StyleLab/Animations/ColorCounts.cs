using System.Runtime.InteropServices;

namespace StyleLab.Animations;

/// <summary>A colour and how many pixels have it.</summary>
internal readonly record struct CountedColor(Oklab Color, int Rgb, double Count);

/// <summary>Which colours pictures have, and how often.</summary>
internal sealed class ColorCounts
{
    // More than this only costs time: neighbours are counted together until so many are left.
    private const int Most = 20_000;

    private readonly Dictionary<int, int> _counts = [];

    /// <summary>Counts pixels, packed as 0xRRGGBB.</summary>
    public void Add(ReadOnlySpan<int> pixels)
    {
        foreach (int rgb in pixels)
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, rgb, out _)++;
    }

    /// <summary>The colours; where there are very many, the means of small cubes of them.</summary>
    public CountedColor[] Colors()
    {
        IEnumerable<KeyValuePair<int, int>> counts = _counts.OrderBy(count => count.Key);
        if (_counts.Count <= Most)
            return [.. counts.Select(count => new CountedColor(Oklab.FromRgb(count.Key), count.Key, count.Value))];
        for (int bits = 7; ; bits--)
        {
            int kept = (0xFF << (8 - bits) & 0xFF) * 0x010101;
            var cubes = new Dictionary<int, (double Red, double Green, double Blue, double Count)>();
            foreach (var (rgb, count) in counts)
            {
                ref var cube = ref CollectionsMarshal.GetValueRefOrAddDefault(cubes, rgb & kept, out _);
                cube = (cube.Red + (rgb >> 16) * (double)count, cube.Green + (rgb >> 8 & 255) * (double)count,
                    cube.Blue + (rgb & 255) * (double)count, cube.Count + count);
            }
            if (cubes.Count <= Most)
                return [.. cubes.Values.Select(cube =>
                {
                    int mean = Mean(cube.Red) << 16 | Mean(cube.Green) << 8 | Mean(cube.Blue);
                    return new CountedColor(Oklab.FromRgb(mean), mean, cube.Count);

                    int Mean(double sum) => (int)Math.Round(sum / cube.Count);
                })];
        }
    }
}
