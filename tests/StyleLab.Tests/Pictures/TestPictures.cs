using StyleLab.Pictures;

namespace StyleLab.Tests.Pictures;

internal static class TestPictures
{
    /// <summary>Smooth colours with a little noise, all values exact multiples of 1/255.</summary>
    public static Picture Scene(int width, int height, int seed)
    {
        var random = new Random(seed);
        var picture = new Picture(width, height);
        for (var channel = 0; channel < 3; channel++)
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                    picture[channel, y, x] =
                        (byte)(127 + 100 * Math.Sin(x * 0.11 + channel) * Math.Cos(y * 0.07 - channel) + random.Next(-6, 7)) / 255f;
        return picture;
    }

    /// <summary>8-bit RGB, pixel by pixel, as image programs give it.</summary>
    public static byte[] ToRgb(Picture picture)
    {
        var rgb = new byte[picture.Values.Length];
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < picture.Width; x++)
                for (var channel = 0; channel < 3; channel++)
                    rgb[(y * picture.Width + x) * 3 + channel] = PixelRounding.ToByte(picture[channel, y, x]);
        return rgb;
    }
}
