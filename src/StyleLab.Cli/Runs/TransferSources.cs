using System.CommandLine;
using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Runs;

/// <summary>Which pictures of a call are contents and which are styles.</summary>
/// <param name="Contents">Files of the content pictures.</param>
/// <param name="Styles">Files of the style pictures.</param>
/// <param name="IsBatch">True for a picture of each content, in a folder.</param>
internal sealed record TransferSources(IReadOnlyList<string> Contents, IReadOnlyList<string> Styles, bool IsBatch)
{
    // More than so many are hardly mixed on purpose, but are what *.jpg comes to.
    private const int MostUnnamedStyles = 4;

    private static readonly string[] s_extensions = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic"];

    /// <summary>The first picture is the content and the others are styles, unless an option names the ones or the others.</summary>
    /// <param name="pictures">The pictures that stand in the call without an option.</param>
    /// <param name="contents">Those of --content.</param>
    /// <param name="styles">Those of --style.</param>
    /// <param name="folder">The folder of --out, or null.</param>
    /// <exception cref="WrongCallException">It is not clear, or one is missing.</exception>
    public static TransferSources Of(IReadOnlyList<string> pictures, IReadOnlyList<string> contents, IReadOnlyList<string> styles, string? folder)
    {
        if (contents.Count > 0 && styles.Count > 0 && pictures.Count > 0)
            throw new WrongCallException($"--content and --style name all pictures, so '{pictures[0]}' is one too many.");
        bool isPlain = contents.Count == 0 && styles.Count == 0;
        if (isPlain)
            (contents, styles) = ([.. pictures.Take(1)], [.. pictures.Skip(1)]);
        else if (contents.Count == 0)
            contents = pictures;
        else if (styles.Count == 0)
            styles = pictures;
        if (contents.Count == 0)
            throw new WrongCallException("There is no content picture: give it without an option, or after --content.");
        if (styles.Count == 0 && !isPlain)
            throw new WrongCallException("There is no style picture: give it after --style, or before --content, which takes all pictures after it.");
        if (isPlain && styles.Count > MostUnnamedStyles)
            throw new WrongCallException(
                $"That is {contents[0]} as content and {styles.Count} styles in one picture: for a picture of each, name the style with --style PAINTING --out FOLDER; to mix them all, put --style before them.");
        bool isFolder = contents.Any(Directory.Exists);
        if ((isFolder || contents.Count > 1) && folder is null)
            throw new WrongCallException(isFolder
                ? $"{contents.First(Directory.Exists)} is a folder: say with --out which folder the results of its pictures go into."
                : $"There are {contents.Count} content pictures: say with --out which folder their results go into.");
        return new([.. contents.SelectMany(PicturesAt)], styles, folder is not null);
    }

    /// <summary>What was taken for what, where it could have been meant otherwise; null if there is no doubt.</summary>
    public string? Told(bool isNamed) => IsBatch || isNamed || Styles.Count < 2 ? null
        : $"Content: {Contents[0]}. Styles, mixed in one picture: {string.Join(", ", Styles)}.";

    private static IEnumerable<string> PicturesAt(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        var pictures = Directory.GetFiles(path)
            .Where(file => s_extensions.Contains(Path.GetExtension(file).ToLowerInvariant()) && !Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal).ToList();
        return pictures.Count > 0 ? pictures : throw new WrongCallException($"The folder {path} holds no pictures.");
    }
}
