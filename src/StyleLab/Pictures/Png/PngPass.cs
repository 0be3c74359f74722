namespace StyleLab.Pictures.Png;

/// <summary>
/// A reduced image whose rows follow each other in the file: the whole picture, or one of the seven Adam7 passes
/// of an interlaced one (PNG specification, section 8.2). Its pixel (i, j) is the picture's (Left + i·StepX, Top + j·StepY).
/// </summary>
internal readonly record struct PngPass(int Left, int Top, int StepX, int StepY, int Width, int Height)
{
    /// <summary>The passes that hold any pixels; in a tiny picture some are empty and absent from the file.</summary>
    public static IEnumerable<PngPass> Of(PngHeader header)
    {
        (int Left, int Top, int StepX, int StepY)[] layout = header.IsInterlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        foreach (var (left, top, stepX, stepY) in layout)
        {
            var width = (header.Width - left + stepX - 1) / stepX;
            var height = (header.Height - top + stepY - 1) / stepY;
            if (width > 0 && height > 0)
                yield return new PngPass(left, top, stepX, stepY, width, height);
        }
    }
}
