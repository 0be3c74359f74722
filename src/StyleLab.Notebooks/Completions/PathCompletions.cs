namespace StyleLab.Notebooks;

/// <summary>Files and folders, for paths in strings.</summary>
internal static class PathCompletions
{
    private const int MaxItems = 200;

    /// <param name="typed">The path so far.</param>
    /// <param name="position">Where it ends in the cell.</param>
    /// <param name="folder">Where relative paths begin.</param>
    /// <param name="extensions">Only files with these; all if empty.</param>
    public static Completions Complete(string typed, int position, string folder, params string[] extensions)
    {
        int lastSlash = typed.LastIndexOfAny(['/', '\\']);
        string name = typed[(lastSlash + 1)..];
        int start = position - name.Length;
        try
        {
            var place = new DirectoryInfo(Path.GetFullPath(typed[..(lastSlash + 1)], folder));
            if (!place.Exists)
                return new Completions(position, position, []);
            var items = place.EnumerateFileSystemInfos(name + "*")
                .Where(entry => entry is DirectoryInfo || extensions.Length == 0 || extensions.Contains(entry.Extension.ToLowerInvariant()))
                .Where(entry => name.StartsWith('.') || !entry.Name.StartsWith('.'))
                .Take(MaxItems)
                .OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
                .Select(entry => new Completion(entry.Name + (entry is DirectoryInfo ? "/" : ""), "path", null));
            return new Completions(start, position, [.. items]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Completions(position, position, []);
        }
    }
}
