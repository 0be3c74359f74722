using System.Text;
using System.Threading.Channels;

namespace StyleLab.Notebooks;

/// <summary>
/// Carries outputs from the cell's threads to the handler, in order, on a thread of its own: a cell that is stopped
/// in the middle of a write never leaves the handler's data half changed.
/// </summary>
internal sealed class OutputQueue
{
    private const int MaxWaiting = 10_000;
    private const int MaxTextLength = 1 << 16;

    /// <summary>How much text a cell may print; a loop that never ends must not fill the notebook.</summary>
    private const long MaxPrinted = 10_000_000;

    private readonly Channel<object> _items = Channel.CreateUnbounded<object>(new() { SingleReader = true });
    private readonly Action<Output> _handler;
    private readonly CancellationToken _stop;
    private int _waiting;
    private long _printed;

    public OutputQueue(Action<Output> handler, CancellationToken stop)
    {
        _stop = stop;
        _handler = handler;

        // The reader must not carry on the context of whoever ran the first cell.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(DeliverAsync);
    }

    /// <summary>For the cell's code: ends a cell that is to stop, which is safer here than in the middle of
    /// anything.</summary>
    /// <exception cref="OperationCanceledException">The cell is to stop, and this is its own thread.</exception>
    public void PublishFromCell(Output output)
    {
        if (SynchronizationContext.Current is CellSynchronizationContext)
            _stop.ThrowIfCancellationRequested();
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

        // A loop that prints is slowed to the speed at which somebody reads.
        while (Volatile.Read(ref _waiting) > MaxWaiting)
            Thread.Sleep(1);

        // An abort waits for the end of a finally block, so the queue is never left half written.
        try { }
        finally
        {
            Interlocked.Increment(ref _waiting);
            _items.Writer.TryWrite(output);
        }
    }

    /// <summary>Waits until everything published before has been handled.</summary>
    public Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _items.Writer.TryWrite(flushed);
        return flushed.Task;
    }

    private async Task DeliverAsync()
    {
        while (await _items.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var text = new StringBuilder();
            string stream = "";
            while (_items.Reader.TryRead(out object? item))
            {
                if (item is Output)
                    Interlocked.Decrement(ref _waiting);
                if (item is StreamOutput write)
                {
                    if (write.Name != stream || text.Length > MaxTextLength)
                        DeliverText();
                    stream = write.Name;
                    text.Append(write.Text);
                    continue;
                }

                DeliverText();
                if (item is TaskCompletionSource flushed)
                    flushed.SetResult();
                else
                    _handler((Output)item);
            }

            DeliverText();

            // Many small writes that arrive together are one output.
            void DeliverText()
            {
                if (text.Length == 0)
                    return;
                _handler(new StreamOutput(stream, text.ToString()));
                text.Clear();
            }
        }
    }
}
