using Microsoft.DotNet.Interactive;
using StyleLab.Notebooks.Packages;

namespace StyleLab.Notebooks;

/// <summary>One run of one cell, piece by piece.</summary>
internal sealed class CellRun(SessionState session, CellContext context)
{
    private const int MaxImports = 50;

    private string _javaScriptValues = "";
    private int _depth;

    public Script Script => session.Script;

    /// <summary>The texts kept with <c>#!value</c>.</summary>
    public Dictionary<string, string> Values => session.Values;

    public string Folder => session.Folder;

    public CancellationToken Cancellation => context.Cancellation;

    /// <summary>The language of the piece that runs.</summary>
    public Language CurrentLanguage { get; private set; } = Language.CSharp;

    /// <summary>Whether the cell asked how long it takes.</summary>
    public bool IsTimed { get; set; }

    /// <summary>The value of the last C# expression.</summary>
    public object? Value { get; private set; }

    /// <summary>Runs a cell, or a cell of a file it imports.</summary>
    /// <param name="code">Text with <c>#!</c> lines.</param>
    /// <param name="language">The language of the text before the first of them; C# if null.</param>
    /// <param name="place">How errors call it; the cell's own name if null.</param>
    /// <exception cref="CellFailedException">A piece failed.</exception>
    /// <exception cref="CompilationException">A piece has errors.</exception>
    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    /// <exception cref="TimeoutException">The cell was to be stopped, but it goes on.</exception>
    public async Task RunCodeAsync(string code, string? language, string? place = null)
    {
        place ??= context.Name;
        if (++_depth > MaxImports)
            throw new NotebookException("The files import each other without end.");

        foreach (var part in CellParser.Parse(code, LanguageOf(language)))
        {
            try
            {
                await RunPartAsync(part, place).ConfigureAwait(false);
            }
            catch (NotebookException problem)
            {
                throw new CellFailedException(new ErrorOutput(
                    ErrorOutput.CellError, problem.Message, [$"{place}, line {part.Line}: {problem.Message}"]));
            }
        }

        _depth--;
    }

    /// <summary>Shows content below the cell.</summary>
    public void Show(MimeBundle content) => DisplayedValue.Show(content, [], context);

    /// <summary>Asks the user; the wait ends when the cell is stopped.</summary>
    public async Task<string> AskAsync(string prompt, bool isPassword)
    {
        string answer = "";
        var failed = await CellThread.RunAsync(Ask, context).ConfigureAwait(false);
        return failed == null ? answer : throw new NotebookException(failed.Message, failed);

        Task Ask()
        {
            answer = context.Ask(prompt, isPassword);
            return Task.CompletedTask;
        }
    }

    /// <summary>Declares a C# variable.</summary>
    /// <param name="name">The name.</param>
    /// <param name="expression">Its value, in C#.</param>
    public Task AssignAsync(string name, string expression) =>
        name == expression ? Task.CompletedTask : RunCSharpAsync($"var {name} = {expression};", context.Name);

    /// <summary>Makes a value known to the JavaScript below.</summary>
    public void DeclareInJavaScript(string name, string json) => _javaScriptValues += $"const {name} = {json};\n";

    private static Language LanguageOf(string? name) =>
        string.IsNullOrEmpty(name) || name.Equals(Language.CSharp.Name, StringComparison.OrdinalIgnoreCase) || name == ".NET"
            ? Language.CSharp
            : Language.Find(name) ?? throw new NotebookException(Refusal(name));

    private static string Refusal(string title) =>
        $"This cell is written in {title}, and this kernel speaks C#; " +
        "write it in C#, or run it with a kernel for that language.";

    private Task RunPartAsync(CellPart part, string place)
    {
        CurrentLanguage = part switch
        {
            CodePart code => code.Language,
            MagicPart magic => magic.Language,
            _ => Language.CSharp,
        };
        return part switch
        {
            ReferencePart references => AddReferencesAsync(references.References),
            MagicPart magic => MagicTable.RunAsync(this, magic),
            CodePart code when code.Language == Language.CSharp => RunCSharpAsync(code.Text, place),
            CodePart code when code.Language == Language.Value => SharedValues.KeepAsync(this, code.Arguments, code.Text),
            CodePart { Language.MimeType: { } mimeType } code => ShowText(code, mimeType),
            CodePart code => throw new NotebookException(Refusal(code.Language.Title)),
            _ => throw new InvalidOperationException($"Unknown part {part.GetType().Name}."),
        };
    }

    private async Task AddReferencesAsync(IReadOnlyList<ReferenceLine> references)
    {
        var packages = await session.Packages.AddAsync(references, context).ConfigureAwait(false);
        foreach (var package in packages)
            await PackageExtension.RunAsync(this, package).ConfigureAwait(false);
    }

    private Task ShowText(CodePart part, string mimeType)
    {
        var content = new MimeBundle();
        if (part.Language == Language.JavaScript)
        {
            // A block, so that the next cell can declare the same names.
            content.Add(mimeType, _javaScriptValues.Length > 0 ? $"{{\n{_javaScriptValues}{part.Text}\n}}" : part.Text);
            _javaScriptValues = "";
        }
        else
        {
            content.Add(mimeType, part.Text);
            if (part.Language == Language.Mermaid)
                content.Add(MimeTypes.Markdown, $"```mermaid\n{part.Text}\n```");
        }

        Show(content);
        return Task.CompletedTask;
    }

    private async Task RunCSharpAsync(string code, string place)
    {
        var inFiles = Script.LoadedFiles(code).SelectMany(file => CellParser.Parse(File.ReadAllText(file), Language.CSharp))
            .OfType<ReferencePart>().SelectMany(part => part.References).ToList();
        if (inFiles.Count > 0)
            await AddReferencesAsync(inFiles).ConfigureAwait(false);

        // Stopping a thread inside the compiler could hurt it, so only the run itself is stopped by force.
        var compiled = await Task.Run(
            () => Script.Compile(code, context.ExecutionCount, place, Cancellation), Cancellation).ConfigureAwait(false);
        bool ranToEnd = false;
        try
        {
            var exception = await CellThread.RunAsync(RunAndShowAsync, context).ConfigureAwait(false);
            ranToEnd = exception == null;
            if (exception != null)
                throw new CellFailedException(Traceback.Describe(exception));
        }
        finally
        {
            Script.Append(compiled, ranToEnd);
        }

        async Task RunAndShowAsync()
        {
            Value = await Script.RunAsync(compiled);
            if (compiled.HasValue)
                DisplayedValue.ShowResult(Value, context);
        }
    }
}
