namespace StyleLab.Figures;

/// <summary>
/// What a figure draws on, so that it is drawn once and exported as SVG and as pixels.
/// Coordinates are layout units (one CSS pixel), x to the right and y down from the top left corner.
/// </summary>
internal interface ICanvas
{
    void Rect(Box box, Ink fill);

    /// <summary>A line through the points with round joins and caps; a single point is a dot.</summary>
    void Polyline(IReadOnlyList<Spot> points, Ink ink, double width, bool dashed = false);

    void Line(Spot from, Spot to, Ink ink, double width) => Polyline([from, to], ink, width);

    /// <summary>One line of text; <paramref name="at"/> lies on its baseline.</summary>
    void Text(string text, Spot at, TextStyle style);

    void Image(Picture picture, Box box);

    /// <summary>Draws something laid out for width × height into a box of the same proportions.</summary>
    void Nested(Box box, double width, double height, Action<ICanvas> draw);
}

internal readonly record struct Spot(double X, double Y);

internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double CenterX => X + Width / 2;

    public double CenterY => Y + Height / 2;
}

/// <summary>Where the given point lies on a line of text.</summary>
internal enum Anchor { Start, Middle, End }

/// <summary>How text looks; <paramref name="Upwards"/> turns it so that it reads from bottom to top.</summary>
internal readonly record struct TextStyle(
    double Size, Anchor Anchor = Anchor.Middle, bool Bold = false, bool Upwards = false, double Opacity = 1)
{
    /// <summary>The distance from the middle of a capital letter to its baseline.</summary>
    public double HalfCap => Size * 0.36;
}
