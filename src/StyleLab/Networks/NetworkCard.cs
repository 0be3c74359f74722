using StyleLab.Figures;
using System.Globalization;
using System.Net;
using System.Text;
using StyleLab.Networks;

namespace StyleLab;

/// <summary>
/// What a loss network is, for people: its layers with size, reach and cost, and where its weights came from.
/// Shows as a table in notebooks; <see cref="ToString"/> is the same as plain text.
/// </summary>
[TypeFormatterSource(typeof(NetworkCardFormatters), PreferredMimeTypes = ["text/html"])]
public sealed class NetworkCard
{
    private static readonly string[] _columns =
        ["layer", "channels", "parameters", "sees (px)", "stride", "GMAC/MP", "up to here"];

    private static readonly string[] _legend =
    [
        "sees: width and height of the square of pixels that one value depends on.",
        "stride: pixels between neighbouring values.",
        "GMAC/MP: billions of multiply-adds for a picture of one megapixel, this layer alone and all up to here;",
        "a loss and its gradient take about twice that.",
    ];

    private readonly LossNetwork _network;

    internal NetworkCard(LossNetwork network)
    {
        _network = network;
        Layers = LayerCost.Of(network.Architecture);
    }

    /// <summary>The network's name.</summary>
    public string Name => _network.Name;

    /// <summary>Where the weights came from.</summary>
    public NetworkSource Source => _network.Source;

    /// <summary>Every layer in network order, ReLU layers included.</summary>
    public IReadOnlyList<LayerCost> Layers { get; }

    /// <summary>The number of weights and biases.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>The multiplications (each with its addition) for one pixel of the picture, through all layers.</summary>
    public double MacsPerPixel => Layers.Sum(layer => layer.MacsPerPixel);

    /// <summary>Label and text of each line below the table.</summary>
    private IEnumerable<(string Label, string Text)> Facts()
    {
        yield return ("pooling", _network.Pooling.ToString().ToLowerInvariant());
        yield return ("input", _network.Architecture.Input.ToString());
        yield return ("weights", string.Create(CultureInfo.InvariantCulture,
            $"{Parameters:N0} parameters from {(Source.IsEmbedded ? "the library" : Source.Location)}, {Source.Bytes:N0} bytes"));
        yield return ("SHA-256", Source.Sha256);
        if (Source.Published is { } published)
            yield return ("published", published);
        if (Source.Training is { } training)
            yield return ("trained on", training);
        yield return ("licence", Source.Licence);
        if (Source.Limits is { } limits)
            yield return ("limits", limits);
    }

    private string Title => $"{Name}: {_network.Architecture.Convolutions.Count()} convolutions of 3×3, a ReLU after each";

    /// <summary>The table's rows: convolutions and poolings. A ReLU has the numbers of its convolution and no row.</summary>
    private IEnumerable<string[]> Rows()
    {
        double macs = 0;
        foreach (var layer in Layers)
        {
            macs += layer.MacsPerPixel;
            if (layer.Layer is ReluLayer)
                continue;
            var costs = layer.MacsPerPixel > 0;
            yield return
            [
                layer.Name, Number(layer.Channels), costs ? Number(layer.Parameters) : "", Number(layer.ReceptiveField),
                Number(layer.Stride), costs ? Thousands(layer.MacsPerPixel) : "", costs ? Thousands(macs) : "",
            ];
        }

        static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

        // Thousands of multiply-adds a pixel are billions a megapixel.
        static string Thousands(double macs) => (macs / 1000).ToString("N2", CultureInfo.InvariantCulture);
    }

    /// <summary>The card as plain text.</summary>
    public override string ToString()
    {
        var rows = Rows().Prepend(_columns).ToList();
        var widths = _columns.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder().AppendLine(Title).AppendLine();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
            text.AppendLine(string.Join("  ", cells).TrimEnd());
        }
        text.AppendLine();
        foreach (var (label, fact) in Facts())
            text.AppendLine($"{label,-10}  {fact}");
        return text.AppendLine().AppendJoin('\n', _legend).ToString().ReplaceLineEndings("\n");
    }

    /// <summary>The card as an HTML fragment that carries its own style and reads well on light and dark pages.</summary>
    public string ToHtml()
    {
        const string table = "border-collapse:collapse;color:inherit;font-size:inherit;font-variant-numeric:tabular-nums";
        const string cell = "padding:2px 10px;text-align:right;border:0";
        const string firstCell = "padding:2px 10px 2px 0;text-align:left;border:0";
        const string line = "border-top:1px solid rgba(128,128,128,.35)";
        var html = new StringBuilder();
        html.Append("<div style=\"font-family:system-ui,sans-serif;font-size:13px;line-height:1.4;max-width:46em\">");
        html.Append($"<div style=\"font-weight:600;margin:4px 0 6px\">{WebUtility.HtmlEncode(Title)}</div>");
        html.Append($"<table style=\"{table};margin:0\"><thead><tr>");
        for (var column = 0; column < _columns.Length; column++)
            html.Append($"<th style=\"{(column == 0 ? firstCell : cell)};font-weight:600;white-space:nowrap\">{_columns[column]}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in Rows())
        {
            // A line above the first layer of each block.
            var rule = row[0].EndsWith("_1", StringComparison.Ordinal) ? ";" + line : "";
            html.Append("<tr style=\"background:none\">");
            for (var column = 0; column < row.Length; column++)
                html.Append($"<td style=\"{(column == 0 ? firstCell : cell)}{rule}\">{row[column]}</td>");
            html.Append("</tr>");
        }
        html.Append($"</tbody></table><table style=\"{table};margin:8px 0 0;{line}\"><tbody>");
        foreach (var (label, fact) in Facts())
            html.Append("<tr style=\"background:none\">")
                .Append($"<td style=\"{firstCell};vertical-align:top;white-space:nowrap;opacity:.7\">{label}</td>")
                .Append($"<td style=\"{firstCell};overflow-wrap:anywhere\">{WebUtility.HtmlEncode(fact)}</td></tr>");
        html.Append($"</tbody></table><div style=\"opacity:.7;font-size:12px;margin-top:6px\">{WebUtility.HtmlEncode(string.Join(' ', _legend))}</div></div>");
        return html.ToString();
    }
}
