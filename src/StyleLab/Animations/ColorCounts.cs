using StyleLab.Pictures;
using System.Runtime.InteropServices;

namespace StyleLab.Animations;

/// <summary>A colour and how many pixels have it.</summary>
/// <param name="Rgb">Packed as 0xRRGGBB.</param>
/// <param name="Count">Pixels of this colour, or of the small cube of colours whose mean it is.</param>
/// <param name="Weight">What it counts when a palette is chosen, see <see cref="ColorCounts.Colors"/>.</param>
internal readonly record struct CountedColor(int Rgb, double Count, double Weight)
{
    /// <summary>Red (0), green (1) or blue (2), 0..255.</summary>
    public int Level(int channel) => Rgb >> (16 - 8 * channel) & 255;
}

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

    /// <summary>Counts what others have counted.</summary>
    public void Add(ColorCounts others)
    {
        foreach (var (rgb, count) in others._counts)
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, rgb, out _) += count;
    }

    /// <summary>
    /// The colours; where there are very many, the means of small cubes of them. Colours from where there are very many like them weigh less
    /// each: else none would be left for what is rare, and dithering mixes what lies between the colours of a palette but nothing outside of them.
    /// </summary>
    public CountedColor[] Colors()
    {
        var cubes = Cubes();
        var density = new double[1 << 15];
        foreach (var (rgb, count) in cubes)
            density[CubeOf(rgb)] += count;
        var colors = Array.ConvertAll(cubes, cube => new CountedColor(cube.Rgb, cube.Count, cube.Count / PowerOf(density[CubeOf(cube.Rgb)])));
        Array.Sort(colors, (x, y) => x.Rgb.CompareTo(y.Rgb));
        return colors;
    }

    private (int Rgb, double Count)[] Cubes()
    {
        if (_counts.Count <= Most)
            return [.. _counts.Select(count => (count.Key, (double)count.Value))];
        int bits = 7;
        var cubes = Larger(_counts.Select(count => KeyValuePair.Create(count.Key, new Cube(count.Key, count.Value))), bits);
        while (cubes.Count > Most)
            cubes = Larger(cubes, --bits);
        return [.. cubes.Values.Select(cube => (cube.Mean, (double)cube.Count))];
    }

    /// <summary>Neighbours taken together that are equal in so many bits of each level.</summary>
    private static Dictionary<int, Cube> Larger(IEnumerable<KeyValuePair<int, Cube>> cubes, int bits)
    {
        int kept = (0xFF << (8 - bits) & 0xFF) * 0x010101;
        var larger = new Dictionary<int, Cube>();
        foreach (var (rgb, cube) in cubes)
            CollectionsMarshal.GetValueRefOrAddDefault(larger, rgb & kept, out _).Add(cube);
        return larger;
    }

    /// <summary>The cube of 8 levels a side that a colour lies in.</summary>
    private static int CubeOf(int rgb) => rgb >> 9 & 0x7C00 | rgb >> 6 & 0x3E0 | rgb >> 3 & 0x1F;

    // To the 3/8, by roots alone, which are the same on every machine.
    private static double PowerOf(double count)
    {
        double fourth = Math.Sqrt(Math.Sqrt(count));
        return fourth * Math.Sqrt(fourth);
    }

    /// <summary>The sums of neighbouring colours.</summary>
    private record struct Cube(long Red, long Green, long Blue, long Count)
    {
        public Cube(int rgb, long count) : this((rgb >> 16) * count, (rgb >> 8 & 255) * count, (rgb & 255) * count, count) { }

        public readonly int Mean => Rounded(Red) << 16 | Rounded(Green) << 8 | Rounded(Blue);

        public void Add(Cube other) => this = new(Red + other.Red, Green + other.Green, Blue + other.Blue, Count + other.Count);

        private readonly int Rounded(long sum) => (int)((sum + Count / 2) / Count);
    }
}
