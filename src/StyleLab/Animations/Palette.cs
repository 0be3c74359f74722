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
        var least = new int[_colors.Length];
        int bound = int.MaxValue;
        for (int i = 0; i < _colors.Length; i++)
        {
            int most = 0;
            foreach (var (level, cube) in ((int, int)[])[(_colors[i] >> 16, red), (_colors[i] >> 8 & 255, green), (_colors[i] & 255, blue)])
            {
                int begin = cube << CubeBits, end = begin + (1 << CubeBits) - 1;
                int near = level - Math.Clamp(level, begin, end), far = Math.Max(Math.Abs(level - begin), Math.Abs(level - end));
                (least[i], most) = (least[i] + near * near, most + far * far);
            }
            bound = Math.Min(bound, most);
        }
        return [.. Enumerable.Range(0, _colors.Length).Where(i => least[i] <= bound).Select(i => (byte)i)];
    }
}
