namespace StyleLab.Files;

/// <summary>
/// A file under a name of its own while it is written. Whoever writes it holds a lock on it, which the system takes away when the
/// process dies: what has no lock is left over from a killed process, and the next one that writes into the folder deletes it.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private const string Prefix = ".stylelab-", Suffix = ".tmp";
    private const int MostTries = 5;
    private static readonly TimeSpan OldOnNetwork = TimeSpan.FromDays(1);
    private static readonly HashSet<string> s_cleaned = [];

    private bool _moved;

    private TemporaryFile(string path, FileStream stream) => (Path, Stream) = (path, stream);

    /// <summary>For <see cref="Create"/>: only the stream writes. Others may read and rename, so that the file can be used the moment it has its name.</summary>
    public static FileShare OneWriter => FileShare.Read | FileShare.Delete;

    /// <summary>For <see cref="Create"/>: another program writes by name.</summary>
    public static FileShare OtherWriters => FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Its content.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes an empty file.</summary>
    /// <param name="folder">The folder, which must be there.</param>
    /// <param name="share">What others may do with it.</param>
    /// <param name="mode">Permissions on Unix; the usual ones if null.</param>
    public static TemporaryFile Create(string folder, FileShare share, UnixFileMode? mode)
    {
        DeleteLeftovers(folder);
        for (int tries = 1; ; tries++)
        {
            string path = System.IO.Path.Combine(folder, Prefix + System.IO.Path.GetRandomFileName().Replace(".", "") + Suffix);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = share };
            Permissions.Ask(options, mode);
            try
            {
                var file = new TemporaryFile(path, new FileStream(path, options));
                Permissions.Set(file.Stream.SafeFileHandle, mode);
                return file;
            }
            // It was taken for a leftover before it had its lock.
            catch (IOException error) when (FileLock.IsHeldByAnother(error) && tries < MostTries)
            {
            }
        }
    }

    /// <summary>Gives the file its name; one that had it is replaced.</summary>
    public void MoveTo(string path)
    {
        File.Move(Path, path, overwrite: true);
        _moved = true;
    }

    public void Dispose()
    {
        try
        {
            // Deleted under the lock, or else another process might do so first.
            if (!_moved)
                File.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next process that writes here tries again.
        }
        try
        {
            Stream.Dispose();
        }
        // What could not be written still cannot; that was told.
        catch (Exception error) when (!_moved && WriteError.Is(error))
        {
        }
    }

    /// <summary>Deletes what killed processes left in a folder; each process looks once.</summary>
    private static void DeleteLeftovers(string folder)
    {
        lock (s_cleaned)
        {
            if (!s_cleaned.Add(folder))
                return;
        }
        try
        {
            // .NET takes no such locks on network drives.
            bool onNetwork = new DriveInfo(folder).DriveType == DriveType.Network;
            foreach (string file in Directory.EnumerateFiles(folder, Prefix + "*" + Suffix))
            {
                if (!onNetwork || DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > OldOnNetwork)
                    DeleteUnlessHeld(file);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A folder that cannot be looked through can still be written to.
        }
    }

    private static void DeleteUnlessHeld(string file)
    {
        try
        {
            using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is being written, or somebody else's.
        }
    }
}
