using StyleLab.Pictures;

namespace StyleLab.Figures;

/// <summary>
/// Colours for numbers: from dark violet over green to bright yellow, even in lightness, so that it can be read in grey and
/// with every common colour vision.
/// </summary>
internal static class ColorRamp
{
    /// <summary>The colour for a share of 0..1, packed as 0xRRGGBB.</summary>
    public static int At(double share)
    {
        share = share > 0 ? Math.Min(share, 1) : 0;
        var (sin, cos) = Math.SinCos((300 - 195 * share) * Math.PI / 180);
        double chroma = 0.07 + 0.08 * Math.Sin(Math.PI * (0.1 + 0.7 * share));
        return new Oklab((float)(0.2 + 0.74 * share), (float)(chroma * cos), (float)(chroma * sin)).ToRgb();
    }

    /// <summary>A picture with a square of so many pixels for each value, the first row at the top.</summary>
    public static Picture Paint(double[,] shares, int pixels)
    {
        int height = shares.GetLength(0), width = shares.GetLength(1);
        var picture = new Picture(width * pixels, height * pixels);
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
            {
                int rgb = At(shares[y / pixels, x / pixels]);
                for (int channel = 0; channel < 3; channel++)
                    picture[channel, y, x] = (rgb >> (16 - 8 * channel) & 255) / 255f;
            }
        return picture;
    }
}
