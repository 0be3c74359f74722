using StyleLab.Pictures;

namespace StyleLab.Animations;

/// <summary>
/// Writes GIF89a. All frames share a palette unless one looks clearly better with its own; each frame holds only the
/// rectangle that changes, and in it only the pixels that do.
/// </summary>
internal static class GifWriter
{
    // One of the 256 places is for the transparent pixels.
    private const int MostColors = 255;

    // Below this error, in levels of 0..255, dithering hides it; a palette of its own costs 768 bytes and must be worth it.
    private const double VisibleError = 4, WorthIt = 0.7;

    private const int LongestDelay = 65535;

    public static byte[] Write(Animation animation)
    {
        var (width, height) = animation.Size;
        if (width > ushort.MaxValue || height > ushort.MaxValue)
            throw new StyleLabException($"A GIF is at most 65535 pixels wide and high, not {width}×{height}; resize the pictures.");
        int[][] frames = [.. animation.Frames.Select(frame => animation.Shown(frame).ToPackedRgb())];
        var (colors, shared) = Choose(frames);

        using var gif = new MemoryStream();
        gif.Write("GIF89a"u8);
        Write16(gif, width);
        Write16(gif, height);
        gif.WriteByte((byte)(0xF0 | TableBits(shared) - 1));
        gif.Write([0, 0]);
        WriteTable(gif, shared);
        if (animation.Plays != 1 && frames.Length > 1)
            WriteLoop(gif, animation.Plays);

        var painter = new FramePainter(width, height, animation.Dithering);
        double time = 0;
        int hundredths = 0;
        for (int i = 0; i < frames.Length; i++)
        {
            var palette = PaletteFor(colors[i], shared);
            byte transparent = (byte)palette.Colors.Count;
            byte[] indices = painter.Paint(frames[i], palette, Math.Sqrt(12) * palette.Error(colors[i]), transparent);
            // Times are rounded against the whole, so that many frames of 1/24 s do not add up to something else.
            time += animation.Frames[i].Seconds;
            int delay = Math.Clamp((int)Math.Round(100 * time) - hundredths, 2, LongestDelay);
            hundredths += delay;
            WriteFrame(gif, indices, width, height, palette, palette != shared, transparent, delay);
        }
        gif.WriteByte(0x3B);
        return gif.ToArray();
    }

    /// <summary>The colours of each frame, and a palette for all.</summary>
    private static (CountedColor[][] Colors, Palette Shared) Choose(int[][] frames)
    {
        var all = new ColorCounts();
        var colors = new CountedColor[frames.Length][];
        for (int i = 0; i < frames.Length; i++)
        {
            var counts = new ColorCounts();
            counts.Add(frames[i]);
            colors[i] = counts.Colors();
            if (frames.Length > 1)
                all.Add(counts);
        }
        return (colors, Palette.For(frames.Length > 1 ? all.Colors() : [.. colors[0]], MostColors));
    }

    private static Palette PaletteFor(CountedColor[] colors, Palette shared)
    {
        double error = shared.Error(colors);
        if (error < VisibleError)
            return shared;
        var own = Palette.For([.. colors], MostColors);
        return own.Error(colors) < WorthIt * error ? own : shared;
    }

    private static void WriteLoop(Stream gif, int plays)
    {
        gif.Write([0x21, 0xFF, 11]);
        gif.Write("NETSCAPE2.0"u8);
        gif.Write([3, 1]);
        // The file says how often it is repeated after the first time.
        Write16(gif, plays == 0 ? 0 : plays - 1);
        gif.WriteByte(0);
    }

    private static void WriteFrame(
        Stream gif, byte[] indices, int width, int height, Palette palette, bool ownPalette, byte transparent, int delay)
    {
        var (left, top, right, bottom) = Changed(indices, width, height, transparent);
        // Graphic control: leave the frame on the screen, and one index is transparent.
        gif.Write([0x21, 0xF9, 4, 1 << 2 | 1]);
        Write16(gif, delay);
        gif.Write([transparent, 0, 0x2C]);
        foreach (int number in (int[])[left, top, right - left, bottom - top])
            Write16(gif, number);
        gif.WriteByte((byte)(ownPalette ? 0x80 | TableBits(palette) - 1 : 0));
        if (ownPalette)
            WriteTable(gif, palette);
        var part = new byte[(right - left) * (bottom - top)];
        for (int y = top; y < bottom; y++)
            indices.AsSpan(y * width + left, right - left).CopyTo(part.AsSpan((y - top) * (right - left)));
        LzwEncoder.Write(gif, part, TableBits(palette));
    }

    /// <summary>The rectangle outside of which all is transparent; one pixel where everything is.</summary>
    private static (int Left, int Top, int Right, int Bottom) Changed(byte[] indices, int width, int height, byte transparent)
    {
        int top = 0, bottom = height, left = width, right = 0;
        while (top < height && Row(top).IndexOfAnyExcept(transparent) < 0)
            top++;
        if (top == height)
            return (0, 0, 1, 1);
        while (Row(bottom - 1).IndexOfAnyExcept(transparent) < 0)
            bottom--;
        for (int y = top; y < bottom; y++)
            if (Row(y).IndexOfAnyExcept(transparent) is var first and >= 0)
            {
                left = Math.Min(left, first);
                right = Math.Max(right, Row(y).LastIndexOfAnyExcept(transparent) + 1);
            }
        return (left, top, right, bottom);

        ReadOnlySpan<byte> Row(int y) => indices.AsSpan(y * width, width);
    }

    /// <summary>Bits for the index of any colour or the transparent one; a GIF has at least 2.</summary>
    private static int TableBits(Palette palette)
    {
        int bits = 2;
        while (1 << bits < palette.Colors.Count + 1)
            bits++;
        return bits;
    }

    private static void WriteTable(Stream gif, Palette palette)
    {
        for (int i = 0; i < 1 << TableBits(palette); i++)
        {
            int rgb = i < palette.Colors.Count ? palette.Colors[i] : 0;
            gif.Write([(byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb]);
        }
    }

    private static void Write16(Stream gif, int value) => gif.Write([(byte)value, (byte)(value >> 8)]);
}
