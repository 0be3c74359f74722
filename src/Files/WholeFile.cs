namespace StyleLab.Files;

/// <summary>Files that appear complete or not at all: written beside the target, under a lock, and renamed.</summary>
internal static class WholeFile
{
    // Enough that a full disk shows: an empty file still fits on it.
    private const int ProbeLength = 4096;

    /// <summary>
    /// Writes a file; a full disk or a killed process never leaves half of it under its name, and what was there before stays until
    /// all of the new is written. A link is followed, and an older file's permissions are kept.
    /// </summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="write">Writes the content to a stream that can be read and sought, too.</param>
    /// <param name="sync">True to be sure of it after a power cut as well, which costs some milliseconds: for what took seconds to make.</param>
    /// <param name="mode">Permissions on Unix; those of the older file, or the usual ones, if null.</param>
    /// <exception cref="FileException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write, bool sync = true, UnixFileMode? mode = null) =>
        Make(path, TemporaryFile.OneWriter, sync, mode, temporary => write(temporary.Stream));

    /// <summary>The same for what another program writes.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="make">Writes the content to the existing file of the given name.</param>
    /// <exception cref="FileException">The file cannot be written.</exception>
    public static void Make(string path, Action<string> make) =>
        Make(path, TemporaryFile.OtherWriters, sync: true, mode: null, temporary => make(temporary.Path));

    /// <summary>Finds out whether a file could be written, and what is in the way. Nothing is changed.</summary>
    /// <exception cref="FileException">It could not.</exception>
    public static void RequireWritable(string path) => Guard(path, () =>
    {
        using var temporary = TemporaryFile.Create(FolderOf(TargetOf(path)), TemporaryFile.OneWriter, mode: null);
        temporary.Stream.Write(new byte[ProbeLength]);
        temporary.Stream.Flush(flushToDisk: false);
    });

    private static void Make(string path, FileShare share, bool sync, UnixFileMode? mode, Action<TemporaryFile> make) => Guard(path, () =>
    {
        string target = TargetOf(path), folder = FolderOf(target);
        using (var temporary = TemporaryFile.Create(folder, share, mode ?? Permissions.Of(target)))
        {
            make(temporary);
            temporary.Stream.Flush(flushToDisk: sync);
            temporary.MoveTo(target);
        }
        if (sync)
            Folder.Sync(folder);
    });

    private static void Guard(string path, Action work)
    {
        if (Directory.Exists(path))
            throw new FileException($"{path} is a folder: give the path of the file to write.");
        try
        {
            work();
        }
        catch (Exception error) when (WriteError.Is(error))
        {
            throw new FileException($"{path} cannot be written: {WriteError.Reason(error, FolderOf(path))}", error);
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetFullPath(path);

    /// <summary>The file itself where the path is a link.</summary>
    private static string TargetOf(string path) => new FileInfo(path) is { LinkTarget: not null } link
        ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
}
