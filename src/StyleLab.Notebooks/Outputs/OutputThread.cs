using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace StyleLab.Notebooks;

/// <summary>
/// Hands the outputs of a session's cells to their handlers, in order, on a thread of its own: a cell that is stopped in
/// the middle of a write never leaves the handler's data half changed. Small writes are gathered for a moment, and of the updates of
/// one display the last is kept, so that a loop that prints or updates does not flood whoever reads.
/// </summary>
internal sealed class OutputThread : IDisposable
{
    private const int MaxTextLength = 1 << 16;
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(40);

    // Neither takes a lock that a cell which is stopped right there could keep.
    private readonly ConcurrentQueue<(OutputQueue Cell, object Item)> _items = new();
    private readonly AutoResetEvent _added = new(false);

    private readonly StringBuilder _text = new();
    private OutputQueue? _cell;
    private string _stream = "";
    private UpdateDisplayOutput? _update;
    private long _since;
    private volatile bool _closed;

    public OutputThread() => new Thread(Run) { IsBackground = true, Name = "outputs" }.Start();

    /// <param name="cell">Whose it is.</param>
    /// <param name="item">An <see cref="Output"/>, or a <see cref="TaskCompletionSource"/> to be completed when all before
    /// it is handled.</param>
    public void Add(OutputQueue cell, object item)
    {
        // An abort waits for the end of a finally block, so an item is never left without its signal.
        try
        {
        }
        finally
        {
            _items.Enqueue((cell, item));
            _added.Set();
        }
    }

    /// <summary>The thread ends when it has handed over what there is.</summary>
    public void Dispose()
    {
        _closed = true;
        _added.Set();
    }

    private void Run()
    {
        while (true)
        {
            if (_items.TryDequeue(out var next))
                Handle(next.Cell, next.Item);
            else if (_closed)
                break;
            else if (!_added.WaitOne(TimeToGather()))
                HandOver();
        }

        HandOver();
    }

    private TimeSpan TimeToGather()
    {
        if (_cell == null)
            return Timeout.InfiniteTimeSpan;
        var left = GatherTime - Stopwatch.GetElapsedTime(_since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Handle(OutputQueue cell, object item)
    {
        if (item is StreamOutput or UpdateDisplayOutput)
        {
            Gather(cell, (Output)item);
            cell.Taken();

            // While a cell prints without pause, nothing would end the gathering.
            if (TimeToGather() == TimeSpan.Zero)
                HandOver();
            return;
        }

        HandOver();
        if (item is TaskCompletionSource flushed)
        {
            flushed.SetResult();
            return;
        }

        cell.Taken();
        cell.HandOver((Output)item);
    }

    private void Gather(OutputQueue cell, Output output)
    {
        if (cell != _cell || !GoesWithWhatIsGathered(output))
            HandOver();
        if (_cell == null)
            (_cell, _since) = (cell, Stopwatch.GetTimestamp());
        if (output is StreamOutput write)
        {
            _stream = write.Name;
            _text.Append(write.Text);
        }

        _update = output as UpdateDisplayOutput;
    }

    private bool GoesWithWhatIsGathered(Output output) => output is UpdateDisplayOutput update
        ? update.DisplayId == _update?.DisplayId
        : _update == null && ((StreamOutput)output).Name == _stream && _text.Length <= MaxTextLength;

    private void HandOver()
    {
        if (_cell == null)
            return;
        if (_update != null)
            _cell.HandOver(_update);
        else if (_text.Length > 0)
            _cell.HandOver(new StreamOutput(_stream, _text.ToString()));
        _text.Clear();
        (_cell, _update) = (null, null);
    }
}
