using System.Text;
using System.Threading.Channels;

namespace StyleLab.Notebooks;

/// <summary>
/// Carries outputs from the cell's threads to the handler, in order, on a thread of its own: a cell that is stopped
/// in the middle of a write never leaves the handler's data half changed.
/// </summary>
internal sealed class OutputQueue
{
    private readonly Channel<object> _items = Channel.CreateUnbounded<object>(new() { SingleReader = true });
    private readonly Action<Output> _handler;

    public OutputQueue(Action<Output> handler)
    {
        _handler = handler;

        // The reader must not carry on the context of whoever ran the first cell.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(DeliverAsync);
    }

    public void Publish(Output output)
    {
        // An abort waits for the end of a finally block, so the queue is never left half written.
        try { }
        finally { _items.Writer.TryWrite(output); }
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
                if (item is StreamOutput write)
                {
                    if (write.Name != stream)
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
