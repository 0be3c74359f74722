using System.Globalization;
using System.Text;
using StyleLab.Figures;

namespace StyleLab;

/// <summary>Something to look at in a notebook or a paper: shown by the notebook, saved as SVG or PNG.</summary>
public abstract class Figure
{
    private const double MostPixels = 100e6;

    // What a huge sheet is drawn with when nobody asks for a scale: 5000 pixels square, less what rounding up adds.
    private const double MostUnasked = 24.9e6;

    private protected Figure() { }

    /// <summary>The figure as an SVG document, dark on white; pictures are embedded.</summary>
    public string ToSvg() => ToSvg(inheritInk: false);

    /// <summary>The figure as pixels.</summary>
    /// <param name="scale">
    /// Pixels for each layout unit, above 0 and up to 8.
    /// Without it, enough to show the figure's pictures in full and its lines sharply, 1 or 2; less for a huge figure.
    /// </param>
    /// <exception cref="StyleLabException">The scale is out of range.</exception>
    public Picture ToPicture(double? scale = null)
    {
        var (width, height) = Size;
        double pixels = scale ?? Math.Min(PreferredScale, Math.Sqrt(MostUnasked / (width * height)));
        if (!(pixels is > 0 and <= 8))
            throw new StyleLabException(string.Create(CultureInfo.InvariantCulture,
                $"A figure can be drawn at a scale above 0 and up to 8, not {pixels}; 1 means one pixel for a layout unit."));
        if (width * pixels * height * pixels > MostPixels)
            throw new StyleLabException(string.Create(CultureInfo.InvariantCulture,
                $"The figure would be {width * pixels:0}×{height * pixels:0} pixels and the limit is 100 megapixels; " +
                $"use a smaller scale or smaller cells."));
        var picture = new Picture((int)Math.Ceiling(width * pixels), (int)Math.Ceiling(height * pixels));
        Array.Fill(picture.Values, 1f);
        Draw(new PictureCanvas(picture, pixels), width, height);
        return picture;
    }

    /// <summary>Saves the figure; a file that is there is replaced once the new one is complete.</summary>
    /// <param name="path">Ends in .svg, .png, .jpg or .jpeg.</param>
    /// <exception cref="StyleLabException">The ending is another one, or the file cannot be written.</exception>
    public void Save(string path)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".svg":
                WholeFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(ToSvg())), sync: false);
                break;
            case ".png" or ".jpg" or ".jpeg":
                ToPicture().Save(path);
                break;
            default:
                throw new StyleLabException($"\"{path}\" does not say how to save a figure: end the name in .svg, .png or .jpg.");
        }
    }

    /// <summary>The size the figure has on its own, in layout units.</summary>
    internal abstract (double Width, double Height) Size { get; }

    /// <summary>What a screen reader says.</summary>
    private protected abstract string Summary { get; }

    /// <summary>Pixels for each layout unit when nobody asks for a number.</summary>
    internal abstract double PreferredScale { get; }

    /// <summary>Draws the figure into width × height from (0, 0).</summary>
    internal abstract void Draw(ICanvas canvas, double width, double height);

    internal string ToSvg(bool inheritInk)
    {
        var (width, height) = Size;
        var canvas = new SvgCanvas(inheritInk);
        canvas.Rect(new Box(0, 0, width, height), Ink.Paper);
        Draw(canvas, width, height);
        return canvas.ToSvg(width, height, Summary);
    }

    /// <inheritdoc/>
    public override string ToString() => Summary;
}
