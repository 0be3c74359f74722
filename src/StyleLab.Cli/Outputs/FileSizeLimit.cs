using System.Runtime.InteropServices;

namespace StyleLab.Cli.Outputs;

/// <summary>
/// A file that grows beyond the user's limit (<c>ulimit -f</c>) is to be an error like a full disk, and not the end of the process,
/// which is what the system does unless somebody listens.
/// </summary>
internal sealed class FileSizeLimit : IDisposable
{
    // SIGXFSZ on Linux and macOS.
    private const PosixSignal Exceeded = (PosixSignal)25;

    private readonly PosixSignalRegistration? _signal =
        OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(Exceeded, context => context.Cancel = true);

    public void Dispose() => _signal?.Dispose();
}
