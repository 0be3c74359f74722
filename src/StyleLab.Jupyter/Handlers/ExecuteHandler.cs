using System.Diagnostics;
using System.Text.Json.Nodes;
using StyleLab.Jupyter.Channels;
using StyleLab.Jupyter.History;
using StyleLab.Jupyter.Messages;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Runs cells.</summary>
internal sealed class ExecuteHandler
{
    private static readonly StreamOutput OfferOfRestart =
        new("stderr", "Press stop once more to end this kernel; Jupyter then starts a new one.\n");

    private readonly Session _session;
    private readonly IopubChannel _iopub;
    private readonly StdinChannel _stdin;
    private readonly HistoryFile _history;
    private readonly Comms _comms;
    private readonly UnfinishedCell? _unfinished;
    private readonly RoomAtRest _room;
    private readonly Lock _running = new();
    private CancellationTokenSource? _stopRunning;
    private Request? _cell;
    private int _executionCount;
    private long _abortBefore;
    private int _expected;

    public ExecuteHandler(
        Session session, IopubChannel iopub, StdinChannel stdin, HistoryFile history, Comms comms, UnfinishedCell? unfinished)
    {
        _session = session;
        _iopub = iopub;
        _stdin = stdin;
        _history = history;
        _comms = comms;
        _unfinished = unfinished;
        _session.Input = Ask;
        _room = new RoomAtRest(() => IsExpected);
    }

    /// <summary>Whether cells run or wait.</summary>
    public bool IsExpected => Volatile.Read(ref _expected) > 0;

    /// <summary>A cell has come and waits.</summary>
    public void Expect() => Interlocked.Increment(ref _expected);

    /// <summary>Stops the cell that runs, if one does; asked for the second time, by force, if the cell has said that it does
    /// not stop otherwise.</summary>
    public void Interrupt()
    {
        lock (_running)
        {
            if (_stopRunning is not { } stop)
                return;
            if (stop.IsCancellationRequested)
                _session.Abort();
            else
                stop.CancelAside();
        }
    }

    public JsonObject? Handle(Request request)
    {
        try
        {
            return Execute(request);
        }
        finally
        {
            Interlocked.Decrement(ref _expected);
            _room.Count();
        }
    }

    private JsonObject? Execute(Request request)
    {
        // Cells that waited behind one that failed are not run: they would build on what is not there.
        if (request.ReceivedAt < _abortBefore)
            return new JsonObject { ["status"] = "aborted" };

        string code = request.Text("code");
        if (HelpRequest.NameIn(code) is { } help)
            return help.Answer(_session, _executionCount);

        bool silent = request.Flag("silent", false);
        bool isCounted = !silent && request.Flag("store_history", true);
        int number = _executionCount + 1;
        if (!silent)
        {
            _iopub.Publish("execute_input", request.Header,
                new JsonObject { ["code"] = code, ["execution_count"] = number });
        }

        _cell = request;
        _comms.Begin(request.Header);
        var outputs = new CellOutputs(_iopub, request.Header, showsResult: !silent);
        if (_unfinished?.Tell() is { } death)
            outputs.Publish(new StreamOutput("stderr", death));
        _unfinished?.Begin(number, code);
        var stop = StartInterruptible();
        ErrorOutput? error;
        JsonObject expressions;
        try
        {
            (number, error) = Run(code, outputs, LanguageOf(request), isCounted, stop);
            expressions = error == null ? Evaluate(request, stop) : [];
        }
        finally
        {
            EndInterruptible();
            _unfinished?.End();
        }

        if (isCounted)
        {
            _executionCount = number;
            _history.Add(number, code, outputs.Result);
        }

        if (error != null && request.Flag("stop_on_error", true))
            _abortBefore = Stopwatch.GetTimestamp();
        return error == null
            ? Done(number, expressions)
            : Failed(error, number);
    }

    private static JsonObject Done(int number, JsonObject expressions) => new()
    {
        ["status"] = "ok",
        ["execution_count"] = number,
        ["payload"] = new JsonArray(),
        ["user_expressions"] = expressions,
    };

    private static JsonObject Failed(ErrorOutput error, int number)
    {
        var reply = CellOutputs.Content(error);
        reply["status"] = "error";
        reply["execution_count"] = number;
        return reply;
    }

    private (int Number, ErrorOutput? Error) Run(
        string code, CellOutputs outputs, string? language, bool isCounted, CancellationToken stop)
    {
        try
        {
            var result = _session.RunAsync(code, outputs.Publish, stop, language, isCounted).GetAwaiter().GetResult();
            if (_session.IsStuck)
                outputs.Publish(OfferOfRestart);
            return (result.ExecutionCount, result.Error);
        }
        catch (NotebookException refused)
        {
            var error = new ErrorOutput(nameof(NotebookException), refused.Message, [refused.Message]);
            outputs.Publish(error);
            outputs.Publish(OfferOfRestart);
            return (_executionCount + 1, error);
        }
    }

    /// <summary>Evaluates the expressions a client wants to know besides the cell; each has its own success or
    /// error.</summary>
    private JsonObject Evaluate(Request request, CancellationToken stop)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            MimeBundle? data = null;
            var result = _session
                .RunAsync(expression?.ToString() ?? "", Keep, stop, isCounted: false).GetAwaiter().GetResult();
            values[name] = result.Error == null
                ? new JsonObject { ["status"] = "ok", ["data"] = data?.ToJson() ?? [], ["metadata"] = new JsonObject() }
                : Failed(result.Error, _executionCount + 1);

            void Keep(Output output) => data = (output as ResultOutput)?.Data ?? data;
        }

        return values;
    }

    private string Ask(InputRequest question)
    {
        var cell = _cell!;
        if (!cell.Flag("allow_stdin", false))
        {
            throw new KernelException(
                "This client cannot ask for input (allow_stdin is false), so the cell cannot wait for any.");
        }

        // Not on the cell's own thread: that may be stopped by force, and the channel must outlive it.
        return Task.Factory.StartNew(
            () => _stdin.Ask(cell, question.Prompt, question.IsPassword, question.Cancellation),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).GetAwaiter().GetResult();
    }

    /// <summary>Front ends for several languages say in the cell's metadata which one a cell is in.</summary>
    private static string? LanguageOf(Request request) =>
        request.Metadata.Field("polyglot_notebook").Field("kernelName")?.ToString()
        ?? request.Metadata.Field("dotnet_interactive").Field("language")?.ToString();

    private CancellationToken StartInterruptible()
    {
        lock (_running)
            return (_stopRunning = new CancellationTokenSource()).Token;
    }

    private void EndInterruptible()
    {
        lock (_running)
        {
            _stopRunning = null;
        }
    }
}
