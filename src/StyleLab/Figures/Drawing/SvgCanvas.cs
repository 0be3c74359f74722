using System.Globalization;
using System.Security;
using System.Text;

namespace StyleLab.Figures;

/// <summary>Writes SVG.</summary>
/// <param name="inheritInk">
/// Whether text and axes take the colour of the text around the figure and the paper is left out,
/// so that a figure inside HTML suits light and dark pages; otherwise it is dark ink on white.
/// </param>
internal sealed class SvgCanvas(bool inheritInk) : ICanvas
{
    private const string FontFamily = "Helvetica, Arial, 'Liberation Sans', sans-serif";
    private readonly StringBuilder _body = new();

    /// <summary>The finished document.</summary>
    public string ToSvg(double width, double height, string title) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Number(width)}\" height=\"{Number(height)}\" " +
        $"viewBox=\"0 0 {Number(width)} {Number(height)}\" role=\"img\" aria-label=\"{Escape(title)}\" " +
        $"font-family=\"{FontFamily}\" style=\"max-width:100%;height:auto\">\n{_body}</svg>\n";

    public void Rect(Box box, Ink fill)
    {
        if (inheritInk && fill == Ink.Paper)
            return;
        _body.Append($"<rect {Position(box)} fill=\"{Color(fill)}\"{Opacity("fill-opacity", fill.Opacity)}/>\n");
    }

    public void Polyline(IReadOnlyList<Spot> points, Ink ink, double width, bool dashed = false)
    {
        // A line of no length shows its two round caps: a dot.
        var shown = points.Count == 1 ? [points[0], points[0]] : points;
        string dashes = dashed
            ? $" stroke-dasharray=\"{Number(Dashes.Dash * width)} {Number(Dashes.Gap * width)}\""
            : "";
        string path = string.Join('L', shown.Select(p => $"{Number(p.X)} {Number(p.Y)}"));
        _body.Append($"<path d=\"M{path}\" fill=\"none\" stroke=\"{Color(ink)}\"" +
            $"{Opacity("stroke-opacity", ink.Opacity)} stroke-width=\"{Number(width)}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"{dashes}/>\n");
    }

    public void Text(string text, Spot at, TextStyle style)
    {
        string anchor = style.Anchor switch { Anchor.Start => "start", Anchor.Middle => "middle", _ => "end" };
        string weight = style.Bold ? " font-weight=\"600\"" : "";
        string turn = style.Upwards ? $" transform=\"rotate(-90 {Number(at.X)} {Number(at.Y)})\"" : "";
        _body.Append($"<text x=\"{Number(at.X)}\" y=\"{Number(at.Y)}\" font-size=\"{Number(style.Size)}\"{weight} " +
            $"text-anchor=\"{anchor}\" fill=\"{Color(Ink.Text)}\"{Opacity("fill-opacity", style.Opacity)}{turn}>" +
            $"{WithRaisedDigits(text)}</text>\n");
    }

    public void Image(Picture picture, Box box) =>
        _body.Append($"<image {Position(box)} preserveAspectRatio=\"none\" " +
            $"href=\"{EmbeddedPicture.ForSvg(picture, box)}\"/>\n");

    public void Nested(Box box, double width, double height, Action<ICanvas> draw)
    {
        _body.Append($"<svg {Position(box)} viewBox=\"0 0 {Number(width)} {Number(height)}\">\n");
        draw(this);
        _body.Append("</svg>\n");
    }

    private static string WithRaisedDigits(string text)
    {
        var markup = new StringBuilder();
        bool raised = false;
        foreach (var run in Runs(text))
        {
            bool raise = Superscript.IsRaised(run[0]);
            string shift = raise ? " dy=\"-0.5em\" font-size=\"70%\"" : raised ? " dy=\"0.35em\"" : "";
            string plain = raise ? string.Concat(run.Select(Superscript.ToPlain)) : Escape(run);
            markup.Append(shift == "" ? plain : $"<tspan{shift}>{plain}</tspan>");
            raised = raise;
        }
        return markup.ToString();
    }

    private static IEnumerable<string> Runs(string text)
    {
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = start + 1;
            while (end < text.Length && Superscript.IsRaised(text[end]) == Superscript.IsRaised(text[start]))
                end++;
            yield return text[start..end];
        }
    }

    // XML cannot hold control characters; halves of surrogate pairs come as U+FFFD.
    private static string Escape(string text)
    {
        var valid = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            valid.Append(rune.Value is < 0x20 or 0xFFFE or 0xFFFF ? " " : rune.ToString());
        return SecurityElement.Escape(valid.ToString());
    }

    private string Color(Ink ink) => inheritInk && ink with { Opacity = 1 } == Ink.Text ? "currentColor" : ink.Hex;

    private static string Opacity(string attribute, double opacity) =>
        opacity < 1 ? $" {attribute}=\"{Number(opacity)}\"" : "";

    private static string Position(Box box) =>
        $"x=\"{Number(box.X)}\" y=\"{Number(box.Y)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\"";

    private static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
