namespace StyleLab.Notebooks;

/// <summary>Stands in for <see cref="Console.In"/>: a cell that reads asks the user of its notebook.</summary>
internal sealed class CellInput : TextReader
{
    // Not opened before somebody outside of a cell reads: opening it changes the terminal.
    private readonly Lazy<TextReader> _outside = new(() => new StreamReader(Console.OpenStandardInput()));
    private string? _rest;

    public override string? ReadLine()
    {
        if (CellContext.Current is not { } cell)
            return _outside.Value.ReadLine();
        return Interlocked.Exchange(ref _rest, null)?.TrimEnd('\n') ?? cell.Ask("");
    }

    public override int Peek() => CellContext.Current == null ? _outside.Value.Peek() : (_rest ?? "") is [var next, ..] ? next : -1;

    public override int Read()
    {
        if (CellContext.Current is not { } cell)
            return _outside.Value.Read();
        string line = string.IsNullOrEmpty(_rest) ? cell.Ask("") + "\n" : _rest;
        _rest = line.Length > 1 ? line[1..] : null;
        return line[0];
    }
}
