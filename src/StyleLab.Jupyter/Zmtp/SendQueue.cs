namespace StyleLab.Jupyter.Zmtp;

/// <summary>What waits to be sent to one peer. Adding never blocks: a peer that does not read loses messages.</summary>
internal sealed class SendQueue(long maxBytes)
{
    private readonly Queue<byte[]> _waiting = new();
    private long _bytes;
    private bool _closed;

    /// <summary>Adds one whole message, as bytes for the wire; false if there is no room or nobody to send to.</summary>
    public bool TryAdd(byte[] message)
    {
        lock (_waiting)
        {
            if (_closed || _bytes + message.Length > maxBytes)
                return false;
            _waiting.Enqueue(message);
            _bytes += message.Length;
            Monitor.PulseAll(_waiting);
            return true;
        }
    }

    /// <summary>Waits for the next message; null when the queue is closed. It counts as waiting until it is
    /// <see cref="Sent"/>.</summary>
    public byte[]? Next()
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0 && !_closed)
                Monitor.Wait(_waiting);
            return _closed ? null : _waiting.Peek();
        }
    }

    /// <summary>The message that <see cref="Next"/> gave is on its way.</summary>
    public void Sent()
    {
        lock (_waiting)
        {
            if (_closed)
                return;
            _bytes -= _waiting.Dequeue().Length;
            Monitor.PulseAll(_waiting);
        }
    }

    /// <summary>Waits until everything has been sent, but not longer than until <paramref name="deadline"/>.</summary>
    /// <param name="deadline">A value of <see cref="Environment.TickCount64"/>.</param>
    public void Flush(long deadline)
    {
        lock (_waiting)
        {
            while (_waiting.Count > 0 && !_closed)
            {
                long left = deadline - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_waiting, (int)left))
                    return;
            }
        }
    }

    public void Close()
    {
        lock (_waiting)
        {
            _closed = true;
            _waiting.Clear();
            Monitor.PulseAll(_waiting);
        }
    }
}
