using System.Numerics;

namespace StyleLab.Animations;

/// <summary>The colours of a GIF, and which of them is nearest to any other.</summary>
internal sealed class Palette
{
    private const int CacheSize = 1 << 16;

    private readonly int[] _colors;

    // The same as Oklab, one plane a coordinate, padded with colours that are never nearest.
    private readonly float[] _l, _a, _b;
    private readonly (int Key, int Index)[] _cache = new (int, int)[CacheSize];

    private Palette(int[] colors)
    {
        _colors = colors;
        int padded = (colors.Length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        (_l, _a, _b) = (new float[padded], new float[padded], new float[padded]);
        Array.Fill(_l, 1e9f);
        for (int i = 0; i < colors.Length; i++)
            (_l[i], _a[i], _b[i]) = Oklab.FromRgb(colors[i]);
    }

    /// <summary>The colours, packed as 0xRRGGBB.</summary>
    public IReadOnlyList<int> Colors => _colors;

    /// <summary>At most so many colours for these pixels; exactly theirs if they are few enough.</summary>
    public static Palette For(CountedColor[] pixels, int most)
    {
        if (pixels.Length <= most)
            return new([.. pixels.Select(pixel => pixel.Rgb)]);
        var centers = ColorCut.Cut(pixels, most);
        for (int round = 0; round < 3; round++)
            centers = MeansOfNearest(pixels, centers);
        return new([.. centers.Select(center => center.ToRgb()).Distinct()]);
    }

    /// <summary>The index of the nearest colour.</summary>
    public int Nearest(int rgb)
    {
        ref var cached = ref _cache[(uint)rgb * 0x9E3779B1u >> 16];
        // Keys are stored plus one, so that an empty place is not taken for black.
        if (cached.Key != rgb + 1)
            cached = (rgb + 1, Nearest(Oklab.FromRgb(rgb)));
        return cached.Index;
    }

    /// <summary>The root mean square distance, in Oklab, of pixels from the colours they would get.</summary>
    public double Error(CountedColor[] pixels)
    {
        double sum = 0, count = 0;
        foreach (var pixel in pixels)
        {
            sum += pixel.Count * pixel.Color.SquaredDistance(Oklab.FromRgb(_colors[Nearest(pixel.Rgb)]));
            count += pixel.Count;
        }
        return Math.Sqrt(sum / count);
    }

    /// <summary>
    /// The distance of neighbouring colours in levels of 0..255, as if they lay evenly: even steps of s are wrong by s/√12 in the root mean square.
    /// </summary>
    public double Step(CountedColor[] pixels)
    {
        double sum = 0, count = 0;
        foreach (var pixel in pixels)
        {
            int nearest = _colors[Nearest(pixel.Rgb)];
            for (int shift = 0; shift <= 16; shift += 8)
            {
                double difference = (pixel.Rgb >> shift & 255) - (nearest >> shift & 255);
                sum += pixel.Count * difference * difference;
            }
            count += 3 * pixel.Count;
        }
        return Math.Sqrt(12 * sum / count);
    }

    private int Nearest(Oklab color)
    {
        var (l, a, b) = (new Vector<float>(color.L), new Vector<float>(color.A), new Vector<float>(color.B));
        var least = new Vector<float>(float.MaxValue);
        var index = Vector<float>.Zero;
        var here = Vector<float>.Indices;
        for (int i = 0; i < _l.Length; i += Vector<float>.Count)
        {
            var (dl, da, db) = (new Vector<float>(_l, i) - l, new Vector<float>(_a, i) - a, new Vector<float>(_b, i) - b);
            var distance = dl * dl + da * da + db * db;
            var isLess = Vector.LessThan(distance, least);
            least = Vector.ConditionalSelect(isLess, distance, least);
            index = Vector.ConditionalSelect(isLess, here, index);
            here += new Vector<float>(Vector<float>.Count);
        }
        // Of equals the first, whatever the width of a vector.
        int best = 0;
        for (int lane = 1; lane < Vector<float>.Count; lane++)
            if (least[lane] < least[best] || (least[lane] == least[best] && index[lane] < index[best]))
                best = lane;
        return (int)index[best];
    }

    // One round of Lloyd's algorithm ("Least squares quantization in PCM", 1982).
    private static Oklab[] MeansOfNearest(CountedColor[] pixels, Oklab[] centers)
    {
        var nearest = new Palette([.. centers.Select(center => center.ToRgb())]);
        var sums = new (double L, double A, double B, double Count)[centers.Length];
        foreach (var (color, _, count) in pixels)
        {
            ref var sum = ref sums[nearest.Nearest(color)];
            sum = (sum.L + color.L * count, sum.A + color.A * count, sum.B + color.B * count, sum.Count + count);
        }
        return [.. sums.Zip(centers, (sum, center) => sum.Count == 0 ? center
            : new Oklab((float)(sum.L / sum.Count), (float)(sum.A / sum.Count), (float)(sum.B / sum.Count)))];
    }
}
