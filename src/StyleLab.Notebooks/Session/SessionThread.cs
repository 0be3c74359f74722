namespace StyleLab.Notebooks;

/// <summary>
/// A thread on which a session does its work, one piece after the other. Its own, so that neither the next cell nor the
/// stopping of a cell waits for the thread pool, all of whose threads a cell may have taken.
/// </summary>
internal sealed class SessionThread : IDisposable
{
    private readonly Queue<Action> _work = new();
    private bool _closed;

    public SessionThread() => new Thread(Run) { IsBackground = true, Name = "session" }.Start();

    /// <summary>Does the work when all that was asked for before is done.</summary>
    /// <exception cref="ObjectDisposedException">The session is over.</exception>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var caller = ExecutionContext.Capture();
        lock (_work)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Session));
            _work.Enqueue(() =>
            {
                if (caller == null)
                    Do();
                else
                    ExecutionContext.Run(caller, _ => Do(), null);
            });
            Monitor.PulseAll(_work);
        }

        return result.Task;

        void Do()
        {
            try
            {
                result.SetResult(work());
            }
            catch (OperationCanceledException cancelled)
            {
                result.SetCanceled(cancelled.CancellationToken);
            }
            catch (Exception failed)
            {
                result.SetException(failed);
            }
        }
    }

    /// <summary>The thread ends after the work it has.</summary>
    public void Dispose()
    {
        lock (_work)
        {
            _closed = true;
            Monitor.PulseAll(_work);
        }
    }

    private void Run()
    {
        while (Next() is { } work)
            work();
    }

    private Action? Next()
    {
        lock (_work)
        {
            while (_work.Count == 0 && !_closed)
                Monitor.Wait(_work);
            return _work.TryDequeue(out var work) ? work : null;
        }
    }
}
