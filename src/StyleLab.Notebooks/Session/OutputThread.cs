using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace StyleLab.Notebooks;

/// <summary>
/// Hands the outputs of a session's cells to their handlers, in order, on a thread of its own: a cell that is stopped in
/// the middle of a write never leaves the handler's data half changed. Small writes are gathered for a moment, so that a
/// loop that prints does not flood whoever reads.
/// </summary>
internal sealed class OutputThread : IDisposable
{
    private const int MaxTextLength = 1 << 16;
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(40);

    // Neither takes a lock that a cell which is stopped right there could keep.
    private readonly ConcurrentQueue<(OutputQueue Cell, object Item)> _items = new();
    private readonly AutoResetEvent _added = new(false);

    private readonly StringBuilder _text = new();
    private OutputQueue? _cellOfText;
    private string _stream = "";
    private long _textSince;
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
                HandOverText();
        }

        HandOverText();
    }

    private TimeSpan TimeToGather()
    {
        if (_text.Length == 0)
            return Timeout.InfiniteTimeSpan;
        var left = GatherTime - Stopwatch.GetElapsedTime(_textSince);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Handle(OutputQueue cell, object item)
    {
        if (item is StreamOutput write)
        {
            if (cell != _cellOfText || write.Name != _stream || _text.Length > MaxTextLength)
                HandOverText();
            if (_text.Length == 0)
                _textSince = Stopwatch.GetTimestamp();
            (_cellOfText, _stream) = (cell, write.Name);
            _text.Append(write.Text);
            cell.Taken();

            // While a cell prints without pause, nothing would end the gathering.
            if (TimeToGather() == TimeSpan.Zero)
                HandOverText();
            return;
        }

        HandOverText();
        if (item is TaskCompletionSource flushed)
        {
            flushed.SetResult();
            return;
        }

        cell.Taken();
        cell.HandOver((Output)item);
    }

    private void HandOverText()
    {
        if (_text.Length == 0)
            return;
        _cellOfText!.HandOver(new StreamOutput(_stream, _text.ToString()));
        _text.Clear();
        _cellOfText = null;
    }
}
