namespace StyleLab.Networks.Catalogue;

/// <summary>Makes sure that one process at a time writes a network.</summary>
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
            if (FileLock.TryTake(path) is { } held)
                return held;
            waiting();
            await Task.Delay(s_betweenTries, cancellation);
        }
    }
}
