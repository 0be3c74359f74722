using System.Runtime.InteropServices;

namespace StyleLab.Cli.Outputs;

/// <summary>
/// A file that grows beyond the user's limit (<c>ulimit -f</c>) is to be an error like a full disk, and not the end of the process,
/// which is what the system does unless somebody listens.
/// </summary>
internal static class FileSizeLimit
{
    // SIGXFSZ on Linux and macOS.
    private const PosixSignal Exceeded = (PosixSignal)25;

    // For as long as the process lives: .NET hears of a signal a moment after it came, and there must still be a listener then.
    private static PosixSignalRegistration? s_signal;

    /// <summary>From now on it is an error.</summary>
    public static void MakeError()
    {
        if (!OperatingSystem.IsWindows())
            s_signal ??= PosixSignalRegistration.Create(Exceeded, context => context.Cancel = true);
    }
}
