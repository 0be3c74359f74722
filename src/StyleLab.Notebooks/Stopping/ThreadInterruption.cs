namespace StyleLab.Notebooks;

/// <summary>
/// Breaks the waits of a cell's thread, but not those of its finally blocks: once an exception is on its way through the cell,
/// the thread is left alone for a while.
/// </summary>
internal sealed class ThreadInterruption
{
    private static readonly TimeSpan ForCleanup = TimeSpan.FromSeconds(5);

    private readonly Lock _changing = new();
    private Thread? _thread;
    private bool _isPending;
    private long _unwindingSince;

    /// <summary>The thread to interrupt; it has not started yet.</summary>
    public void Watch(Thread thread) => _thread = thread;

    /// <summary>Makes the next wait of the thread, or the one it is in, throw.</summary>
    public void Interrupt()
    {
        lock (_changing)
        {
            if (_unwindingSince != 0 && Environment.TickCount64 - _unwindingSince < ForCleanup.TotalMilliseconds)
                return;

            // Something has swallowed the first exception, and the cell waits once more.
            (_isPending, _unwindingSince) = (true, 0);
            _thread!.Interrupt();
        }
    }

    /// <summary>Called by the thread that is about to throw, or has thrown.</summary>
    public void BeginUnwinding()
    {
        if (Thread.CurrentThread != _thread)
            return;
        try
        {
            bool wasPending;
            lock (_changing)
            {
                if (_unwindingSince == 0)
                    _unwindingSince = Environment.TickCount64;
                (wasPending, _isPending) = (_isPending, false);
            }

            if (wasPending)
                Thread.Sleep(1); // Takes the interrupt off the thread.
        }
        catch (ThreadInterruptedException)
        {
        }
    }
}
