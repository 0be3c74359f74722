namespace StyleLab.Figures;

/// <summary>What is in a cell of a grid: a picture, a figure, or nothing.</summary>
internal sealed record GridItem(Picture? Picture, Figure? Figure, string? Label)
{
    // Below this a plot's labels collide, so it is laid out this wide and shrunk.
    private const double NarrowestPlot = 320;

    /// <summary>Whether the item takes the whole cell, whatever its proportions.</summary>
    private bool IsElastic => Figure is Plot;

    /// <summary>The size with the given longer side.</summary>
    public (double Width, double Height) Fit(double longSide)
    {
        if (IsElastic || (Picture is null && Figure is null))
            return (longSide, IsElastic ? Math.Round(longSide * 0.72) : longSide);
        var (width, height) = Picture is { } picture ? (picture.Width, picture.Height) : Figure!.Size;
        double scale = longSide / Math.Max(width, height);
        return (Math.Max(1, Math.Round(width * scale)), Math.Max(1, Math.Round(height * scale)));
    }

    /// <summary>Nothing but words, which stand in the middle of the cell, as in the corner of a table.</summary>
    public bool IsWords => Picture is null && Figure is null && !string.IsNullOrWhiteSpace(Label);

    public double PreferredScale(double cellSize)
    {
        if (Picture is { } picture)
            return Math.Clamp(Math.Max(picture.Width, picture.Height) / cellSize, 1, 2);
        return Figure?.PreferredScale ?? 1;
    }

    public void Draw(ICanvas canvas, Box cell, double longSide)
    {
        var (width, height) = IsElastic ? (cell.Width, cell.Height) : Fit(longSide);
        var box = new Box(
            cell.X + Math.Floor((cell.Width - width) / 2), cell.Y + Math.Floor((cell.Height - height) / 2), width, height);
        if (Picture is { } picture)
            canvas.Image(picture, box);
        if (Figure is { } figure)
        {
            double zoom = IsElastic ? Math.Max(1, NarrowestPlot / width) : figure.Size.Width / width;
            canvas.Nested(box, width * zoom, height * zoom, inner => figure.Draw(inner, width * zoom, height * zoom));
        }
    }
}
