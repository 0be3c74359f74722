using System.Text;

namespace StyleLab.Notebooks;

/// <summary>Writes text files so that whoever reads them finds either the old or the new content.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="NotebookException">The file cannot be written.</exception>
    public static void Write(string path, string content)
    {
        string temporary = path + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(temporary, content, Utf8);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException($"Cannot write {path}: {failed.Message}", failed);
        }
    }
}
