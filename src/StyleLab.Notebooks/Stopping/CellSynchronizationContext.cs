namespace StyleLab.Notebooks;

/// <summary>Brings the continuations of a cell's awaits back to the cell's thread.</summary>
internal sealed class CellSynchronizationContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();
    private bool _closed;
    private Func<bool> _dropsWork = () => false;

    /// <summary>Runs the cell and everything it posts here until its task is complete.</summary>
    /// <returns>Null, or the exception the task ended with.</returns>
    public Exception? RunToEnd(Func<Task> cell)
    {
        var task = cell();
        _ = task.ContinueWith(_ => Wake(), TaskContinuationOptions.ExecuteSynchronously);
        while (NextWork(task) is { } work)
            work.Callback(work.State);

        try
        {
            task.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }

    public override void Post(SendOrPostCallback callback, object? state)
    {
        lock (_work)
        {
            if (!_closed)
            {
                _work.Enqueue((callback, state));
                Monitor.PulseAll(_work);
                return;
            }

            if (_dropsWork())
                return;
        }

        // The cell has ended but something it started goes on.
        ThreadPool.QueueUserWorkItem(_ => callback(state));
    }

    public override void Send(SendOrPostCallback callback, object? state) => callback(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>The thread is about to end: what is posted from now on runs on the pool, or not at all.</summary>
    /// <param name="dropsWork">Asked at each piece whether it is not to run.</param>
    public void Close(Func<bool> dropsWork)
    {
        (SendOrPostCallback Callback, object? State)[] waiting;
        lock (_work)
        {
            _closed = true;
            _dropsWork = dropsWork;
            waiting = [.. _work];
            _work.Clear();
        }

        foreach (var (callback, state) in waiting)
            Post(callback, state);
    }

    private (SendOrPostCallback Callback, object? State)? NextWork(Task task)
    {
        lock (_work)
        {
            while (_work.Count == 0 && !task.IsCompleted)
                Monitor.Wait(_work);
            return task.IsCompleted ? null : _work.Dequeue();
        }
    }

    private void Wake()
    {
        lock (_work)
            Monitor.PulseAll(_work);
    }
}
