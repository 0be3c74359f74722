using StyleLab.Networks;

namespace StyleLab.Pictures;

/// <summary>
/// Files whose names come from other files are opened only if they are ordinary: a pipe would be waited for without end, and a device read
/// without end.
/// </summary>
internal static class OrdinaryFile
{
    /// <summary>True for a file with contents. Pipes and devices have no length.</summary>
    public static bool Is(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

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
