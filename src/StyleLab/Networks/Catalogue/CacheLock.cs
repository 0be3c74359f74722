namespace StyleLab.Networks.Catalogue;

/// <summary>Makes sure that one process at a time writes a network. The system frees it when a process dies.</summary>
internal static class CacheLock
{
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until no other process has the lock; disposing gives it back.</summary>
    /// <param name="path">A file that serves as nothing else; it stays.</param>
    /// <param name="waiting">Called when another process has it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async Task<IDisposable> TakeAsync(string path, Action waiting, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (IsHeldByAnother(error))
            {
                waiting();
                await Task.Delay(s_betweenTries, cancellation);
            }
        }
    }

    // Nothing else is worth waiting for. The system's own numbers: of Windows, of Linux, of macOS.
    private static bool IsHeldByAnother(IOException error) => error.HResult is unchecked((int)0x80070020) or 11 or 35;
}
