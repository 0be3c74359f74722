using System.Globalization;
using System.Text;

namespace StyleLab.Endurance.Connects;

/// <summary>What became of the connections of each kind.</summary>
/// <param name="seed">Chose what was sent.</param>
internal sealed class ConnectTable(int seed)
{
    private readonly OrderedDictionary<string, (int Tried, int Wrong, int Died)> _kinds = [];

    public bool AllWell => _kinds.Values.All(kind => kind is { Wrong: 0, Died: 0 });

    public void Add(string kind, int tried = 1, int wrong = 0, int died = 0)
    {
        var sofar = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = (sofar.Tried + tried, sofar.Wrong + wrong, sofar.Died + died);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder("| kind | times | wrong | died |\n|---|---|---|---|\n");
        foreach (var (name, kind) in _kinds)
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {kind.Tried} | {kind.Wrong} | {kind.Died} |\n");
        return text.Append(CultureInfo.InvariantCulture, $"seed {seed}").ToString();
    }
}
