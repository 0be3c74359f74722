using System.Diagnostics;
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

    // Not the slim one: that takes a lock, in which the cell's thread could be interrupted once more.
    private readonly ManualResetEvent _ended = new(false);
    private readonly Thread _thread;
    private Exception? _exception;

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
    public static Exception? Run(Func<Task> cell, CellContext cellContext)
    {
        var cancellation = cellContext.Cancellation;
        var thread = new CellThread(cell, cellContext);
        thread._thread.Start();
        WaitHandle.WaitAny([thread._ended, cancellation.WaitHandle]);
        bool wasAskedToEnd = cancellation.IsCancellationRequested && thread.Stop();

        thread._ended.Dispose();
        var exception = thread._exception;
        thread._context.Close(dropWaitingWork: exception != null && cancellation.IsCancellationRequested);
        if (exception != null || wasAskedToEnd)
            cancellation.ThrowIfCancellationRequested();
        return exception;
    }

    /// <summary>Makes the cell end.</summary>
    /// <returns>Whether it had something that could be asked to end.</returns>
    /// <exception cref="TimeoutException">It goes on.</exception>
    private bool Stop()
    {
        // What watches its token may have ended the cell already.
        bool wasAskedToEnd = _cellContext.AskToEnd();
        if (_ended.WaitOne(wasAskedToEnd ? ToEndByItself : TimeSpan.Zero))
            return wasAskedToEnd;

        _cellContext.ForceToEnd();
        _thread.Interrupt();
        var stopping = Stopwatch.StartNew();
        Thread? aborter = null;
        while (!_ended.WaitOne(BetweenInterrupts))
        {
            // Again and again: the cell may swallow the first exception and wait once more.
            _thread.Interrupt();
            if (stopping.Elapsed > BeforeAbort && aborter == null)
            {
                // It waits for a thread in native code, perhaps for ever.
                aborter = new Thread(_abort.Cancel) { IsBackground = true };
                aborter.Start();
            }

            if (stopping.Elapsed > Grace)
                throw new TimeoutException();
        }

        return wasAskedToEnd;
    }

    private void Run()
    {
        try
        {
            SynchronizationContext.SetSynchronizationContext(_context);
#pragma warning disable SYSLIB0046 // The only way to stop a loop; a notebook user prefers it to losing the session.
            ControlledExecution.Run(() => _exception = _context.RunToEnd(_cell), _abort.Token);
#pragma warning restore SYSLIB0046
        }
        catch (Exception escaped)
        {
            _exception = escaped;
        }
        finally
        {
            _ended.Set();
        }
    }
}
