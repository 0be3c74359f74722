namespace StyleLab.Cli.Outputs;

/// <summary>A file that a run will write. That it cannot be written shows before the run, not after an hour of work.</summary>
internal static class OutputFile
{
    /// <summary>Tries to write beside the file.</summary>
    /// <exception cref="StyleLabException">Its folder does not exist or cannot be written to.</exception>
    public static void RequireWritable(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            using var probe = new FileStream($"{full}.{Path.GetRandomFileName()}", new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose,
            });
        }
        catch (DirectoryNotFoundException error)
        {
            throw new StyleLabException($"{path} cannot be written: the folder {Path.GetDirectoryName(full)} does not exist.", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or FileNotFoundException)
        {
            throw new StyleLabException($"{path} cannot be written: no file may be made in the folder {Path.GetDirectoryName(full)}.", error);
        }
        catch (IOException error)
        {
            throw new StyleLabException($"{path} cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Makes the folder of outputs, and tries to write in it.</summary>
    /// <exception cref="StyleLabException">It cannot be made or written to.</exception>
    public static void RequireFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StyleLabException($"The folder {folder} cannot be made: {error.Message}", error);
        }
        RequireWritable(Path.Combine(folder, "notebook.ipynb"));
    }
}
