using System.Globalization;
using System.Net;
using StyleLab.Figures;
using StyleLab.Networks;
using StyleLab.Networks.Catalogue;

namespace StyleLab;

/// <summary>A moment of fetching a network.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Stage">What is going on, such as “downloading”.</param>
/// <param name="Done">Bytes done.</param>
/// <param name="Total">Bytes in all; null while that is not known.</param>
[TypeFormatterSource(typeof(FetchProgressFormatters), PreferredMimeTypes = ["text/html"])]
public sealed record FetchProgress(string Network, string Stage, long Done = 0, long? Total = null)
{
    /// <summary>Whether all stages are over.</summary>
    public bool IsDone { get; init; }

    /// <summary>The part of this stage that is done, 0..1.</summary>
    public double Fraction => IsDone ? 1 : Total is > 0 ? Math.Clamp((double)Done / Total.Value, 0, 1) : 0;

    /// <summary>One line, such as “vgg19 · downloading · 120.0 of 574.7 MB · 21 %”.</summary>
    public override string ToString() => Total is { } total
        ? string.Create(CultureInfo.InvariantCulture, $"{Network} · {Stage} · {Done / 1e6:0.0} of {ByteText.Of(total)} · {Math.Floor(100 * Fraction)} %")
        : Done > 0 ? $"{Network} · {Stage} · {ByteText.Of(Done)}" : $"{Network} · {Stage}";

    /// <summary>A bar with the line beside it, for light and dark pages.</summary>
    public string ToHtml() => string.Create(CultureInfo.InvariantCulture,
        $"<div style=\"font:13px/1.45 Helvetica,Arial,sans-serif\"><progress value=\"{Fraction:0.####}\" max=\"1\" style=\"width:240px;vertical-align:middle\"></progress> <span style=\"font-variant-numeric:tabular-nums\">{WebUtility.HtmlEncode(ToString())}</span></div>");
}
