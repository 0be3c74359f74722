using System.Text;

namespace StyleLab.Notebooks;

/// <summary>Texts and pictures as files, in folders that are made where they are missing.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc cref="Write(string, byte[], bool)"/>
    public static void Write(string path, string content, bool sync = false) => Write(path, Utf8.GetBytes(content), sync);

    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="sync">True for what took seconds to make, see <see cref="WholeFile"/>.</param>
    /// <exception cref="NotebookException">The file cannot be written.</exception>
    public static void Write(string path, byte[] content, bool sync = false)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        try
        {
            if (folder.Length > 0)
                Directory.CreateDirectory(folder);
        }
        catch (Exception failed) when (WriteError.Is(failed))
        {
            throw new NotebookException($"{path} cannot be written: the folder {folder} cannot be made: {WriteError.Reason(failed, Path.GetDirectoryName(folder) ?? folder)}", failed);
        }
        WholeFile.Write(path, file => file.Write(content), sync);
    }
}
