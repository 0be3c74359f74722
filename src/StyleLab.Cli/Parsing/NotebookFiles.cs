namespace StyleLab.Cli.Parsing;

/// <summary>The notebooks that a call names: files, and folders for all .ipynb files in them.</summary>
internal static class NotebookFiles
{
    /// <summary>The files, those of a folder in the order of their names.</summary>
    /// <exception cref="WrongCallException">A path leads nowhere, or a folder holds none.</exception>
    public static List<string> At(IEnumerable<string> paths) => [.. paths.SelectMany(At)];

    private static IEnumerable<string> At(string path)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new WrongCallException($"{path} does not exist (looked for {Path.GetFullPath(path)}).");
        var notebooks = Directory.GetFiles(path, "*.ipynb").Order(StringComparer.Ordinal).ToList();
        return notebooks.Count > 0 ? notebooks : throw new WrongCallException($"The folder {path} holds no .ipynb files.");
    }
}
