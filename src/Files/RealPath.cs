namespace StyleLab.Files;

/// <summary>Where a path leads when links are followed.</summary>
internal static class RealPath
{
    // As the system has it.
    private const int MostLinks = 40;

    /// <summary>Whether a path leads to a file in a folder, links followed.</summary>
    public static bool IsInside(string path, string folder)
    {
        string relative = Path.GetRelativePath(Of(folder), Of(path));
        return !Path.IsPathRooted(relative) && relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    /// <summary>The path with every link on its way followed.</summary>
    public static string Of(string path) => Of(path, MostLinks);

    private static string Of(string path, int links)
    {
        string full = Path.GetFullPath(path);
        string place = Path.GetPathRoot(full)!;
        foreach (string part in full[place.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            place = Path.Combine(place, part);
            try
            {
                place = File.ResolveLinkTarget(place, returnFinalTarget: true) is { } target && links > 0 ? Of(target.FullName, links - 1) : place;
            }
            catch (IOException)
            {
                // Not there, or a link without an end: nothing is opened then.
            }
        }

        return place;
    }
}
