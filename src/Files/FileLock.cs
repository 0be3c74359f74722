namespace StyleLab.Files;

/// <summary>A file that one process at a time holds. The system frees it when the process dies.</summary>
internal static class FileLock
{
    /// <summary>Takes the lock; disposing gives it back.</summary>
    /// <param name="path">A file that serves as nothing else; it is made and stays.</param>
    /// <param name="mode">Its permissions on Unix when it is made; the usual ones if null.</param>
    /// <returns>Null if another has it.</returns>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be made.</exception>
    public static IDisposable? TryTake(string path, UnixFileMode? mode = null)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        Permissions.Ask(options, mode);
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException error) when (IsHeldByAnother(error))
        {
            return null;
        }
    }

    /// <summary>True for what is worth waiting for. The system's own numbers: of Windows, of Linux, of macOS.</summary>
    public static bool IsHeldByAnother(IOException error) => error.HResult is unchecked((int)0x80070020) or 11 or 35;
}
