using System.Text;

namespace StyleLab.Notebooks;

/// <summary>Writes files so that whoever reads them finds either the old or the new content.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="NotebookException">The file cannot be written.</exception>
    public static void Write(string path, string content) => Write(path, Utf8.GetBytes(content));

    /// <exception cref="NotebookException">The file cannot be written.</exception>
    public static void Write(string path, byte[] content)
    {
        string temporary = path + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException($"Cannot write {path}: {failed.Message}", failed);
        }
    }
}
