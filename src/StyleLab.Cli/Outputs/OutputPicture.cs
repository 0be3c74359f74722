using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Outputs;

/// <summary>The picture file that a run will write.</summary>
internal static class OutputPicture
{
    private static readonly string[] _extensions = [".png", ".jpg", ".jpeg"];

    /// <summary>True for the one format that carries the recipe.</summary>
    public static bool IsPng(string path) => Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a name that means a picture file and no folder.</summary>
    public static bool IsFile(string path) => !Directory.Exists(path) && _extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Finds out before the run what is wrong with the file.</summary>
    /// <param name="path">The file to be written; an older one is replaced.</param>
    /// <param name="inputs">The files that it must not replace.</param>
    /// <exception cref="WrongCallException">It is no picture file, or one of the inputs.</exception>
    /// <exception cref="StyleLabException">Its folder does not exist or cannot be written to.</exception>
    public static void Check(string path, IEnumerable<string> inputs)
    {
        if (Directory.Exists(path))
            throw new WrongCallException($"The output {path} is a folder: give the path of a file to write in it, such as {Path.Combine(path, "out.png")}.");
        if (!_extensions.Contains(Path.GetExtension(path).ToLowerInvariant()))
            throw new WrongCallException($"The output '{path}' names no picture format: give it the extension .png, .jpg or .jpeg.");
        var full = Path.GetFullPath(path);
        if (inputs.Any(input => Path.GetFullPath(input) == full))
            throw new WrongCallException($"The output {path} would replace a picture that the run is made from: give another name.");
        OutputFile.RequireWritable(path);
    }
}
