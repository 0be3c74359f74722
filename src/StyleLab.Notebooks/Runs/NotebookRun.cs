using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using StyleLab.Notebooks.Widgets;

namespace StyleLab.Notebooks;

/// <summary>One run of one notebook.</summary>
internal sealed class NotebookRun(Notebook notebook, string name, RunOutput output, RunOptions options) : IDisposable
{
    private static readonly TimeSpan BetweenAborts = TimeSpan.FromMilliseconds(250);

    private readonly Session _session = new();
    private readonly OutputRecorder _recorder = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly NotebookCell[] _cells =
    [
        .. notebook.Cells.Where(cell =>
            cell.Kind == CellKind.Code && cell.Source.Trim().Length > 0 && !cell.HasTag(CellTags.SkipExecution)),
    ];

    private int _current;

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        if (options.CellTimeout is { } limit)
            _session.HowToForce = $"After {Seconds(limit)} s more it is ended by force.";

        // Saved before the first cell too: an output that cannot be written is better known now than in an hour.
        Save("running", isLast: false);
        RunResult? firstFailure = null;
        for (int i = 0; i < _cells.Length; i++)
        {
            var (status, error) = await RunCellAsync(i, cancellation).ConfigureAwait(false);
            if (status == RunStatus.Failed && _cells[i].HasTag(CellTags.RaisesException))
                status = RunStatus.Done;
            if (status != RunStatus.Done)
                firstFailure ??= new RunResult(status, notebook, output.Path, _clock.Elapsed, i + 1, error);
            bool goesOn = status == RunStatus.Done || (options.AllowErrors && status is RunStatus.Failed or RunStatus.TimedOut && !_session.IsStuck);
            bool isLast = i == _cells.Length - 1;
            bool isOver = !goesOn || isLast;
            Save(isOver ? StatusName(firstFailure?.Status ?? RunStatus.Done) : "running", isOver);
            if (!goesOn)
                break;
        }

        if (_cells.Length == 0)
            Save(StatusName(RunStatus.Done), isLast: true);
        var result = firstFailure ?? new RunResult(RunStatus.Done, notebook, output.Path, _clock.Elapsed, null, null);
        return result with { Duration = _clock.Elapsed, OutputPath = output.Path, WriteProblem = output.Problem };
    }

    public void Dispose() => _session.Dispose();

    private async Task<(RunStatus Status, ErrorOutput? Error)> RunCellAsync(int index, CancellationToken cancellation)
    {
        var cell = _cells[index];
        _current = index;
        Report(status: null);
        using var timeout = new CancellationTokenSource(options.CellTimeout ?? Timeout.InfiniteTimeSpan);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);

        // A cell that does not stop when its time is over is ended by force after as long again.
        using var force = new Timer(_ => _session.Abort());
        if (options.CellTimeout is { } limit)
            force.Change(TimeSpan.FromMilliseconds(Math.Min(2 * limit.TotalMilliseconds, uint.MaxValue - 1)), BetweenAborts);

        string started = Now();
        ErrorOutput? error = null;
        var result = await _session.RunAsync(cell.Source, Handle, stop.Token, cell.Language).ConfigureAwait(false);
        string ended = Now();
        lock (_recorder.NotebookLock)
        {
            cell.ExecutionCount = result.ExecutionCount;

            // The fields in which Jupyter's own clients record times.
            cell.Metadata["execution"] = new JsonObject
            {
                ["iopub.execute_input"] = started,
                ["iopub.status.busy"] = started,
                ["iopub.status.idle"] = ended,
                ["shell.execute_reply"] = ended,
            };
        }

        return (StatusOf(result.Status), error);

        void Handle(Output output)
        {
            if (output is ErrorOutput { Name: ErrorOutput.Interrupted } && !cancellation.IsCancellationRequested)
                output = TimedOut(index);
            error = output as ErrorOutput ?? error;
            _recorder.Record(cell.Outputs, output);
            if (output is UpdateDisplayOutput update)
                Report(update.Data[MimeTypes.PlainText]);
        }

        RunStatus StatusOf(CellStatus status) => status switch
        {
            CellStatus.Done => RunStatus.Done,
            CellStatus.Failed => RunStatus.Failed,
            _ => cancellation.IsCancellationRequested ? RunStatus.Cancelled : RunStatus.TimedOut,
        };
    }

    private ErrorOutput TimedOut(int index)
    {
        string message = $"Cell {index + 1} ran longer than {Seconds(options.CellTimeout!.Value)} s and was stopped.";
        return new ErrorOutput("Timeout", message, [message]);
    }

    // A live display of an earlier cell tells about the cell that now waits for it.
    private void Report(string? status) =>
        options.Progress?.Report(new RunProgress(name, _current + 1, _cells.Length, _clock.Elapsed, status));

    private void Save(string status, bool isLast)
    {
        var parameters = new JsonObject();
        foreach (var (key, value) in options.Parameters)
            parameters[key] = value;
        lock (_recorder.NotebookLock)
        {
            notebook.Metadata["stylelab"] = new JsonObject
            {
                ["duration"] = Math.Round(_clock.Elapsed.TotalSeconds, 3),
                ["parameters"] = parameters,
                ["status"] = status,
            };
            if (_session.Widgets.Saved() is { } widgets)
                notebook.Metadata["widgets"] = new JsonObject { [WidgetProtocol.StateMimeType] = widgets };
            output.Save(notebook, isLast);
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static string StatusName(RunStatus status) => status switch
    {
        RunStatus.TimedOut => "timed out",
        _ => status.ToString().ToLowerInvariant(),
    };

    private static string Now() => DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
