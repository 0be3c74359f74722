namespace StyleLab.Notebooks.Tests;

/// <summary>A real session that remembers what its cells output.</summary>
public sealed class RecordedSession : IDisposable
{
    private readonly Session _session;

    public RecordedSession(string? folder = null) => _session = new Session(folder);

    /// <summary>The outputs of the latest cell, including what earlier cells still send while it runs.</summary>
    public List<Output> Outputs { get; private set; } = [];

    public string Stdout => Text("stdout");

    public string Stderr => Text("stderr");

    public IEnumerable<ResultOutput> Results => Outputs.OfType<ResultOutput>();

    public async Task<CellResult> RunAsync(string code, CancellationToken cancellation = default)
    {
        var outputs = Outputs = [];
        return await _session.RunAsync(code, output => { lock (outputs) outputs.Add(output); }, cancellation);
    }

    /// <summary>Runs a cell that must succeed and returns the value of its last expression.</summary>
    public async Task<object?> ValueAsync(string code)
    {
        var result = await RunAsync(code);
        Assert.True(result.Error == null, string.Join("\n", result.Error?.Traceback ?? []));
        return result.Value;
    }

    public void Dispose() => _session.Dispose();

    private string Text(string stream) =>
        string.Concat(Outputs.OfType<StreamOutput>().Where(o => o.Name == stream).Select(o => o.Text));
}
