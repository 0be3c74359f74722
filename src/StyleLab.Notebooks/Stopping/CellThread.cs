using System.Diagnostics;
using System.Runtime;

namespace StyleLab.Notebooks;

/// <summary>
/// The thread a cell runs on. Its awaits come back to it, so that stopping the thread stops the cell.
/// </summary>
/// <remarks>
/// Stopping is gentle first: what the cell displays live is asked to end, and a cell that has such a thing, or that
/// watches its cancellation token, gets a moment to end by itself. Then the checks in its code throw (<see cref="CellStop"/>), what it
/// awaits is cancelled, a cell that prints or displays stops there (<see cref="OutputQueue"/>), and <see
/// cref="Thread.Interrupt"/> breaks sleeps and waits. A cell that goes on is inside code that is not its own; the user is told
/// so, and the cell ends when that returns. Only when asked to is the thread aborted by <see cref="ControlledExecution"/>,
/// which leaves every lock that the cell holds at that moment locked for good and in places ends the process.
/// </remarks>
internal sealed class CellThread
{
    private static readonly TimeSpan ToEndByItself = TimeSpan.FromMilliseconds(500);

    // A step of a large synthesis may take longer, and its picture is worth the wait.
    private static readonly TimeSpan ToReturnWhatThereIs = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BeforeTelling = TimeSpan.FromMilliseconds(700);

    // Native code and finally blocks cannot be aborted; after this time the caller is told so.
    private static readonly TimeSpan ToAbort = TimeSpan.FromSeconds(5);

    // What the cell has started ends by its own checks.
    private static readonly TimeSpan ForTheRest = TimeSpan.FromSeconds(1);

    private readonly Func<Task> _code;
    private readonly StoppableCell _cell;
    private readonly CellSynchronizationContext _context = new();
    private readonly CancellationTokenSource _abort = new();

    // Not the slim one: that takes a lock, in which the cell's thread could be interrupted once more.
    private readonly ManualResetEvent _ended = new(false);
    private readonly Thread _thread;
    private Exception? _exception;

    private CellThread(Func<Task> code, StoppableCell cell)
    {
        _code = code;
        _cell = cell;
        _thread = new Thread(Run) { IsBackground = true, Name = cell.Name };
    }

    /// <summary>Runs a cell to its end.</summary>
    /// <returns>Null, or the exception the cell ended with.</returns>
    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    /// <exception cref="TimeoutException">The cell was to be aborted, but it goes on.</exception>
    public static Exception? Run(Func<Task> code, StoppableCell cell)
    {
        var cancellation = cell.Cancellation;
        var thread = new CellThread(code, cell);
        cell.Interruption.Watch(thread._thread);
        thread._thread.Start();
        WaitHandle.WaitAny([thread._ended, cancellation.WaitHandle]);
        bool wasStopped = cancellation.IsCancellationRequested && thread.Stop();

        thread._ended.Dispose();
        var exception = thread._exception;
        bool isCancelled = exception != null && cancellation.IsCancellationRequested;
        thread._context.Close(dropsWork: () => isCancelled && !cell.IsStopping);
        if (wasStopped || exception != null)
            cancellation.ThrowIfCancellationRequested();
        return exception;
    }

    /// <summary>Makes the cell end.</summary>
    /// <returns>Whether anything had to be done for that.</returns>
    /// <exception cref="TimeoutException">It was to be aborted, but it goes on.</exception>
    private bool Stop()
    {
        // What watches its token may have ended the cell already.
        bool wasAskedToEnd = _cell.AskToEnd();
        if (_ended.WaitOne(wasAskedToEnd ? ToEndByItself : TimeSpan.Zero))
            return wasAskedToEnd;

        _cell.StopCode();
        if (!wasAskedToEnd || !_ended.WaitOne(ToReturnWhatThereIs))
            StopWaits();
        _ = Task.Delay(ForTheRest).ContinueWith(_ => _cell.EndStopping(), TaskScheduler.Default);
        return true;
    }

    /// <summary>Ends what the cell waits for, until it has ended itself.</summary>
    /// <exception cref="TimeoutException">It was to be aborted, but it goes on.</exception>
    private void StopWaits()
    {
        _cell.StopAwaits();
        var clock = Stopwatch.StartNew();
        bool isTold = false;
        TimeSpan? abortedAt = null;
        while (!_ended.WaitOne(BetweenLooks))
        {
            _cell.Interruption.Interrupt();
            if (!isTold && clock.Elapsed > BeforeTelling)
            {
                isTold = true;
                _cell.TellThatItGoesOn();
            }

            if (_cell.IsToAbort && abortedAt == null)
            {
                // It waits for a thread in native code, perhaps for ever.
                abortedAt = clock.Elapsed;
                new Thread(_abort.Cancel) { IsBackground = true }.Start();
            }

            if (clock.Elapsed - abortedAt > ToAbort)
                throw new TimeoutException();
        }
    }

    private void Run()
    {
        try
        {
            SynchronizationContext.SetSynchronizationContext(_context);
#pragma warning disable SYSLIB0046 // The last resort; the user has been told what it may cost.
            ControlledExecution.Run(() => _exception = _context.RunToEnd(_code), _abort.Token);
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
