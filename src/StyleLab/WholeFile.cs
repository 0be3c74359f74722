namespace StyleLab;

/// <summary>Files that appear complete or not at all: written beside the target and renamed.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file; a full disk or a killed process never leaves half of it under its name.</summary>
    /// <exception cref="StyleLabException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write) => Make($"{path}.{Path.GetRandomFileName()}", path, temporary =>
    {
        using var file = File.Create(temporary);
        write(file);
    });

    /// <summary>The same for what can only be written by its name.</summary>
    /// <param name="temporary">The name to write under, in the folder of the target.</param>
    /// <param name="path">The name of the whole file.</param>
    /// <param name="make">Makes the file of the given name.</param>
    /// <exception cref="StyleLabException">The file cannot be written.</exception>
    public static void Make(string temporary, string path, Action<string> make)
    {
        try
        {
            make(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new StyleLabException(
                $"{path} cannot be written: the folder {Path.GetDirectoryName(Path.GetFullPath(path))} does not exist.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StyleLabException($"{path} cannot be written: access is denied; check the folder and its permissions.", e);
        }
        catch (IOException e)
        {
            throw new StyleLabException($"{path} cannot be written: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }
}
