namespace StyleLab.Notebooks;

/// <summary>What a cell outputs, on its way from the cell's threads to the handler.</summary>
/// <param name="thread">Carries it there.</param>
/// <param name="handler">Gets each output.</param>
/// <param name="stop">Fires when the cell is to end where it next shows something.</param>
internal sealed class OutputQueue(OutputThread thread, Action<Output> handler, CancellationToken stop)
{
    private const int MaxWaiting = 1000;

    /// <summary>How much text a cell may print; a loop that never ends must not fill the notebook.</summary>
    private const long MaxPrinted = 10_000_000;

    private int _waiting;
    private long _printed;

    /// <summary>Hears each output on the thread that it comes from; nobody does while it is null.</summary>
    public Action<Output>? Listener { get; set; }

    /// <summary>For the cell's code: ends a cell that is to stop, which is safer here than in the middle of
    /// anything.</summary>
    /// <exception cref="OperationCanceledException">The cell is to stop, this is its own thread, and
    /// no finally block is running.</exception>
    public void PublishFromCell(Output output)
    {
        if (stop.IsCancellationRequested && SynchronizationContext.Current is CellSynchronizationContext && !CellStop.IsCleaningUp)
            stop.ThrowIfCancellationRequested();
        Publish(output);
    }

    /// <summary>Hands over an output.</summary>
    public void Publish(Output output)
    {
        if (output is StreamOutput text && Interlocked.Add(ref _printed, text.Text.Length) is var printed and > MaxPrinted)
        {
            if (printed - text.Text.Length > MaxPrinted)
                return;
            output = new StreamOutput("stderr", "\n(The cell has printed 10 MB; what it prints from here on is not shown.)\n");
        }

        Listener?.Invoke(output);

        // A loop that prints is slowed to the speed at which somebody reads.
        while (Volatile.Read(ref _waiting) > MaxWaiting)
            Thread.Sleep(1);

        // An abort waits for the end of a finally block, so the count is right.
        try
        {
        }
        finally
        {
            Interlocked.Increment(ref _waiting);
            thread.Add(this, output);
        }
    }

    /// <summary>Complete when everything published before has been handled.</summary>
    public Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        thread.Add(this, flushed);
        return flushed.Task;
    }

    /// <summary>An output waits no more.</summary>
    internal void Taken() => Interlocked.Decrement(ref _waiting);

    internal void HandOver(Output output) => handler(output);
}
