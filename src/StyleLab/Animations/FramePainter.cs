using StyleLab.Pictures;

namespace StyleLab.Animations;

/// <summary>
/// Turns the frames of an animation into palette indices, one after the other, and knows what is on the screen:
/// a pixel that need not change is left transparent.
/// </summary>
internal sealed class FramePainter(int width, int height, Dithering dithering)
{
    // Bayer's matrix, built by doubling; thresholds lie evenly in −0.5..0.5.
    private static readonly float[] Thresholds = [.. Enumerable.Range(0, 64).Select(i => (Bayer(i % 8, i / 8) + 0.5f) / 64 - 0.5f)];

    private readonly int[] _shown = new int[width * height];
    private int[]? _before;

    /// <summary>Indices of a frame, and the transparent one where what is shown stays.</summary>
    /// <param name="pixels">The frame, packed as 0xRRGGBB.</param>
    /// <param name="palette">Its colours.</param>
    /// <param name="step">The distance of neighbouring colours in levels of 0..255, as if they lay evenly.</param>
    /// <param name="transparent">The index for a pixel that stays.</param>
    public byte[] Paint(int[] pixels, Palette palette, double step, byte transparent)
    {
        var indices = new byte[pixels.Length];
        var (carried, below) = (new float[3 * (width + 2)], new float[3 * (width + 2)]);
        for (int y = 0; y < height; y++)
        {
            // Every other row from the right: else the errors run down to the right in visible worms.
            int direction = y % 2 == 0 ? 1 : -1;
            for (int x = direction > 0 ? 0 : width - 1; x >= 0 && x < width; x += direction)
            {
                int at = y * width + x;
                if (_before != null && _before[at] == pixels[at])
                {
                    indices[at] = transparent;
                    continue;
                }
                int wanted = dithering switch
                {
                    Dithering.Ordered => Shifted(pixels[at], (float)step * Thresholds[y % 8 * 8 + x % 8]),
                    Dithering.FloydSteinberg => Shifted(pixels[at], carried.AsSpan(3 * (x + 1), 3)),
                    _ => pixels[at],
                };
                indices[at] = Choose(wanted, at, palette, transparent);
                if (dithering == Dithering.FloydSteinberg)
                    Spread(pixels[at], carried, below, x, direction, _shown[at]);
            }
            (carried, below) = (below, carried);
            Array.Clear(below);
        }
        _before = pixels;
        return indices;
    }

    /// <summary>The index for a colour; the colour that is on the screen already may do as well as any in the palette.</summary>
    private byte Choose(int wanted, int at, Palette palette, byte transparent)
    {
        int nearest = palette.Nearest(wanted), color = palette.Colors[nearest];
        if (_before != null)
        {
            if (_shown[at] == color)
                return transparent;
            if (Palette.SquaredDistance(wanted, _shown[at]) <= Palette.SquaredDistance(wanted, color))
                return transparent;
        }
        _shown[at] = color;
        return (byte)nearest;
    }

    private static void Spread(int pixel, float[] carried, float[] below, int x, int direction, int shown)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            int shift = 16 - 8 * channel, at = 3 * (x + 1) + channel, next = 3 * direction;
            float error = (pixel >> shift & 255) + carried[at] - (shown >> shift & 255);
            // What a palette cannot show at all, such as a stray saturated colour, would run through the picture.
            error = Math.Clamp(error, -48, 48) / 16;
            carried[at + next] += 7 * error;
            below[at - next] += 3 * error;
            below[at] += 5 * error;
            below[at + next] += error;
        }
    }

    private static int Shifted(int pixel, float offset) => Shifted(pixel, [offset, offset, offset]);

    private static int Shifted(int pixel, ReadOnlySpan<float> offsets) =>
        Level((pixel >> 16) + offsets[0]) << 16 | Level((pixel >> 8 & 255) + offsets[1]) << 8 | Level((pixel & 255) + offsets[2]);

    private static int Level(float value) => (int)Math.Clamp(value + 0.5f, 0, 255);

    private static int Bayer(int x, int y)
    {
        int value = 0;
        for (int bit = 0; bit < 3; bit++)
            value = value << 2 | ((x ^ y) >> bit & 1) << 1 | (y >> bit & 1);
        return value;
    }
}
