using System.Buffers.Binary;

namespace StyleLab.Pictures.Png;

/// <summary>Turns the samples of a row into red, green and blue values over white, and alpha.</summary>
internal readonly ref struct PngPixels
{
    private readonly PngHeader _header;
    private readonly ReadOnlySpan<byte> _palette;
    private readonly ReadOnlySpan<byte> _transparency;

    /// <param name="header">The layout of the samples.</param>
    /// <param name="palette">The PLTE chunk: three bytes a colour.</param>
    /// <param name="transparency">The tRNS chunk: one alpha a palette colour, or the one grey or RGB colour that is transparent.</param>
    public PngPixels(PngHeader header, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> transparency)
    {
        var transparencyLength = header.ColorType switch { PngColorType.Grey => 2, PngColorType.Rgb => 6, _ => 0 };
        if (header.ColorType == PngColorType.Palette && (palette.Length is 0 or > 768 || palette.Length % 3 != 0))
            throw new StyleLabException($"The PNG data is damaged: its palette has {palette.Length} bytes instead of 3 for each of 1 to 256 colours.");
        if (transparency.Length < transparencyLength && !transparency.IsEmpty)
            throw new StyleLabException("The PNG data is damaged: its transparent colour is incomplete.");
        _header = header;
        _palette = palette;
        _transparency = transparency;
    }

    public void Place(ReadOnlySpan<byte> row, PngPass pass, int passRow, Picture picture, float[]? alpha)
    {
        var y = pass.Top + passRow * pass.StepY;
        for (var i = 0; i < pass.Width; i++)
        {
            var (red, green, blue) = Pixel(row, i);
            var x = pass.Left + i * pass.StepX;
            picture[0, y, x] = red;
            picture[1, y, x] = green;
            picture[2, y, x] = blue;
            if (alpha is not null)
                alpha[y * picture.Width + x] = Alpha(row, i);
        }
    }

    private (float Red, float Green, float Blue) Pixel(ReadOnlySpan<byte> row, int i)
    {
        var max = (1 << _header.BitDepth) - 1;
        switch (_header.ColorType)
        {
            case PngColorType.Grey:
                var grey = Sample(row, i);
                var value = OverWhite(grey, IsTransparent(grey) ? 0 : max, max);
                return (value, value, value);
            case PngColorType.GreyAlpha:
                value = OverWhite(Sample(row, 2 * i), Sample(row, 2 * i + 1), max);
                return (value, value, value);
            case PngColorType.Palette:
                return PaletteColor(Sample(row, i));
            case PngColorType.Rgb:
                var (red, green, blue) = (Sample(row, 3 * i), Sample(row, 3 * i + 1), Sample(row, 3 * i + 2));
                var alpha = IsTransparent(red, green, blue) ? 0 : max;
                return (OverWhite(red, alpha, max), OverWhite(green, alpha, max), OverWhite(blue, alpha, max));
            default:
                alpha = Sample(row, 4 * i + 3);
                return (OverWhite(Sample(row, 4 * i), alpha, max),
                    OverWhite(Sample(row, 4 * i + 1), alpha, max),
                    OverWhite(Sample(row, 4 * i + 2), alpha, max));
        }
    }

    private float Alpha(ReadOnlySpan<byte> row, int i)
    {
        float max = (1 << _header.BitDepth) - 1;
        return _header.ColorType switch
        {
            PngColorType.Grey => IsTransparent(Sample(row, i)) ? 0 : 1,
            PngColorType.GreyAlpha => Sample(row, 2 * i + 1) / max,
            PngColorType.Palette => Sample(row, i) is var index && index < _transparency.Length ? _transparency[index] / 255f : 1,
            PngColorType.Rgb => IsTransparent(Sample(row, 3 * i), Sample(row, 3 * i + 1), Sample(row, 3 * i + 2)) ? 0 : 1,
            _ => Sample(row, 4 * i + 3) / max,
        };
    }

    private (float Red, float Green, float Blue) PaletteColor(int index)
    {
        if (3 * index >= _palette.Length)
            throw new StyleLabException(
                $"The PNG data is damaged: a pixel has colour {index} of a palette with {_palette.Length / 3} colours.");
        var color = _palette.Slice(3 * index, 3);
        var alpha = index < _transparency.Length ? _transparency[index] : 255;
        return (OverWhite(color[0], alpha, 255), OverWhite(color[1], alpha, 255), OverWhite(color[2], alpha, 255));
    }

    // Samples of less than a byte lie in it from the high bits down.
    private int Sample(ReadOnlySpan<byte> row, int i)
    {
        var depth = _header.BitDepth;
        if (depth == 8)
            return row[i];
        if (depth == 16)
            return BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..]);
        var samplesPerByte = 8 / depth;
        var shift = 8 - depth * (i % samplesPerByte + 1);
        return (row[i / samplesPerByte] >> shift) & ((1 << depth) - 1);
    }

    private bool IsTransparent(int grey) => !_transparency.IsEmpty && KeySample(0) == grey;

    private bool IsTransparent(int red, int green, int blue) =>
        !_transparency.IsEmpty && KeySample(0) == red && KeySample(1) == green && KeySample(2) == blue;

    private int KeySample(int channel) => BinaryPrimitives.ReadUInt16BigEndian(_transparency[(2 * channel)..]);

    // An opaque sample keeps its exact value, so that 8-bit pictures come back from a file bit for bit.
    private static float OverWhite(int sample, int alpha, int max) =>
        alpha == max ? sample / (float)max : 1 - alpha / (float)max * (1 - sample / (float)max);
}
