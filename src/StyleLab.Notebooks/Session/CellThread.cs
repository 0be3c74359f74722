using System.Runtime;

namespace StyleLab.Notebooks;

/// <summary>
/// The thread a cell runs on. Its awaits come back to it, so that stopping the thread stops the cell.
/// </summary>
/// <remarks>
/// Stopping is gentle first: what the cell displays live is asked to end, and a cell that has such a thing, or that
/// watches its cancellation token, gets a moment to end by itself. Then <see cref="Thread.Interrupt"/> breaks sleeps and waits, and a cell that prints or
/// displays stops there (<see cref="OutputQueue"/>). Only then is the thread aborted by <see
/// cref="ControlledExecution"/>, which breaks any loop, but leaves every lock that the cell holds at that moment
/// locked for good.
/// </remarks>
internal sealed class CellThread
{
    // Native code and finally blocks cannot be broken; after this time the caller is told so.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ToEndByItself = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BeforeAbort = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenInterrupts = TimeSpan.FromMilliseconds(50);

    private readonly Func<Task> _cell;
    private readonly CellContext _cellContext;
    private readonly CellSynchronizationContext _context = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private bool _wasAskedToEnd;

    private CellThread(Func<Task> cell, CellContext cellContext)
    {
        _cell = cell;
        _cellContext = cellContext;
        _thread = new Thread(Run) { IsBackground = true, Name = cellContext.Name };
    }

    /// <summary>Runs a cell to its end.</summary>
    /// <returns>Null, or the exception the cell ended with.</returns>
    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    /// <exception cref="TimeoutException">The cell was to be stopped, but it goes on.</exception>
    public static async Task<Exception?> RunAsync(Func<Task> cell, CellContext cellContext)
    {
        var cancellation = cellContext.Cancellation;
        var thread = new CellThread(cell, cellContext);
        thread._thread.Start();

        var stopRequested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellation.UnsafeRegister(_ => stopRequested.TrySetResult(), null);

        await Task.WhenAny(thread._ended.Task, stopRequested.Task).ConfigureAwait(false);
        if (stopRequested.Task.IsCompleted && !await thread.StopAsync().ConfigureAwait(false))
            throw new TimeoutException();

        var exception = await thread._ended.Task.ConfigureAwait(false);
        thread._context.Close(dropWaitingWork: exception != null && cancellation.IsCancellationRequested);
        if (exception != null || thread._wasAskedToEnd)
            cancellation.ThrowIfCancellationRequested();
        return exception;
    }

    private async Task<bool> StopAsync()
    {
        _wasAskedToEnd = _cellContext.AskToEnd();
        if (_wasAskedToEnd)
            await Task.WhenAny(_ended.Task, Task.Delay(ToEndByItself)).ConfigureAwait(false);

        _cellContext.ForceToEnd();
        _abort.CancelAfter(BeforeAbort);
        long giveUp = Environment.TickCount64 + (long)Grace.TotalMilliseconds;
        while (!_ended.Task.IsCompleted)
        {
            if (Environment.TickCount64 > giveUp)
                return false;

            // Again and again: the cell may swallow the first exception and wait once more.
            _thread.Interrupt();
            await Task.WhenAny(_ended.Task, Task.Delay(BetweenInterrupts)).ConfigureAwait(false);
        }

        return true;
    }

    private void Run()
    {
        Exception? exception = null;
        try
        {
            SynchronizationContext.SetSynchronizationContext(_context);
#pragma warning disable SYSLIB0046 // The only way to stop a loop; a notebook user prefers it to losing the session.
            ControlledExecution.Run(() => exception = _context.RunToEnd(_cell), _abort.Token);
#pragma warning restore SYSLIB0046
        }
        catch (Exception escaped)
        {
            exception = escaped;
        }
        finally
        {
            _ended.SetResult(exception);
        }
    }
}
