using System.CommandLine;
using System.Globalization;
using StyleLab.Cli.Parsing;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Verbs;

/// <summary>Turns executed notebooks into something to read.</summary>
internal sealed class PublishCommand : Verb
{
    public const string Html = "html", Markdown = "markdown", Jekyll = "jekyll", Pdf = "pdf";

    private readonly Argument<string[]> _notebooks = new("NOTEBOOK")
    {
        Description = "An executed .ipynb file; or several, or a folder of them, which are published together: links between them lead to their pages.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _to = ChoiceOption.Create("--to",
        "html: one page that needs nothing else. markdown: a .md file and a folder of pictures. " +
        "jekyll: a post under _posts and its pictures under assets. " +
        "pdf: printed by Chromium or Chrome, which must be installed.", Html, Markdown, Jekyll, Pdf);

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The file to write (html, markdown, pdf), the folder of several, or the folder of the Jekyll site; in the current folder if not given.",
        HelpName = "PATH",
    };

    private readonly Option<bool> _foldCode = new("--fold-code") { Description = "Hide the code until it is asked for." };

    private readonly Option<bool> _sanitize = new("--sanitize")
    {
        Description = "Take scripts, event handlers, frames, and forms out of the notebook's HTML, for a notebook that you do not know; " +
            "formulas and the figures of StyleLab work on. For html and pdf.",
    };

    private readonly Option<bool> _allowOutside = new("--allow-outside")
    {
        Description = "Take in pictures that lie outside of the notebook's folder, wherever its paths and links lead.",
    };

    private readonly Option<string?> _gallery = new("--gallery")
    {
        Description = "What the page is called that leads to several notebooks with a picture and a sentence of each: index.html if not given, " +
            "gallery.html in a Jekyll site. For html and jekyll.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _title = new("--title") { Description = "Heading of that page.", HelpName = "TEXT" };

    private readonly Option<string?> _date = new("--date") { Description = "Day of a Jekyll post; today if not given.", HelpName = "YYYY-MM-DD" };

    private readonly Option<string?> _categories = new("--categories")
    {
        Description = "Categories of a Jekyll post, separated by commas.",
        HelpName = "A,B",
    };

    public PublishCommand() : base("publish", "Turn executed notebooks into web pages, Markdown, Jekyll posts or PDF files.")
    {
        Add(_notebooks);
        foreach (Option option in new Option[] { _to, _output, _foldCode, _sanitize, _allowOutside, _gallery, _title, _date, _categories })
            Add(option);
        SetAction(Publish);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab publish out/03-style-transfer.ipynb -o transfer.html --fold-code",
        "stylelab publish downloaded.ipynb --sanitize",
        "stylelab publish out -o site --title \"Experiments in style\"",
        "stylelab publish out/03-style-transfer.ipynb --to markdown -o write-up/transfer.md",
        "stylelab publish out/03-style-transfer.ipynb --to pdf --fold-code",
        "stylelab publish out/03-style-transfer.ipynb --to jekyll -o site --categories style,notebooks --date 2026-03-01",
    ];

    private int Publish(ParseResult call)
    {
        var given = call.GetRequiredValue(_notebooks);
        var paths = NotebookFiles.At(given);
        if (paths.FirstOrDefault(path => !Path.GetExtension(path).Equals(".ipynb", StringComparison.OrdinalIgnoreCase)) is { } other)
            throw new WrongCallException($"publish takes an .ipynb file, got '{other}': convert or run it first.");
        bool areSeveral = given.Length > 1 || Directory.Exists(given[0]);
        var to = call.GetRequiredValue(_to);
        if (to != Jekyll && (call.GetValue(_date) ?? call.GetValue(_categories)) is not null)
            throw new WrongCallException("--date and --categories are for --to jekyll: the other formats have no place for them.");
        if (to is Jekyll or Markdown && call.GetValue(_sanitize))
            throw new WrongCallException($"--sanitize is for --to html and --to pdf: of {to}, other programs make a page, with what scripts they like.");
        if ((!areSeveral || to is Markdown or Pdf) && (call.GetValue(_gallery) ?? call.GetValue(_title)) is not null)
            throw new WrongCallException("--gallery and --title are for several notebooks, or a folder of them, as html or jekyll.");
        try
        {
            var places = new PublishedPlaces(to, call.GetValue(_output), areSeveral, DateOf(call.GetValue(_date)));
            var notebooks = Load(paths, areSeveral, places);
            var gallery = areSeveral && to is Html or Jekyll ? places.Gallery(call.GetValue(_gallery), notebooks) : null;
            foreach (var notebook in notebooks)
                Write(notebook, notebooks, places, gallery, call);
            if (gallery is not null)
                Console.WriteLine(WriteGallery(notebooks, gallery, call));
            return notebooks.Count == paths.Count ? ExitCode.Done : ExitCode.Failed;
        }
        catch (NotebookException error)
        {
            throw new StyleLabException(error.Message, error);
        }
    }

    /// <summary>Reads the notebooks; of several, one that is broken is told and left out.</summary>
    private static List<PublishedNotebook> Load(List<string> paths, bool areSeveral, PublishedPlaces places)
    {
        var notebooks = new List<PublishedNotebook>();
        foreach (var path in paths)
        {
            places.RequireFor(path);
            try
            {
                notebooks.Add(new(path, Notebook.Load(path), places.AddressOf(path)));
            }
            catch (NotebookException error) when (areSeveral)
            {
                Console.Error.WriteLine(error.Message);
            }
        }
        places.RequireApart(notebooks);
        return notebooks;
    }

    private void Write(PublishedNotebook published, List<PublishedNotebook> together, PublishedPlaces places, string? gallery, ParseResult call)
    {
        var (path, notebook) = (published.Path, published.Notebook);
        var options = new PublishOptions
        {
            Folder = Path.GetDirectoryName(Path.GetFullPath(path)),
            FoldCode = call.GetValue(_foldCode),
            Sanitize = call.GetValue(_sanitize),
            AllowOutside = call.GetValue(_allowOutside),
            Together = together,
            Gallery = gallery is null ? null : Uri.EscapeDataString(Path.GetFileName(gallery)),
            Say = sentence => Console.Error.WriteLine(together.Count > 1 ? $"{path}: {sentence}" : sentence),
        };
        var output = places.OutputOf(path);
        switch (places.Format)
        {
            case Html:
                HtmlExport.Save(notebook, output, options);
                break;
            case Pdf:
                // Addresses in a PDF are whole, and those of its neighbours are not known.
                PdfExport.Save(notebook, output, options with { Together = [], Gallery = null });
                break;
            case Markdown:
                MarkdownExport.Save(notebook, output, options);
                break;
            default:
                var categories = (call.GetValue(_categories) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                output = JekyllExport.Save(notebook, places.Folder, Path.GetFileNameWithoutExtension(path), places.Date, categories, options);
                break;
        }

        Console.WriteLine(output);
        var code = notebook.Cells.Where(cell => cell.Kind == CellKind.Code).ToList();
        if (code.Count > 0 && code.All(cell => cell.Outputs.Count == 0))
            Console.Error.WriteLine($"{path} holds no outputs, so only text and code are published: execute it first with stylelab run.");
    }

    private string WriteGallery(List<PublishedNotebook> notebooks, string path, ParseResult call)
    {
        var options = new GalleryOptions { Shrink = GalleryPicture.Shrink, AllowOutside = call.GetValue(_allowOutside) };
        if (call.GetValue(_title) is { } title)
            options = options with { Title = title };
        if (call.GetRequiredValue(_to) == Jekyll)
            GalleryExport.SaveJekyll(notebooks, Path.GetDirectoryName(path) is { Length: > 0 } site ? site : ".", Path.GetFileName(path), options);
        else
            GalleryExport.Save(notebooks, path, options);
        return path;
    }

    private static DateOnly DateOf(string? text)
    {
        if (text is null)
            return DateOnly.FromDateTime(DateTime.Today);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new WrongCallException($"--date takes a day such as 2026-03-01, got '{text}'.");
    }
}
