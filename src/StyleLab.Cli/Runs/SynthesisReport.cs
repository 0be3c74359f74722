using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using StyleLab.Figures;

namespace StyleLab.Cli.Runs;

/// <summary>What a run says about its outcome on stdout.</summary>
internal static class SynthesisReport
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For people, such as “out.png · 256×192 · 12.3 s · loss 0.0123”.</summary>
    public static string Line(SynthesisResult result, string output)
    {
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{output} · {result.Picture.Width}×{result.Picture.Height} · {result.Elapsed.TotalSeconds:0.0} s");
        return result.LossesAtEnd is { } losses ? $"{line} · loss {NumberText.Value(losses.Value, 3)}" : line;
    }

    /// <summary>For programs, one JSON object on one line.</summary>
    public static string Json(SynthesisResult result, string output) => JsonSerializer.Serialize(new
    {
        output,
        result.Picture.Width,
        result.Picture.Height,
        Seconds = Math.Round(result.Elapsed.TotalSeconds, 3),
        Steps = result.History.Count,
        result.Evaluations,
        Loss = Finite(result.LossesAtEnd?.Value),
        Terms = result.LossesAtEnd?.Parts.GroupBy(p => p.Name).ToDictionary(g => g.Key, g => Finite(g.Sum(p => p.Value))),
        result.Interrupted,
        result.Warnings,
    }, s_json);

    // JSON has no word for infinity.
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
