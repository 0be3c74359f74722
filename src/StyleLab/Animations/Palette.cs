namespace StyleLab.Animations;

/// <summary>The colours of a GIF, and which of them is nearest to any other.</summary>
internal sealed class Palette
{
    // Cubes of 8 levels a side: of a palette few colours can be nearest within one.
    private const int CubeBits = 3, CubesAcross = 256 >> CubeBits;

    private readonly int[] _colors;
    private readonly byte[]?[] _candidates = new byte[]?[CubesAcross * CubesAcross * CubesAcross];

    private Palette(int[] colors) => _colors = colors;

    /// <summary>The colours, packed as 0xRRGGBB.</summary>
    public IReadOnlyList<int> Colors => _colors;

    /// <summary>At most so many colours for these pixels; exactly theirs if they are few enough.</summary>
    /// <param name="pixels">They are reordered.</param>
    /// <param name="most">Up to 256.</param>
    public static Palette For(CountedColor[] pixels, int most) =>
        new(pixels.Length <= most ? [.. pixels.Select(pixel => pixel.Rgb)] : [.. ColorCut.Cut(pixels, most).Distinct()]);

    /// <summary>The index of the nearest colour; of equals the first.</summary>
    public int Nearest(int rgb)
    {
        int red = rgb >> 16 & 255, green = rgb >> 8 & 255, blue = rgb & 255;
        int nearest = 0, least = int.MaxValue;
        foreach (byte index in _candidates[((red >> CubeBits) * CubesAcross + (green >> CubeBits)) * CubesAcross + (blue >> CubeBits)]
            ??= Candidates(red >> CubeBits, green >> CubeBits, blue >> CubeBits))
        {
            int distance = SquaredDistance(_colors[index], rgb);
            if (distance < least)
                (nearest, least) = (index, distance);
        }
        return nearest;
    }

    /// <summary>
    /// The root mean square of what pixels get wrong, in levels of 0..255. Even steps of s are wrong by s/√12.
    /// </summary>
    public double Error(CountedColor[] pixels)
    {
        double sum = 0, count = 0;
        foreach (var pixel in pixels)
        {
            sum += pixel.Count * SquaredDistance(pixel.Rgb, _colors[Nearest(pixel.Rgb)]);
            count += 3 * pixel.Count;
        }
        return Math.Sqrt(sum / count);
    }

    /// <summary>The sum over red, green and blue of their squared differences.</summary>
    public static int SquaredDistance(int rgb, int other)
    {
        int red = (rgb >> 16 & 255) - (other >> 16 & 255), green = (rgb >> 8 & 255) - (other >> 8 & 255), blue = (rgb & 255) - (other & 255);
        return red * red + green * green + blue * blue;
    }

    /// <summary>The indices of the colours that can be nearest somewhere in a cube: none whose least distance is beyond the greatest of another.</summary>
    private byte[] Candidates(int red, int green, int blue)
    {
        Span<int> least = stackalloc int[_colors.Length];
        int bound = int.MaxValue, count = 0;
        for (int i = 0; i < _colors.Length; i++)
        {
            var (redLeast, redMost) = Distances(_colors[i] >> 16, red);
            var (greenLeast, greenMost) = Distances(_colors[i] >> 8 & 255, green);
            var (blueLeast, blueMost) = Distances(_colors[i] & 255, blue);
            least[i] = redLeast + greenLeast + blueLeast;
            bound = Math.Min(bound, redMost + greenMost + blueMost);
        }
        Span<byte> candidates = stackalloc byte[_colors.Length];
        for (int i = 0; i < _colors.Length; i++)
            if (least[i] <= bound)
                candidates[count++] = (byte)i;
        return candidates[..count].ToArray();
    }

    /// <summary>The squares of the least and the greatest distance of a level from those of a cube.</summary>
    private static (int Least, int Most) Distances(int level, int cube)
    {
        int begin = cube << CubeBits, end = begin + (1 << CubeBits) - 1;
        int near = level - Math.Clamp(level, begin, end), far = Math.Max(Math.Abs(level - begin), Math.Abs(level - end));
        return (near * near, far * far);
    }
}
