namespace StyleLab.Syntheses;

/// <summary>Files that appear complete or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the target and renames, so that a full disk or a killed process never leaves half a file.</summary>
    /// <exception cref="StyleLabException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var file = File.Create(temporary))
                write(file);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StyleLabException($"{path} cannot be written: {e.Message.TrimEnd('.')}; check the folder and its permissions.", e);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }
}
