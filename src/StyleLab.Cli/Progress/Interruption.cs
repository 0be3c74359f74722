using System.Runtime.InteropServices;

namespace StyleLab.Cli.Progress;

/// <summary>Ctrl-C asks for an orderly end: what there is gets saved. A second Ctrl-C ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interruption() => _signals =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Ask))];

    /// <summary>Cancelled by the first Ctrl-C.</summary>
    public CancellationToken Token => _asked.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private void Ask(PosixSignalContext context)
    {
        bool first = !_asked.IsCancellationRequested;
        context.Cancel = first;
        _asked.Cancel();
        // The progress bar hides the cursor and does not get to show it again.
        if (!first && !Console.IsErrorRedirected)
            Console.Error.Write("\e[?25h");
    }
}
