using StyleLab.Cli.Parsing;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Verbs;

/// <summary>Where published notebooks go.</summary>
/// <param name="format">One of the formats of <see cref="PublishCommand"/>.</param>
/// <param name="output">The file, or folder, that was asked for.</param>
/// <param name="areSeveral">Whether it is a folder for several notebooks.</param>
/// <param name="date">The day of Jekyll posts.</param>
internal sealed class PublishedPlaces(string format, string? output, bool areSeveral, DateOnly date)
{
    public string Format => format;

    public DateOnly Date => date;

    /// <summary>The folder of several, or of the Jekyll site.</summary>
    public string Folder => output ?? ".";

    private bool IsFolder => areSeveral || format == PublishCommand.Jekyll;

    private string Ending => format switch { PublishCommand.Html => ".html", PublishCommand.Pdf => ".pdf", _ => ".md" };

    /// <summary>The file of a notebook; that of a Jekyll post depends on its date.</summary>
    public string OutputOf(string notebook)
    {
        string name = Path.GetFileNameWithoutExtension(notebook) + Ending;
        return IsFolder ? InFolder(name) : output ?? name;
    }

    /// <summary>Its address on the pages of the others.</summary>
    public string AddressOf(string notebook) => format == PublishCommand.Jekyll
        ? JekyllExport.AddressOf(Path.GetFileNameWithoutExtension(notebook), date)
        : Uri.EscapeDataString(Path.GetFileName(OutputOf(notebook)));

    /// <exception cref="WrongCallException">A notebook cannot be written to its place.</exception>
    public void RequireFor(string notebook)
    {
        if (areSeveral && (File.Exists(Folder) || Path.GetExtension(Folder).ToLowerInvariant() is ".html" or ".htm" or ".md" or ".pdf"))
            throw new WrongCallException($"Several notebooks go into a folder: give its path after -o, got {Folder}.");
        if (format == PublishCommand.Jekyll)
            return;
        var file = OutputOf(notebook);
        if (Directory.Exists(file))
            throw new WrongCallException($"The output {file} is a folder: give the path of a file to write in it.");
        if (Path.GetFullPath(file) == Path.GetFullPath(notebook))
            throw new WrongCallException($"The output {file} would replace the notebook: give another name.");
    }

    /// <exception cref="WrongCallException">Two notebooks would be one page.</exception>
    public void RequireApart(IEnumerable<PublishedNotebook> notebooks)
    {
        if (notebooks.GroupBy(notebook => notebook.Address).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new WrongCallException($"{string.Join(" and ", twice.Select(notebook => notebook.Path))} would be one page: rename one, or publish them into two folders.");
    }

    /// <summary>The page that leads to all.</summary>
    /// <param name="name">What it is to be called; null for the usual name.</param>
    /// <param name="notebooks">The notebooks.</param>
    /// <returns>Null if a notebook is the index of the others.</returns>
    /// <exception cref="WrongCallException">The name is none of a page, or another page is there.</exception>
    public string? Gallery(string? name, IEnumerable<PublishedNotebook> notebooks)
    {
        if (name is not null && (Path.GetFileName(name) != name || Path.GetExtension(name) is not (".html" or ".htm")))
            throw new WrongCallException($"--gallery takes the name of a page in the folder, such as gallery.html, got '{name}'.");
        var path = InFolder(name ?? (format == PublishCommand.Jekyll ? "gallery.html" : "index.html"));
        if (format == PublishCommand.Html && notebooks.FirstOrDefault(notebook => OutputOf(notebook.Path) == path) is { } index)
        {
            if (name is not null)
                throw new WrongCallException($"{path} is the page of {index.Path}: give the gallery another name.");
            Console.Error.WriteLine($"{index.Path} is the index of this folder; --gallery gallery.html makes a gallery beside it.");
            return null;
        }

        if (Directory.Exists(path) || (File.Exists(path) && !GalleryExport.IsGallery(path)))
            throw new WrongCallException($"{path} is there already and is no gallery of stylelab: give the gallery another name, such as --gallery gallery.html, or move that page.");
        return path;
    }

    // "x.html" and not "./x.html" in the current folder.
    private string InFolder(string name) => output is null ? name : Path.Combine(output, name);
}
