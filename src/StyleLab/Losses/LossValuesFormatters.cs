using System.Globalization;
using System.Net;
using System.Text;

namespace StyleLab.Losses;

/// <summary>How the tree of losses shows itself in a notebook: a table with a bar for each term's share.</summary>
internal sealed class LossValuesFormatters
{
    public IEnumerable<object> CreateTypeFormatters() => [new Html()];

    private sealed class Html
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not LossValues losses)
                return false;
            var rows = new StringBuilder();
            AddRows(rows, losses, losses.Value, depth: 0);
            writer.Write($"<table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\">{rows}</table>");
            return true;
        }

        private static void AddRows(StringBuilder rows, LossValues losses, double total, int depth)
        {
            double share = total > 0 ? Math.Clamp(losses.Value / total, 0, 1) : 0;
            rows.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"text-align:left;padding:1px 1.5em 1px {depth * 1.5}em\">{WebUtility.HtmlEncode(losses.Name)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td style=\"text-align:right;padding:1px 1em\">{losses.Value:G3}</td>")
                .Append("<td style=\"text-align:left;padding:1px;width:140px\">")
                .Append(CultureInfo.InvariantCulture, $"<div style=\"width:{140 * share:F0}px;height:0.7em;background:#0072b2;opacity:{(depth == 2 ? 0.5 : 1)}\"></div></td></tr>");
            foreach (var part in losses.Parts)
                AddRows(rows, part, total, depth + 1);
        }
    }
}
