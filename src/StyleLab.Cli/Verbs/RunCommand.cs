using System.CommandLine;
using System.Globalization;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Verbs;

/// <summary>Executes notebooks without a front end and keeps their outputs.</summary>
internal sealed class RunCommand : Verb
{
    private readonly Argument<string[]> _notebooks = new("NOTEBOOK")
    {
        Description = "An .ipynb or .dib file, or a folder whose .ipynb files are all run, in the order of their names.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _parameters = new("--parameter", "-p")
    {
        Description = "Value for a variable of the cell tagged 'parameters'; can be given several times.",
        HelpName = "name=value",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder for the executed notebooks; it is made if needed.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "out",
    };

    private readonly Option<bool> _html = new("--html") { Description = "Write each notebook as one self-contained web page too." };

    private readonly Option<int?> _timeout = NumberOption.Seconds("--timeout", "Longest time for one cell, in seconds.");

    private readonly Option<bool> _allowErrors = new("--allow-errors") { Description = "Go on after a cell that fails; the exit code still tells." };

    private readonly Option<string> _network = new("--network")
    {
        Description = "Loss network; short for -p network=NAME.",
        HelpName = "NAME|FILE",
    };

    private readonly EngineOption _engine = new();

    public RunCommand() : base("run", "Execute notebooks and keep their outputs.")
    {
        Add(_notebooks);
        foreach (Option option in new Option[] { _parameters, _out, _html, _timeout, _allowErrors, _network, _engine })
            Add(option);
        SetAction((call, _) => RunAsync(call));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab run notebooks --out out --html",
        "stylelab run notebooks/03-style-transfer.ipynb -p steps=100 -p size=128",
        "stylelab run notebooks --network weights/vgg19.safetensors --timeout 600",
    ];

    private async Task<int> RunAsync(ParseResult call)
    {
        var notebooks = NotebooksOf(call.GetRequiredValue(_notebooks));
        var options = new RunOptions
        {
            Parameters = ParametersOf(call),
            AllowErrors = call.GetValue(_allowErrors),
            CellTimeout = call.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        var folder = call.GetRequiredValue(_out);
        bool html = call.GetValue(_html);
        OutputFile.RequireFolder(folder, notebooks.Select(OutputNameOf).SelectMany(name => html ? [name, PageOf(name)] : new[] { name }));
        RequireNoSource(notebooks, folder);

        _engine.Use(call);
        List<PublishedNotebook> pages = html ? [.. notebooks.SelectMany(PageFor)] : [];
        var exitCode = ExitCode.Done;
        using var interruption = new Interruption();
        foreach (var notebook in notebooks)
        {
            if (await RunAsync(notebook, Path.Combine(folder, OutputNameOf(notebook)), options, html ? pages : null, interruption.Token))
                continue;
            exitCode = ExitCode.Failed;
            if (interruption.Token.IsCancellationRequested)
                break;
        }
        return exitCode;
    }

    /// <summary>Runs one notebook; false if it failed, which is said but keeps no other notebook from being run.</summary>
    private static async Task<bool> RunAsync(string notebook, string output, RunOptions options, IReadOnlyList<PublishedNotebook>? pages, CancellationToken cancellation)
    {
        try
        {
            var result = await NotebookProgress.RunAsync(notebook, output, options, cancellation);
            string saved = result.WriteProblem is null ? output : result.OutputPath;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{saved} · {result.Duration.TotalSeconds:0.0} s"));
            if (result.WriteProblem is { } problem)
                Console.Error.WriteLine(problem);
            bool isWritten = pages is null || Publish(result.Notebook, notebook, PageOf(output), pages);
            isWritten &= result.WriteProblem is null;
            if (result.Status != RunStatus.Done)
                Console.Error.WriteLine(Failure(notebook, saved, options, result));
            return isWritten && result.Status == RunStatus.Done;
        }
        catch (Exception error) when (error is NotebookException or StyleLabException)
        {
            Console.Error.WriteLine(error.Message);
            return false;
        }
    }

    /// <summary>Writes the page of an executed notebook; false if it had to go elsewhere.</summary>
    private static bool Publish(Notebook executed, string notebook, string page, IReadOnlyList<PublishedNotebook> pages)
    {
        string saved = Rescue.Save(page, path =>
        {
            try
            {
                HtmlExport.Save(executed, path, new()
                {
                    Folder = Path.GetDirectoryName(Path.GetFullPath(notebook)), Together = pages, Say = Console.Error.WriteLine,
                });
            }
            catch (NotebookException error)
            {
                throw new StyleLabException(error.Message, error);
            }
        });
        Console.WriteLine(saved);
        return saved == page;
    }

    // One that is broken has no page; its turn comes.
    private static IEnumerable<PublishedNotebook> PageFor(string notebook)
    {
        try
        {
            return [new(notebook, Notebook.Load(notebook), Uri.EscapeDataString(PageOf(OutputNameOf(notebook))))];
        }
        catch (NotebookException)
        {
            return [];
        }
    }

    private static string Failure(string notebook, string output, RunOptions options, RunResult result)
    {
        var what = result.Status switch
        {
            RunStatus.Cancelled => $"interrupted at cell {result.FailedCell}",
            RunStatus.TimedOut => $"cell {result.FailedCell} ran longer than {options.CellTimeout?.TotalSeconds} s and was stopped",
            _ => $"cell {result.FailedCell} failed with {result.Error?.Name}: {FirstLine(result.Error?.Message)}",
        };
        return $"{notebook}: {what.TrimEnd('.')}; {output} holds the outputs so far.";
    }

    private static string FirstLine(string? text) => (text ?? "").Split('\n')[0].TrimEnd();

    private static string PageOf(string output) => Path.ChangeExtension(output, ".html");

    /// <summary>Outputs may replace those of an earlier run, and nothing else.</summary>
    private static void RequireNoSource(List<string> notebooks, string folder)
    {
        var sources = notebooks.Select(Path.GetFullPath).ToHashSet();
        var outputs = notebooks.Select(notebook => Path.Combine(folder, OutputNameOf(notebook))).Where(File.Exists).ToList();
        if (outputs.FirstOrDefault(output => sources.Contains(Path.GetFullPath(output))) is { } source)
            throw new WrongCallException($"The outputs would replace {source} itself: give another folder after --out.");
        if (outputs.FirstOrDefault(output => !IsOfRun(output)) is { } other)
            throw new WrongCallException($"The outputs would replace {other}, which no run has written: move it, or give another folder after --out.");
    }

    private static bool IsOfRun(string output)
    {
        try
        {
            return Notebook.Load(output).Metadata.ContainsKey("stylelab");
        }
        catch (NotebookException)
        {
            return false;
        }
    }

    // A .dib file has no place for outputs.
    private static string OutputNameOf(string notebook) => Path.ChangeExtension(Path.GetFileName(notebook), ".ipynb");

    private static List<string> NotebooksOf(IEnumerable<string> paths)
    {
        var notebooks = NotebookFiles.At(paths);
        var twice = notebooks.GroupBy(OutputNameOf).FirstOrDefault(same => same.Count() > 1);
        return twice is null
            ? notebooks
            : throw new WrongCallException($"There are two notebooks called {twice.Key}, whose outputs would be one file: run them one after the other, each with its own --out.");
    }

    private Dictionary<string, string> ParametersOf(ParseResult call)
    {
        var parameters = new Dictionary<string, string>();
        foreach (var text in call.GetValue(_parameters) ?? [])
        {
            int sign = text.IndexOf('=');
            if (sign < 1)
                throw new WrongCallException($"-p takes name=value, got '{text}'.");
            parameters[text[..sign]] = text[(sign + 1)..];
        }
        if (call.GetValue(_network) is { } network)
            parameters["network"] = NetworkOf(network);
        return parameters;
    }

    // A notebook runs in its own folder, from where a relative path leads elsewhere.
    private static string NetworkOf(string nameOrPath) =>
        File.Exists(nameOrPath) ? Path.GetFullPath(nameOrPath) : Runs.Inputs.Network(nameOrPath).Name;
}
