namespace StyleLab.Figures;

internal static class Blending
{
    /// <summary>Lays an ink over one pixel; coverage is the part of the pixel that the ink covers, 0..1.</summary>
    public static void Blend(this Picture picture, int x, int y, Ink ink, double coverage)
    {
        float share = (float)(coverage * ink.Opacity);
        if (share <= 0)
            return;
        Mix(ref picture.Values[y * picture.Width + x], ink.Red);
        Mix(ref picture.Values[(picture.Height + y) * picture.Width + x], ink.Green);
        Mix(ref picture.Values[(2 * picture.Height + y) * picture.Width + x], ink.Blue);

        void Mix(ref float value, byte level) => value += (level / 255f - value) * share;
    }
}
