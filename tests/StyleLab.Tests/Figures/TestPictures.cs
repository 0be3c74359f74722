namespace StyleLab.Tests.Figures;

internal static class TestPictures
{
    /// <summary>A picture of one colour.</summary>
    public static Picture Plain(int width, int height, float red, float green, float blue)
    {
        var picture = new Picture(width, height);
        int plane = width * height;
        Array.Fill(picture.Values, red, 0, plane);
        Array.Fill(picture.Values, green, plane, plane);
        Array.Fill(picture.Values, blue, 2 * plane, plane);
        return picture;
    }

    /// <summary>Every pixel another colour: hardly compressible.</summary>
    public static Picture Noise(int width, int height)
    {
        var random = new Random(7);
        var picture = new Picture(width, height);
        for (int i = 0; i < picture.Values.Length; i++)
            picture.Values[i] = random.NextSingle();
        return picture;
    }

    public static (float Red, float Green, float Blue) At(this Picture picture, double x, double y) =>
        (Level(picture[0, (int)y, (int)x]), Level(picture[1, (int)y, (int)x]), Level(picture[2, (int)y, (int)x]));

    // As it would be saved: one of 256 levels.
    private static float Level(float value) => MathF.Round(value * 255) / 255;

    /// <summary>The darkest value in a part of a picture: below 0.6 where there is ink.</summary>
    public static float Darkest(this Picture picture, int left, int top, int width, int height)
    {
        float darkest = 1;
        for (int y = top; y < top + height; y++)
            for (int x = left; x < left + width; x++)
                darkest = Math.Min(darkest, picture[0, y, x]);
        return darkest;
    }
}
