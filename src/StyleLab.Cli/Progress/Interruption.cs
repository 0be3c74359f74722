using System.Runtime.InteropServices;

namespace StyleLab.Cli.Progress;

/// <summary>
/// Ctrl-C while a verb works. As long as there is nothing to save, the call ends at once with a sentence, whatever is being computed;
/// from then on it asks for an orderly end: what there is gets saved. A second Ctrl-C ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static Interruption? s_innermost;

    private readonly Interruption? _outer = s_innermost;
    private readonly CancellationTokenSource _asked = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration[] _signals;
    private string? _otherwise;

    /// <summary>Hears Ctrl-C from now on, in place of the one that has heard it so far.</summary>
    /// <param name="otherwise">What is said if Ctrl-C comes while there is nothing to save; null if there always is.</param>
    /// <exception cref="InterruptedException">The one before has heard it.</exception>
    public Interruption(string? otherwise = null)
    {
        _otherwise = otherwise;
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Ask))];
        s_innermost = this;
        if (_outer is not { _left.Task.IsCompleted: true })
            return;
        Dispose();
        throw new InterruptedException(otherwise ?? _outer._otherwise!);
    }

    /// <summary>Cancelled by the first Ctrl-C that comes while there is something to save.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>From here on there is something to save.</summary>
    /// <exception cref="OperationCanceledException">It is too late: the call has ended.</exception>
    public void Keep()
    {
        lock (_lock)
        {
            if (_left.Task.IsCompleted)
                throw new OperationCanceledException();
            _otherwise = null;
        }
    }

    /// <summary>What there was is saved, and something else begins of which there is nothing yet.</summary>
    /// <param name="otherwise">What is said if Ctrl-C comes now.</param>
    /// <exception cref="InterruptedException">It has come already.</exception>
    public void Begin(string otherwise)
    {
        lock (_lock)
        {
            _otherwise = otherwise;
            if (_asked.IsCancellationRequested)
                throw new InterruptedException(otherwise);
        }
    }

    /// <summary>Does something on another thread, which is left alone if Ctrl-C comes while there is nothing to save.</summary>
    /// <exception cref="InterruptedException">It came.</exception>
    public async Task<T> UnlessAskedAsync<T>(Func<Task<T>> work)
    {
        var task = Task.Run(work);
        await Task.WhenAny(task, _left.Task);
        return _left.Task.IsCompleted ? throw new InterruptedException(_otherwise!) : await task;
    }

    /// <inheritdoc cref="UnlessAskedAsync{T}(Func{Task{T}})"/>
    public Task<T> UnlessAskedAsync<T>(Func<T> work) => UnlessAskedAsync(() => Task.FromResult(work()));

    public void Dispose()
    {
        if (s_innermost == this)
            s_innermost = _outer;
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private void Ask(PosixSignalContext context)
    {
        // A verb has its own, and so has a download within it.
        if (s_innermost != this)
            return;
        bool first, isEmpty;
        lock (_lock)
        {
            first = !_asked.IsCancellationRequested && !_left.Task.IsCompleted;
            isEmpty = first && _otherwise is not null;
            if (isEmpty)
                _left.SetResult();
        }
        context.Cancel = first;
        if (first && !isEmpty)
            _asked.Cancel();
        // The progress bar hides the cursor and does not get to show it again.
        if (!first && !Console.IsErrorRedirected)
            Console.Error.Write("\e[?25h");
    }
}
