namespace StyleLab.Notebooks;

/// <summary>What a notebook names and its page does not take in, each told once.</summary>
internal sealed class PublishNotes
{
    private readonly List<string> _outside = [], _missing = [], _remote = [];
    private string? _charts;

    /// <summary>A file outside of the notebook's folder.</summary>
    public void Outside(string address) => Add(_outside, address);

    /// <summary>What stays an address: of the network, or of a file that is not there.</summary>
    public void NotTakenIn(string address)
    {
        if (!_outside.Contains(address))
            Add(IsRemote(address) ? _remote : _missing, address);
    }

    /// <summary>Charts are drawn by a script of the network, since no package has brought it to this computer.</summary>
    public void ChartsFrom(string address) => _charts = address;

    /// <summary>Says it, a sentence for each kind.</summary>
    public void SayTo(Action<string>? say)
    {
        if (_charts != null)
        {
            say?.Invoke($"The page's charts are drawn by {_charts}, which its reader's browser fetches; "
                + "once a notebook has shown a chart of Plotly.NET on this computer, pages get a copy that lies beside them.");
        }

        if (_outside.Count > 0)
        {
            say?.Invoke($"{Named(_outside)} outside of the notebook's folder and {(_outside.Count == 1 ? "was" : "were")} not taken in; "
                + "stylelab publish --allow-outside takes in what lies elsewhere.");
        }

        if (_remote.Count > 0)
            say?.Invoke($"{Named(_remote)} on the network; a page fetches nothing, so a link stands where it would be seen.");
        if (_missing.Count > 0)
            say?.Invoke($"{Named(_missing)} not among the files that can be taken in; a link stands where it would be seen.");
    }

    public static bool IsRemote(string address) =>
        address.StartsWith("//", StringComparison.Ordinal)
        || address.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private static void Add(List<string> addresses, string address)
    {
        if (!addresses.Contains(address))
            addresses.Add(address);
    }

    private static string Named(List<string> addresses)
    {
        const int most = 120;
        string first = addresses[0].ReplaceLineEndings(" ");
        first = first.Length > most ? first[..most] + "…" : first;
        return addresses.Count == 1 ? $"{first} is" : $"{first} and {addresses.Count - 1} more are";
    }
}
