using System.Security.Cryptography;

namespace StyleLab.Pictures;

/// <summary>Finds the pictures that a recipe names, by their places and by their hashes.</summary>
/// <param name="folder">The folder of the recipe's own picture; null if it has none.</param>
/// <param name="leaves">False to follow no path that leaves the current folder and that of the recipe's picture.</param>
internal sealed class PictureFiles(string? folder, bool leaves = true)
{
    // A folder of photographs takes seconds; whoever keeps more in one has to name the file.
    private const long MostBytes = 2_000_000_000;

    private static readonly string[] s_extensions = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".ico", ".tif", ".tiff", ".avif", ".heic", ".jp2"];

    private Dictionary<string, string>? _beside;

    /// <summary>The picture of an origin, without its operations.</summary>
    /// <exception cref="StyleLabException">It is not found, has changed, or cannot be read.</exception>
    public Picture Load(PictureOrigin origin)
    {
        RequireName(origin);
        string? changed = null;
        // A file of the same name in the current folder does not hide the right one in the other.
        foreach (string place in Places(origin).Where(File.Exists))
        {
            string? hash = HashOf(place);
            if (hash == origin.Sha256)
                return Picture.Load(place);
            changed ??= $"{place} is not the file the recipe was made from: "
                + (hash is null ? "it cannot be read, is empty, or is no ordinary file." : $"its contents have changed (SHA-256 {hash}, expected {origin.Sha256}).");
        }
        if (Beside(origin) is { } found)
            return Picture.Load(found);
        var looked = Places(origin).Select(Path.GetFullPath).Distinct().ToList();
        string also = folder is null ? "" : $"{(looked.Count > 0 ? ", and " : "")}for a picture with its hash in {Path.GetFullPath(folder)}";
        throw new StyleLabException(changed ?? $"{origin.File} does not exist (looked for {string.Join(" and ", looked)}{also}).");
    }

    /// <summary>True if the picture can only be where the recipe is not allowed to lead.</summary>
    /// <exception cref="StyleLabException">The origin names no file.</exception>
    public bool IsOutOfReach(PictureOrigin origin)
    {
        RequireName(origin);
        return AllPlaces(origin).Except(Places(origin)).Any() && !Places(origin).Any(place => HashOf(place) == origin.Sha256) && Beside(origin) is null;
    }

    /// <inheritdoc cref="RealPath.IsInside"/>
    public static bool IsInside(string path, string folder) => RealPath.IsInside(path, folder);

    private IEnumerable<string> Places(PictureOrigin origin) => AllPlaces(origin).Where(place => leaves || IsAllowed(place, origin.File));

    private IEnumerable<string> AllPlaces(PictureOrigin origin) =>
        folder is null || Path.IsPathRooted(origin.File) ? [origin.File] : [origin.File, Path.Combine(folder, origin.File)];

    private bool IsAllowed(string place, string named) =>
        !Path.IsPathRooted(named) && (IsInside(place, Environment.CurrentDirectory) || (folder is not null && IsInside(place, folder)));

    /// <summary>A picture of any name with the hash, in the folder.</summary>
    private string? Beside(PictureOrigin origin)
    {
        if (_beside is null)
        {
            _beside = [];
            long bytes = 0;
            foreach (string file in folder is null ? [] : Files(folder, Path.GetFileName(origin.File)))
            {
                bytes += new FileInfo(file).Length;
                if (bytes > MostBytes)
                    break;
                if (HashOf(file) is { } hash)
                    _beside.TryAdd(hash, file);
            }
        }
        return _beside.GetValueOrDefault(origin.Sha256);
    }

    /// <summary>The pictures of a folder, one that is called as in the recipe first; no links, which may lead out of it.</summary>
    private static IEnumerable<string> Files(string folder, string name)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFiles()
                .Where(file => file.LinkTarget is null && s_extensions.Contains(file.Extension.ToLowerInvariant()) && OrdinaryFile.Is(file.FullName))
                .OrderBy(file => file.Name != name).ThenBy(file => file.Name, StringComparer.Ordinal).Select(file => file.FullName)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? HashOf(string file)
    {
        try
        {
            if (OrdinaryFile.LengthOf(file) is 0 or > Picture.MaxFileBytes)
                return null;
            using var stream = File.OpenRead(file);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void RequireName(PictureOrigin origin)
    {
        if (string.IsNullOrWhiteSpace(origin.File) || origin.File.Contains('\0'))
            throw new StyleLabException("The recipe names no file for a picture: it is damaged.");
    }
}
