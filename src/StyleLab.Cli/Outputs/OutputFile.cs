using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Outputs;

/// <summary>A file that a run will write. That it cannot be written shows before the run, not after an hour of work.</summary>
internal static class OutputFile
{
    /// <summary>Tries to write beside the file.</summary>
    /// <exception cref="WrongCallException">A folder is in its place.</exception>
    /// <exception cref="StyleLabException">Its folder does not exist or cannot be written to.</exception>
    public static void RequireWritable(string path)
    {
        if (Directory.Exists(path))
            throw new WrongCallException($"The output {path} is a folder: give the path of a file to write in it.");
        WholeFile.RequireWritable(path);
    }

    /// <summary>Makes the folder of outputs, and tries to write in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="names">Files that will be written there, as far as they are known.</param>
    /// <exception cref="WrongCallException">A folder is in the place of a file.</exception>
    /// <exception cref="StyleLabException">It cannot be made or written to.</exception>
    public static void RequireFolder(string folder, params IEnumerable<string> names)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (WriteError.Is(error))
        {
            throw new StyleLabException($"The folder {folder} cannot be made: {error.Message}", error);
        }
        foreach (string name in names.DefaultIfEmpty("out.png"))
            RequireWritable(Path.Combine(folder, name));
    }
}
