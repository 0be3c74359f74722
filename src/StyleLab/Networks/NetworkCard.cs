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
        ["layer", "what", "shape", "parameters", "sees (px)", "stride", "GMAC/MP", "up to here"];

    private static readonly string[] _legend =
    [
        $"shape: channels × height × width for a picture of {LayerCost.PictureSize} × {LayerCost.PictureSize} pixels.",
        "/2: a window every two positions; partial: a last window that reaches beyond the edge counts.",
        "sees: width and height of the square of pixels that one value depends on.",
        "stride: pixels between neighbouring values.",
        "GMAC/MP: billions of multiply-adds for a picture of one megapixel, this layer alone and all up to here;",
        "a loss and its gradient take about twice that.",
    ];

    // The first columns hold text, all others numbers.
    private const int TextColumns = 2, StrideColumn = 5;

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
    internal IReadOnlyList<LayerCost> Layers { get; }

    /// <summary>The number of weights and biases.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>The multiplications (each with its addition) for one pixel of the picture, through all layers.</summary>
    public double MacsPerPixel => Layers.Sum(layer => layer.MacsPerPixel);

    /// <summary>Label and text of each line below the table.</summary>
    private IEnumerable<(string Label, string Text)> Facts()
    {
        yield return ("pooling", _network.Pooling.ToString().ToLowerInvariant());
        if (_network.Striding == Striding.Average)
            yield return ("strides", "averaged: each strided filter is spread over the positions that it would have skipped");
        yield return ("input", _network.Architecture.Input.ToString());
        yield return ("weights", string.Create(CultureInfo.InvariantCulture,
            $"{Parameters:N0} parameters from {(Source.IsEmbedded ? "the library" : Source.Location)}, {Source.Bytes:N0} bytes"));
        yield return ("content", _network.Architecture.ContentLayers + (_network.Architecture.ContentScale == 1
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; balanced terms × {_network.Architecture.ContentScale}")));
        yield return ("style", _network.Architecture.StyleLayers);
        yield return ("SHA-256", Source.Sha256);
        if (Source.Published is { } published)
            yield return ("published", published);
        if (Source.Training is { } training)
            yield return ("trained on", training);
        yield return ("licence", Source.Licence);
        if (Source.Limits is { } limits)
            yield return ("limits", limits);
    }

    private string Title => $"{Name}: {_network.Architecture.Convolutions.Count()} convolutions";

    /// <summary>The table's rows: all layers but ReLU layers, which have the numbers of the layer before them.</summary>
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
                layer.Name, WhatIs(layer.Layer), layer.Size > 0 ? $"{layer.Channels}×{layer.Size}×{layer.Size}" : $"{layer.Channels}×0×0",
                costs ? Number(layer.Parameters) : "", Number(layer.ReceptiveField),
                Number(layer.Stride), costs ? Thousands(layer.MacsPerPixel) : "", costs ? Thousands(macs) : "",
            ];
        }

        static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

        // Thousands of multiply-adds a pixel are billions a megapixel.
        static string Thousands(double macs) => (macs / 1000).ToString("N2", CultureInfo.InvariantCulture);
    }

    /// <summary>The kind of a layer with what is not usual about it.</summary>
    private static string WhatIs(NetworkLayer layer) => layer switch
    {
        ConvolutionLayer c => $"conv {c.Size}×{c.Size}" + (c.Stride > 1 ? $" /{c.Stride}" : "")
            + (c.Padding != c.Size / 2 ? $", padding {c.Padding}" : ""),
        PoolLayer p => $"{(p.Averages ? "average" : "pool")} {p.Size}×{p.Size}" + (p.Stride != p.Size ? $" /{p.Stride}" : "")
            + (p.Before + p.After == 0 ? "" : p.Before == p.After ? $", padding {p.Before}" : $", padding {p.Before} and {p.After}") + (p.Partial ? ", partial" : ""),
        PadLayer p => $"border {p.Top} {p.Bottom} {p.Left} {p.Right}",
        ConcatenationLayer c => $"{Short(c.First)} + {Short(c.Second)}",
        AdditionLayer c => $"sum of {Short(c.First)} and {Short(c.Second)}",
        _ => "",
    };

    /// <summary>fire2/relu_expand1x1 → expand1x1</summary>
    private static string Short(string name)
    {
        var part = name[(name.LastIndexOf('/') + 1)..];
        return part.StartsWith("relu_", StringComparison.Ordinal) ? part["relu_".Length..] : part;
    }

    /// <summary>The card as plain text.</summary>
    public override string ToString()
    {
        var rows = Rows().Prepend(_columns).ToList();
        var widths = _columns.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder().AppendLine(Title).AppendLine();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column < TextColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
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
        const string cell = "padding:2px 7px;text-align:right;border:0";
        const string firstCell = "padding:2px 12px 2px 0;text-align:left;border:0";
        const string line = "border-top:1px solid rgba(128,128,128,.35)";
        var html = new StringBuilder();
        html.Append("<div style=\"font-family:system-ui,sans-serif;font-size:13px;line-height:1.4;max-width:66em\">");
        html.Append($"<div style=\"font-weight:600;margin:4px 0 6px\">{WebUtility.HtmlEncode(Title)}</div>");
        html.Append($"<div style=\"overflow-x:auto\"><table style=\"{table};margin:0\"><thead><tr>");
        for (var column = 0; column < _columns.Length; column++)
            html.Append($"<th style=\"{(column < TextColumns ? firstCell : cell)};font-weight:600;white-space:nowrap\">{_columns[column]}</th>");
        html.Append("</tr></thead><tbody>");
        var stride = "";
        foreach (var row in Rows())
        {
            // A line above the first layer of each resolution.
            var rule = row[StrideColumn] != stride ? ";" + line : "";
            stride = row[StrideColumn];
            html.Append("<tr style=\"background:none\">");
            for (var column = 0; column < row.Length; column++)
                html.Append($"<td style=\"{(column < TextColumns ? firstCell : cell)};white-space:nowrap{rule}\">{row[column]}</td>");
            html.Append("</tr>");
        }
        html.Append($"</tbody></table></div><table style=\"{table};margin:8px 0 0;{line}\"><tbody>");
        foreach (var (label, fact) in Facts())
            html.Append("<tr style=\"background:none\">")
                .Append($"<td style=\"{firstCell};vertical-align:top;white-space:nowrap;opacity:.7\">{label}</td>")
                .Append($"<td style=\"{firstCell};overflow-wrap:anywhere\">{WebUtility.HtmlEncode(fact)}</td></tr>");
        html.Append($"</tbody></table><div style=\"opacity:.7;font-size:12px;margin-top:6px\">{WebUtility.HtmlEncode(string.Join(' ', _legend))}</div></div>");
        return html.ToString();
    }
}
