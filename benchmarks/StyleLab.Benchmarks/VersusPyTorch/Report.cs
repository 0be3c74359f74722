using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>What a comparison found, as Markdown for people and JSON for programs.</summary>
internal sealed record Report(
    Machine Machine, JsonNode StyleLab, JsonNode PyTorch, bool IsFull,
    IReadOnlyList<Row> Rows, IReadOnlyList<string> Notes, IReadOnlyList<Agreement> Agreements)
{
    private static readonly JsonSerializerOptions s_json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Date { get; } = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The last runs on this processor, this one at the end.</summary>
    public IReadOnlyList<PastRun> Runs { get; private set; } = [];

    /// <summary>Writes both forms into a folder named after the processor, beside what its last runs found; gives that folder.</summary>
    public string Save(string folder)
    {
        folder = Directory.CreateDirectory(Path.Combine(folder, Machine.FolderName())).FullName;
        string json = Path.Combine(folder, "versus-pytorch.json");
        Runs = [.. PastRun.In(json, s_json).TakeLast(PastRun.Kept - 1), PastRun.Of(this)];
        File.WriteAllText(Path.Combine(folder, "versus-pytorch.md"), ToMarkdown());
        File.WriteAllText(json, JsonSerializer.Serialize(this, s_json) + "\n");
        return folder;
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(IsFull ? "# StyleLab and PyTorch side by side\n\n" : "# StyleLab and PyTorch side by side: a quick look at small sizes\n\n");
        text.Append("Style transfer, loss and image gradient: style relu1_1…relu5_1, content relu4_2, average pooling. ");
        text.Append(string.Create(CultureInfo.InvariantCulture, $"{Side.Threads} threads each, in turns, same weights and pictures. "));
        text.Append("Medians, in brackets the least and the most of all rounds.\n\n");
        AppendTable(text, ["workload", "StyleLab", "PyTorch", "ratio", "target", "met"], Rows.Select(row => new[]
        {
            row.Name, Text(row.Ours, row.Unit), row.PyTorch is null ? "–" : Text(row.PyTorch, row.Unit),
            row.Ratio is null ? "–" : RatioText(row), row.Target ?? "–", row.Met is { } met ? met ? "yes" : "**no**" : "–",
        }));
        text.Append('\n');
        foreach (var note in Notes)
            text.Append($"- {note}\n");
        text.Append(string.Create(CultureInfo.InvariantCulture,
            $"- Both sides compute the same: losses differ by at most {Agreements.Max(a => a.LossDifference):E1}, cosines of the gradients are at least {Agreements.Min(a => a.GradientCosine):F7} ({Agreements.Count} comparisons).\n\n"));
        AppendTable(text, ["", ""],
        [
            ["date", Date],
            ["processor", $"{Machine.Processor} ({Machine.Stepping}), {Machine.Cores} cores, {Machine.MemoryGigabytes.ToString(CultureInfo.InvariantCulture)} GB"],
            ["system", Machine.System],
            ["load before the start", Machine.Load],
            ["StyleLab", $"{StyleLab["dotnet"]}, {StyleLab["engine"]}"],
            ["PyTorch", $"{PyTorch["pytorch"]}, oneDNN {PyTorch["onednn"]}, BLAS {PyTorch["blas"]}, Python {PyTorch["python"]}, {PyTorch["threads"]} threads"],
        ]);
        if (Runs.Count > 1)
        {
            text.Append("\n## The last runs\n\nMedians: of times and memory the ratio to PyTorch, else StyleLab's values.\n\n");
            string[][] table = [.. PastRun.Table(Runs, Text)];
            AppendTable(text, table[0], table[1..]);
        }
        return text.ToString();
    }

    private static string Text(PastRun.Line line) =>
        line is { Unit: "s" or "MB", Ratio: { } ratio } ? $"{Number(ratio)}×" : Text(Samples.Of(line.Ours), line.Unit);

    private static void AppendTable(StringBuilder text, string[] head, IEnumerable<string[]> rows)
    {
        text.Append($"| {string.Join(" | ", head)} |\n|{string.Concat(head.Select(_ => "---|"))}\n");
        foreach (var row in rows)
            text.Append($"| {string.Join(" | ", row)} |\n");
    }

    private static string RatioText(Row row) => row.Ratio!.Values.Count == 1
        ? Number(row.RatioOfMedians!.Value) + "×"
        : $"{Number(row.RatioOfMedians!.Value)}× ({Number(row.Ratio.Min)}–{Number(row.Ratio.Max)})";

    private static string Text(Samples samples, string unit)
    {
        // Short times read better in milliseconds.
        if (unit == "s" && samples.Median < 1)
            return Text(samples.Select(s => 1000 * s), "ms");
        string median = $"{Number(samples.Median)} {unit}";
        return samples.Values.Count == 1 ? median : $"{median} ({Number(samples.Min)}–{Number(samples.Max)})";
    }

    /// <summary>Three digits that count.</summary>
    private static string Number(double value) => value.ToString(
        Math.Abs(value) switch { 0 => "0", < 1 => "0.###", < 10 => "0.00", < 100 => "0.0", _ => "#,0" }, CultureInfo.InvariantCulture);
}
