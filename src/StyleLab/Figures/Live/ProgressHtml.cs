using System.Globalization;
using System.Net;
using System.Text;

namespace StyleLab.Figures;

/// <summary>
/// A progress view as HTML. Text keeps the page's own colour and everything else is a translucent grey or a
/// mid-tone, so that it suits light and dark pages.
/// </summary>
internal static class ProgressHtml
{
    // The preview's box keeps its size while a run goes from coarse to fine, so that the page does not jump.
    private const int PreviewBox = 320, PreviewPixels = 384, PreviewBytes = 72 * 1024, SheetBox = 760;

    public static string Write(ProgressView view)
    {
        var html = new StringBuilder();
        html.Append("<div style=\"font:13px/1.45 Helvetica,Arial,sans-serif;max-width:760px\">");
        WriteBar(html, view);
        html.Append("<div style=\"display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start\">");
        if (view.Preview is { } preview)
            html.Append(PictureHtml.WithSize(preview, "the picture so far", PreviewBox, PreviewPixels, PreviewBytes));
        if (view.Curves.Count > 0 || view.Terms.Count > 0)
        {
            html.Append("<div style=\"flex:1 1 300px;min-width:260px;max-width:400px\">");
            if (view.Curves.Count > 0)
                html.Append(new LossPlot(view.Curves) { Width = 400, Height = 230, Marks = view.Marks }.ToSvg(inheritInk: true));
            if (view.Terms.Count > 0)
                WriteTerms(html, view);
            html.Append("</div>");
        }
        html.Append("</div>");
        if (view.Sheet is { } sheet)
            WriteSheet(html, sheet);
        return html.Append("</div>").ToString();
    }

    private static void WriteBar(StringBuilder html, ProgressView view)
    {
        string color = Ink.ForSeries(view.IsDone ? 2 : 0).Hex;
        string percent = (view.Fraction * 100).ToString("0.#", CultureInfo.InvariantCulture);
        html.Append("<div style=\"display:flex;flex-wrap:wrap;justify-content:space-between;column-gap:16px\">")
            .Append($"<strong style=\"font-weight:600\">{Encode(view.Title)}</strong>")
            .Append($"<span style=\"opacity:.75;font-variant-numeric:tabular-nums\">{Encode(view.ToString())}</span></div>")
            .Append($"<div role=\"progressbar\" aria-valuemin=\"0\" aria-valuemax=\"100\" aria-valuenow=\"{percent}\" ")
            .Append("style=\"height:4px;border-radius:2px;background:rgba(128,128,128,.28);margin:6px 0 12px;overflow:hidden\">")
            .Append($"<div style=\"width:{percent}%;height:100%;background:{color}\"></div></div>");
    }

    private static void WriteSheet(StringBuilder html, Picture sheet)
    {
        double scale = Math.Min(1, (double)SheetBox / Math.Max(sheet.Width, sheet.Height));
        html.Append(CultureInfo.InvariantCulture, $"<img alt=\"finished so far\" width=\"{Math.Max(1, (int)Math.Round(sheet.Width * scale))}\" ")
            .Append("style=\"max-width:100%;height:auto;margin:12px 0 0\" ")
            .Append($"src=\"{EmbeddedPicture.ForPreview(sheet, SheetBox, PreviewBytes)}\">");
    }

    private static void WriteTerms(StringBuilder html, ProgressView view)
    {
        const string cell = "color:inherit;border:0;background:none;padding:1px 0";
        html.Append("<table style=\"color:inherit;font-size:12px;border-collapse:collapse;width:100%;margin:6px 0 0;")
            .Append("font-variant-numeric:tabular-nums\">");
        foreach (var (name, value) in view.Terms)
            html.Append("<tr style=\"background:none;border-top:1px solid rgba(128,128,128,.28)\">")
                .Append($"<td style=\"{cell};text-align:left\">{Encode(name)}</td>")
                .Append($"<td style=\"{cell};text-align:right\">{NumberText.Value(value)}</td></tr>");
        html.Append("</table>");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
