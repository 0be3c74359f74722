namespace StyleLab.Notebooks.Widgets;

/// <summary>Something that a handler is to be called with.</summary>
/// <param name="Handler">Tells handlers apart.</param>
/// <param name="Cell">The context of the cell that added it.</param>
/// <param name="Call">Calls it.</param>
internal sealed record WidgetCall(object Handler, ExecutionContext? Cell, Action Call);

/// <summary>
/// Calls handlers, one after the other on a thread of their own, also while a cell runs: a cell may wait for a click. Each call can be stopped as a cell
/// can.
/// </summary>
internal sealed class WidgetEvents : IDisposable
{
    private readonly LinkedList<WidgetCall> _waiting = [];
    private Thread? _thread;
    private CancellationTokenSource? _stop;
    private CellContext? _running;
    private bool _isCalling;
    private bool _closed;

    /// <param name="call">What is to be called.</param>
    /// <param name="takesPlace">Whether it takes the place of one with the same handler that waits at the end.</param>
    public void Add(WidgetCall call, bool takesPlace)
    {
        lock (_waiting)
        {
            if (_closed)
                return;
            if (takesPlace && _waiting.Last is { } last && last.Value.Handler == call.Handler)
                _waiting.RemoveLast();
            _waiting.AddLast(call);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "widgets" };
                _thread.UnsafeStart();
            }

            Monitor.PulseAll(_waiting);
        }
    }

    /// <summary>Stops the handler that runs, and leaves out those that wait; asked for the second time, by force.</summary>
    public void Interrupt()
    {
        lock (_waiting)
        {
            _waiting.Clear();
            if (_stop is not { } stop)
                return;
            if (stop.IsCancellationRequested)
                _running?.Abort();
            else
                stop.CancelAside();
        }
    }

    /// <summary>Waits until nothing is to be called.</summary>
    public void WaitForAll(CancellationToken cancellation)
    {
        using var waking = cancellation.Register(() =>
        {
            lock (_waiting)
                Monitor.PulseAll(_waiting);
        });
        lock (_waiting)
        {
            while ((_waiting.Count > 0 || _isCalling) && !_closed && !cancellation.IsCancellationRequested)
                Monitor.Wait(_waiting);
        }
    }

    public void Dispose()
    {
        lock (_waiting)
        {
            _closed = true;
            Monitor.PulseAll(_waiting);
        }

        Interrupt();
    }

    private void Run()
    {
        while (Next() is { } call)
        {
            try
            {
                if (call.Cell is { } cell)
                    ExecutionContext.Run(cell, _ => Call(call), null);
                else
                    Call(call);
            }
            finally
            {
                lock (_waiting)
                {
                    _isCalling = false;
                    Monitor.PulseAll(_waiting);
                }
            }
        }
    }

    private WidgetCall? Next()
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0 && !_closed)
                Monitor.Wait(_waiting);
            if (_closed)
                return null;
            var call = _waiting.First!.Value;
            _waiting.RemoveFirst();
            _isCalling = true;
            return call;
        }
    }

    private void Call(WidgetCall call)
    {
        if (CellContext.Current is not { } cell)
        {
            CallOutsideCells(call);
            return;
        }

        var stop = new CancellationTokenSource();
        var context = cell.ForLater(output: null, stop.Token);
        lock (_waiting)
            (_stop, _running) = (stop, context);
        try
        {
            CellContext.Current = context;
            var failed = CellThread.Run(
                () =>
                {
                    call.Call();
                    return Task.CompletedTask;
                },
                context);
            if (failed is not null)
                Say(context, $"A handler of {cell.Name} ended with an error.\n{string.Join('\n', Traceback.Describe(failed).Traceback)}");
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or TimeoutException)
        {
            Say(context, $"A handler of {cell.Name} was interrupted.");
        }
        finally
        {
            SessionWidgets.Current?.SendRest();
            lock (_waiting)
                (_stop, _running) = (null, null);
        }
    }

    // Added where nothing tells which cell it was.
    private static void CallOutsideCells(WidgetCall call)
    {
        try
        {
            call.Call();
        }
        catch (Exception failed)
        {
            Console.Error.WriteLine($"A handler ended with an error.\n{string.Join('\n', Traceback.Describe(failed).Traceback)}");
        }
    }

    private static void Say(CellContext context, string text) => context.Outputs.Publish(new StreamOutput("stderr", text + "\n"));
}
