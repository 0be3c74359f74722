namespace StyleLab.Reading;

/// <summary>
/// Files whose names come from other files are opened only if they are ordinary: a pipe would be waited for without end, and a device read
/// without end.
/// </summary>
internal static class OrdinaryFile
{
    /// <summary>True for a file with contents. Pipes and devices have no length.</summary>
    public static bool Is(string path) => LengthOf(path) > 0;

    /// <summary>The length of a file in bytes; 0 where there is no such file, or no ordinary one.</summary>
    public static long LengthOf(string path)
    {
        try
        {
            // A link has a length of its own, whatever it leads to.
            var file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
            return file is { Exists: true, LinkTarget: null } ? file.Length : 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">A file that is there.</param>
    /// <param name="expected">What it should be, such as "a PNG or JPEG file".</param>
    /// <exception cref="StyleLabException">It is empty, or no ordinary file.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static FileStream Open(string path, string expected)
    {
        if (File.Exists(path) && !Is(path))
            throw new StyleLabException($"{Quoted.Text(path)} is empty or not an ordinary file; give the path of {expected}.");
        return File.OpenRead(path);
    }
}
