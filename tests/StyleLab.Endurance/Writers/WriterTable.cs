using System.Globalization;
using System.Text;

namespace StyleLab.Endurance.Writers;

/// <summary>What became of the files, a line for each writer.</summary>
/// <param name="columns">What is counted.</param>
/// <param name="seed">What the moments were chosen by.</param>
internal sealed class WriterTable(IReadOnlyList<string> columns, int seed)
{
    private readonly Dictionary<string, int[]> _rows = [];

    /// <summary>What was damaged, lost or different.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>How often something was counted, over all writers.</summary>
    public int Total(string column) => _rows.Values.Sum(row => row[columns.ToList().IndexOf(column)]);

    /// <summary>Counts one more.</summary>
    public void Count(Writer writer, string column)
    {
        lock (_rows)
        {
            if (!_rows.TryGetValue(writer.Name, out var row))
                _rows[writer.Name] = row = new int[columns.Count];
            row[columns.ToList().IndexOf(column)]++;
        }
    }

    /// <summary>Notes a problem, if there is one.</summary>
    public void Note(Writer writer, string? problem)
    {
        if (problem == null)
            return;
        lock (Problems)
            Problems.Add($"{writer.Name}: {problem}");
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"| writer | {string.Join(" | ", columns)} | damaged, lost or different |");
        text.AppendLine($"|---|{string.Concat(Enumerable.Repeat("---|", columns.Count))}---|");
        foreach (var (name, row) in _rows)
            text.AppendLine($"| {name} | {string.Join(" | ", row)} | {Problems.Count(problem => problem.StartsWith(name + ":", StringComparison.Ordinal))} |");
        text.AppendLine($"| all | {string.Join(" | ", columns.Select(Total))} | {Problems.Count} |");
        foreach (string problem in Problems)
            text.AppendLine(problem);
        text.Append(CultureInfo.InvariantCulture, $"seed {seed}");
        return text.ToString();
    }
}
