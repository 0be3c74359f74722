using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>The medians of one comparison. The last few stay in the results, so that a lucky or unlucky run is seen for what it is.</summary>
internal sealed record PastRun(string Date, string Load, IReadOnlyList<PastRun.Line> Lines)
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 6;

    /// <summary>One row: its median, and the ratio to PyTorch if there is one.</summary>
    internal sealed record Line(string Name, string Unit, double Ours, double? Ratio);

    public static PastRun Of(Report report) => new(report.Date, report.Machine.Load,
        [.. report.Rows.Select(row => new Line(row.Name, row.Unit, row.Ours.Median, row.RatioOfMedians))]);

    /// <summary>What is kept in a results file; nothing if there is none yet.</summary>
    public static IReadOnlyList<PastRun> In(string file, JsonSerializerOptions options) => File.Exists(file)
        ? JsonNode.Parse(File.ReadAllText(file))?["runs"]?.Deserialize<List<PastRun>>(options) ?? []
        : [];

    /// <summary>A table with a column for each run, oldest first, and their median.</summary>
    public static IEnumerable<string[]> Table(IReadOnlyList<PastRun> runs, Func<Line, string> text)
    {
        yield return ["workload", .. runs.Select(run => $"{run.Date}, load {run.Load}"), "median"];
        foreach (var line in runs[^1].Lines)
        {
            List<Line> same = [.. runs.SelectMany(run => run.Lines).Where(other => other.Name == line.Name)];
            if (same.Count < runs.Count)
                continue;
            var median = line with
            {
                Ours = Samples.MedianOf([.. same.Select(l => l.Ours)]),
                Ratio = line.Ratio is null ? null : Samples.MedianOf([.. same.Select(l => l.Ratio ?? 0)]),
            };
            yield return [line.Name, .. same.Select(text), text(median)];
        }
    }
}
