using StyleLab.Cli.Runs;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace StyleLab.Endurance.Mutations;

/// <summary>What became of mutated inputs, a line for each reader.</summary>
internal sealed class MutationTable(int seed)
{
    private readonly List<Row> _rows = [];

    /// <summary>Whether nothing but reads and sentences came out.</summary>
    public bool AllWell => _rows.TrueForAll(row => row is { Foreign: 0, Hung: 0, Died: 0 });

    public Row RowOf(string reader)
    {
        var row = new Row(reader);
        _rows.Add(row);
        return row;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("| reader | inputs | read | refused with a sentence | foreign exceptions | over 5 s | deaths | most memory, MB |");
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var row in _rows)
            text.AppendLine(row.ToString());
        text.AppendLine(string.Create(CultureInfo.InvariantCulture,
            $"| all | {_rows.Sum(r => r.Inputs)} | {_rows.Sum(r => r.Read)} | {_rows.Sum(r => r.Refused)} | {_rows.Sum(r => r.Foreign)} | {_rows.Sum(r => r.Hung)} | {_rows.Sum(r => r.Died)} | {_rows.Select(r => r.Megabytes).DefaultIfEmpty(0).Max()} |"));
        text.Append(CultureInfo.InvariantCulture, $"seed {seed}");
        return text.ToString();
    }

    /// <summary>One reader.</summary>
    internal sealed class Row(string reader)
    {
        public long Read { get; private set; }

        public long Refused { get; private set; }

        public long Foreign { get; private set; }

        public int Hung { get; private set; }

        public int Died { get; private set; }

        public long Megabytes { get; private set; }

        public long Inputs => Read + Refused + Foreign + Hung + Died;

        public void Add(MutationCounts counts, Process worker)
        {
            Read += counts[Outcome.Read];
            Refused += counts[Outcome.Refused];
            Foreign += counts[Outcome.Foreign];
            if (!worker.HasExited)
            {
                worker.Refresh();
                Megabytes = Math.Max(Megabytes, worker.PeakWorkingSet64 >> 20);
            }
        }

        public void Failed(bool hung)
        {
            if (hung)
                Hung++;
            else
                Died++;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"| {reader} | {Inputs} | {Read} | {Refused} | {Foreign} | {Hung} | {Died} | {Megabytes} |");
    }
}
