using System.Globalization;
using System.Text;

namespace StyleLab.Endurance.Interrupts;

/// <summary>What became of the presses, a line for each kind of cell.</summary>
internal sealed class InterruptTable(IReadOnlyList<BusyCell> kinds, int seed)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan SoonTold = TimeSpan.FromSeconds(1);

    private readonly Dictionary<BusyCell, List<Press>> _presses = kinds.ToDictionary(kind => kind, _ => new List<Press>());

    /// <summary>Cells that ran without checks; there should be none.</summary>
    public int UncheckedCells { get; set; }

    /// <summary>Whether every kernel lives and every cell did what is right for its kind. How long that took is in the table: a
    /// machine that is busy with other things is late.</summary>
    public bool AllWell => UncheckedCells == 0 && _presses.All(kind => kind.Value.TrueForAll(press => IsRight(kind.Key, press)));

    public void Add(BusyCell kind, Press press) => _presses[kind].Add(press);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("| kind | presses | stopped | within 0.3 s | told | within 1 s | wrong | died | median s | longest s |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (kind, presses) in _presses.Where(row => row.Value.Count > 0))
            text.AppendLine(Row(kind.Name, presses));
        var all = _presses.Values.SelectMany(presses => presses).ToList();
        text.AppendLine(Row("all", all));
        text.Append(CultureInfo.InvariantCulture, $"seed {seed}; stop was never pressed twice, so nothing was aborted; cells without checks: {UncheckedCells}");
        return text.ToString();
    }

    private static bool IsRight(BusyCell kind, Press press) => press.Outcome switch
    {
        Outcome.Stopped => kind.Answer != Answer.Tells || press.Time < TimeSpan.FromSeconds(1),
        Outcome.Told => true,
        _ => false,
    };

    private static string Row(string name, List<Press> presses)
    {
        var times = presses.Where(press => press.Outcome != Outcome.Died).Select(press => press.Time.TotalSeconds).Order().ToList();
        int Count(Outcome outcome, TimeSpan? within = null) =>
            presses.Count(press => press.Outcome == outcome && (within == null || press.Time <= within));
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {presses.Count} | {Count(Outcome.Stopped)} | {Count(Outcome.Stopped, Soon)} | {Count(Outcome.Told)} | {Count(Outcome.Told, SoonTold)} | {Count(Outcome.Wrong)} | {Count(Outcome.Died)} | {(times.Count > 0 ? times[times.Count / 2] : 0):0.000} | {(times.Count > 0 ? times[^1] : 0):0.000} |");
    }
}
