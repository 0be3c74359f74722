namespace StyleLab.Files;

/// <summary>Where what was computed goes when its own place cannot be written: the temporary folder, or else the user's own.</summary>
internal static class OtherPlace
{
    // One folder of ours in each, made when it is needed.
    private static readonly Dictionary<string, string> s_made = [];

    /// <summary>Saves a file under its name, but elsewhere.</summary>
    /// <param name="path">Where it should have gone.</param>
    /// <param name="save">Writes the file of the name it is given.</param>
    /// <returns>Where it is; null if it could not be saved anywhere.</returns>
    public static string? TrySave(string path, Action<string> save) => Folders.Select(folder => TrySave(folder, path, save)).FirstOrDefault(saved => saved != null);

    private static IEnumerable<string> Folders =>
        new[] { Path.GetTempPath(), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) }.Where(folder => folder.Length > 0);

    private static string? TrySave(string folder, string path, Action<string> save)
    {
        try
        {
            string elsewhere = Path.Combine(OwnFolder(folder), Path.GetFileName(path));
            save(elsewhere);
            return elsewhere;
        }
        catch (Exception error) when (error is FileException || WriteError.Is(error))
        {
            DeleteIfEmpty(folder);
            return null;
        }
    }

    private static string OwnFolder(string folder)
    {
        lock (s_made)
        {
            if (s_made.TryGetValue(folder, out string? made) && Directory.Exists(made))
                return made;
            string own = Path.Combine(folder, "stylelab-saved-" + Path.GetRandomFileName().Replace(".", ""));
            const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(own) : Directory.CreateDirectory(own, OwnerOnly);
            return s_made[folder] = own;
        }
    }

    private static void DeleteIfEmpty(string folder)
    {
        try
        {
            lock (s_made)
            {
                if (s_made.TryGetValue(folder, out string? made) && !Directory.EnumerateFileSystemEntries(made).Any())
                    Directory.Delete(made);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An empty folder more.
        }
    }
}
