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

    public Func<InputRequest, string>? Input { set => _session.Input = value; }

    public async Task<CellResult> RunAsync(
        string code, CancellationToken cancellation = default, string? language = null, bool isCounted = true)
    {
        var outputs = Outputs = [];
        return await _session.RunAsync(code, output => { lock (outputs) outputs.Add(output); }, cancellation, language, isCounted);
    }

    /// <summary>Completes at the bar in the code.</summary>
    public Task<Completions> CompleteAsync(string code)
    {
        int position = code.IndexOf('|');
        return _session.CompleteAsync(code.Remove(position, 1), position);
    }

    /// <summary>Inspects at the bar in the code.</summary>
    public async Task<string?> InspectAsync(string code, int detailLevel = 0)
    {
        int position = code.IndexOf('|');
        return (await _session.InspectAsync(code.Remove(position, 1), position, detailLevel))?[MimeTypes.PlainText];
    }

    public void Abort() => _session.Abort();

    public Completeness IsComplete(string code) => _session.IsComplete(code);

    /// <summary>Runs a cell that must fail and returns what it says.</summary>
    public async Task<string> ErrorAsync(string code, string? language = null)
    {
        var result = await RunAsync(code, language: language);
        Assert.Equal(CellStatus.Failed, result.Status);
        Assert.Same(result.Error, Outputs[^1]);
        return result.Error!.Message;
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
        string.Concat(Snapshot().OfType<StreamOutput>().Where(o => o.Name == stream).Select(o => o.Text));

    private List<Output> Snapshot()
    {
        var outputs = Outputs;
        lock (outputs)
            return [.. outputs];
    }
}
