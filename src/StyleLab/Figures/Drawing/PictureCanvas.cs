namespace StyleLab.Figures;

/// <summary>Draws on the pixels of a picture.</summary>
/// <param name="picture">What is drawn on.</param>
/// <param name="scale">Pixels for a layout unit.</param>
/// <param name="origin">The pixel position of layout point (0, 0).</param>
internal sealed class PictureCanvas(Picture picture, double scale, Spot origin = default) : ICanvas
{
    public void Rect(Box box, Ink fill)
    {
        var pixels = ToPixels(box);
        for (int y = (int)Math.Max(0, pixels.Y); y < Math.Min(picture.Height, pixels.Bottom); y++)
        {
            double down = Math.Min(y + 1, pixels.Bottom) - Math.Max(y, pixels.Y);
            for (int x = (int)Math.Max(0, pixels.X); x < Math.Min(picture.Width, pixels.Right); x++)
            {
                double across = Math.Min(x + 1, pixels.Right) - Math.Max(x, pixels.X);
                picture.Blend(x, y, fill, down * across);
            }
        }
    }

    public void Polyline(IReadOnlyList<Spot> points, Ink ink, double width, bool dashed = false)
    {
        var mask = new StrokeMask(width * scale);
        foreach (var stroke in dashed ? Dashes.Cut(points, width) : [points])
            mask.Add([.. stroke.Select(ToPixels)]);
        mask.Paint(picture, ink);
    }

    public void Text(string text, Spot at, TextStyle style)
    {
        double size = style.Size * scale, length = StrokeFont.Measure(text, size);
        double shift = style.Anchor switch { Anchor.Start => 0, Anchor.Middle => -length / 2, _ => -length };
        var start = ToPixels(at);
        var mask = new StrokeMask(StrokeFont.PenWidth(size, style.Bold));
        foreach (var stroke in StrokeFont.Strokes(text, size))
            mask.Add([.. stroke.Select(p => style.Upwards
                ? new Spot(MiddleOfPixel(start.X) + p.Y, MiddleOfPixel(start.Y - shift) - p.X)
                : new Spot(MiddleOfPixel(start.X + shift) + p.X, MiddleOfPixel(start.Y) + p.Y))]);
        mask.Paint(picture, Ink.Text with { Opacity = style.Opacity });
    }

    public void Image(Picture image, Box box)
    {
        var pixels = ToPixels(box);
        int left = (int)Math.Round(pixels.X), top = (int)Math.Round(pixels.Y);
        int width = Math.Max(1, (int)Math.Round(pixels.Width)), height = Math.Max(1, (int)Math.Round(pixels.Height));
        var shown = image.Width == width && image.Height == height ? image : image.Resize(width, height);
        for (int channel = 0; channel < 3; channel++)
            for (int y = Math.Max(0, -top); y < Math.Min(height, picture.Height - top); y++)
                for (int x = Math.Max(0, -left); x < Math.Min(width, picture.Width - left); x++)
                    picture[channel, top + y, left + x] = Math.Clamp(shown[channel, y, x], 0, 1);
    }

    public void Nested(Box box, double width, double height, Action<ICanvas> draw) =>
        draw(new PictureCanvas(picture, scale * box.Width / width, ToPixels(new Spot(box.X, box.Y))));

    // A baseline through the middle of a row of pixels keeps the feet of the letters sharp.
    private static double MiddleOfPixel(double position) => Math.Floor(position) + 0.5;

    private Spot ToPixels(Spot spot) => new(origin.X + spot.X * scale, origin.Y + spot.Y * scale);

    private Box ToPixels(Box box) =>
        new(origin.X + box.X * scale, origin.Y + box.Y * scale, box.Width * scale, box.Height * scale);
}
