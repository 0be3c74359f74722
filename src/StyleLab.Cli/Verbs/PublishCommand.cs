using System.CommandLine;
using System.Globalization;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Verbs;

/// <summary>Turns an executed notebook into something to read.</summary>
internal sealed class PublishCommand : Verb
{
    private const string Html = "html", Markdown = "markdown", Jekyll = "jekyll", Pdf = "pdf";

    private readonly Argument<string> _notebook = new("NOTEBOOK") { Description = "An executed .ipynb file." };

    private readonly Option<string> _to = ChoiceOption.Create("--to",
        "html: one page that needs nothing else. markdown: a .md file and a folder of pictures. " +
        "jekyll: a post under _posts and its pictures under assets. " +
        "pdf: printed by Chromium or Chrome, which must be installed.", Html, Markdown, Jekyll, Pdf);

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The file to write (html, markdown, pdf), or the folder of the Jekyll site; in the current folder if not given.",
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

    private readonly Option<string?> _date = new("--date") { Description = "Day of a Jekyll post; today if not given.", HelpName = "YYYY-MM-DD" };

    private readonly Option<string?> _categories = new("--categories")
    {
        Description = "Categories of a Jekyll post, separated by commas.",
        HelpName = "A,B",
    };

    public PublishCommand() : base("publish", "Turn an executed notebook into a web page, Markdown, a Jekyll post or a PDF file.")
    {
        Add(_notebook);
        foreach (Option option in new Option[] { _to, _output, _foldCode, _sanitize, _allowOutside, _date, _categories })
            Add(option);
        SetAction(Publish);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab publish out/03-style-transfer.ipynb -o transfer.html --fold-code",
        "stylelab publish downloaded.ipynb --sanitize",
        "stylelab publish out/03-style-transfer.ipynb --to markdown -o write-up/transfer.md",
        "stylelab publish out/03-style-transfer.ipynb --to pdf --fold-code",
        "stylelab publish out/03-style-transfer.ipynb --to jekyll -o site --categories style,notebooks --date 2026-03-01",
    ];

    private int Publish(ParseResult call)
    {
        var path = call.GetRequiredValue(_notebook);
        if (!File.Exists(path))
            throw new WrongCallException($"{path} does not exist (looked for {Path.GetFullPath(path)}).");
        if (!Path.GetExtension(path).Equals(".ipynb", StringComparison.OrdinalIgnoreCase))
            throw new WrongCallException($"publish takes an .ipynb file, got '{path}': convert or run it first.");
        var to = call.GetRequiredValue(_to);
        if (to != Jekyll && (call.GetValue(_date) ?? call.GetValue(_categories)) is not null)
            throw new WrongCallException("--date and --categories are for --to jekyll: the other formats have no place for them.");
        if (to is Jekyll or Markdown && call.GetValue(_sanitize))
            throw new WrongCallException($"--sanitize is for --to html and --to pdf: of {to}, other programs make a page, with what scripts they like.");
        var date = DateOf(call.GetValue(_date));
        try
        {
            var notebook = Notebook.Load(path);
            Console.WriteLine(Write(notebook, path, to, call, date));
            var code = notebook.Cells.Where(cell => cell.Kind == CellKind.Code).ToList();
            if (code.Count > 0 && code.All(cell => cell.Outputs.Count == 0))
                Console.Error.WriteLine($"{path} holds no outputs, so only text and code are published: execute it first with stylelab run.");
            return ExitCode.Done;
        }
        catch (NotebookException error)
        {
            throw new StyleLabException(error.Message, error);
        }
    }

    private string Write(Notebook notebook, string path, string to, ParseResult call, DateOnly date)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var options = new PublishOptions
        {
            Folder = Path.GetDirectoryName(Path.GetFullPath(path)),
            FoldCode = call.GetValue(_foldCode),
            Sanitize = call.GetValue(_sanitize),
            AllowOutside = call.GetValue(_allowOutside),
            Say = Console.Error.WriteLine,
        };
        if (to == Jekyll)
        {
            var site = call.GetValue(_output) ?? ".";
            var categories = (call.GetValue(_categories) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return JekyllExport.Save(notebook, site, name, date, categories, options);
        }

        var output = call.GetValue(_output) ?? name + to switch { Html => ".html", Pdf => ".pdf", _ => ".md" };
        RequireFile(output, path);
        if (to == Html)
            HtmlExport.Save(notebook, output, options);
        else if (to == Pdf)
            PdfExport.Save(notebook, output, options);
        else
            MarkdownExport.Save(notebook, output, options);
        return output;
    }

    private static void RequireFile(string output, string notebook)
    {
        if (Directory.Exists(output))
            throw new WrongCallException($"The output {output} is a folder: give the path of a file to write in it.");
        if (Path.GetFullPath(output) == Path.GetFullPath(notebook))
            throw new WrongCallException($"The output {output} would replace the notebook: give another name.");
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
