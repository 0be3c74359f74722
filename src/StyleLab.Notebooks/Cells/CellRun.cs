using System.Runtime.ExceptionServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;
using StyleLab.Notebooks.Packages;

namespace StyleLab.Notebooks;

/// <summary>One run of one cell, piece by piece.</summary>
internal sealed class CellRun(SessionState session, CellContext context) : IMagicCell
{
    private const int MaxImports = 50;

    private string _javaScriptValues = "";
    private int _depth;
    private CompiledCell? _running;

    public Script Script => session.Script;

    public SessionLanguages Languages => session.Languages;

    public SessionKernels Kernels => session.Items.Of<SessionKernels>();

    public Dictionary<string, KeptText> Values => session.Values;

    public string Folder => session.Folder;

    public CancellationToken Cancellation => context.Cancellation;

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
    public void RunCode(string code, string? language, string? place = null)
    {
        if (place == null)
            (place, context.Code) = (context.Name, code);
        if (++_depth > MaxImports)
            throw new NotebookException("The files import each other without end.");

        foreach (var part in CellParser.Parse(code, LanguageOf(language), Languages))
        {
            try
            {
                RunPart(part, place);
            }
            catch (NotebookException problem)
            {
                throw new CellFailedException(new ErrorOutput(
                    ErrorOutput.CellError, problem.Message, [$"{place}, line {part.Line}: {problem.Message}"]));
            }
            catch (LanguageException problem)
            {
                string[] lines = [.. problem.Lines.Select(line => $"{place}, {line}")];
                throw new CellFailedException(new ErrorOutput(ErrorOutput.CellError, problem.Message, lines));
            }
        }

        _depth--;
    }

    /// <summary>Does what earlier cells have put off.</summary>
    public void RunDeferred()
    {
        while (Kernels.Deferred.TryDequeue(out var command))
        {
            if (command is SubmitCode { Handler: null } code)
                RunCode(code.Code, code.TargetKernelName, context.Name);
            else
                RunStoppably(() => KernelInvocationContext.CarryOutAsync(command, context));
        }
    }

    /// <summary>Runs code that the cell itself sends while it runs, on the cell's thread.</summary>
    /// <param name="code">Text with <c>#!</c> lines.</param>
    /// <param name="language">The language of the text before the first of them; C# if null.</param>
    /// <exception cref="NotebookException">The cell has ended.</exception>
    public async Task RunInsideAsync(string code, string? language)
    {
        var outer = _running ?? throw new NotebookException($"{context.Name} has ended; only a cell that runs can send code.");
        Script.Append(outer, ranToEnd: true);
        foreach (var part in CellParser.Parse(code, LanguageOf(language), Languages))
        {
            if (part is not CodePart inner || inner.Language != Language.CSharp)
            {
                RunPart(part, context.Name);
                continue;
            }

            var compiled = _running = Script.Compile(inner.Text, context.ExecutionCount, context.Name, Cancellation);
            bool ranToEnd = false;
            try
            {
                await RunAndShowAsync(compiled);
                ranToEnd = true;
            }
            finally
            {
                Script.Append(compiled, ranToEnd);
                _running = outer;
            }
        }
    }

    public void Show(MimeBundle content) => DisplayedValue.Show(content, [], context);

    public string Ask(string prompt, bool isPassword)
    {
        string answer = "";
        var failed = CellThread.Run(
            () =>
            {
                answer = context.Ask(prompt, isPassword);
                return Task.CompletedTask;
            },
            context);
        return failed == null ? answer : throw new NotebookException(failed.Message, failed);
    }

    public void RunStoppably(Action code) => RunStoppably(() =>
    {
        code();
        return Task.CompletedTask;
    });

    public void RunStoppably(Func<Task> code)
    {
        // Code that the cell sends while it runs is on that thread already, which waits here for its end.
        if (_running != null)
            Task.Run(code).GetAwaiter().GetResult();
        else if (CellThread.Run(code, context) is { } thrown)
            ExceptionDispatchInfo.Throw(thrown);
    }

    public void Assign(string name, string expression)
    {
        if (name != expression)
            RunCSharp($"var {name} = {expression};", context.Name);
    }

    public void DeclareInJavaScript(string name, string json) => _javaScriptValues += $"const {name} = {json};\n";

    private Language LanguageOf(string? name) =>
        string.IsNullOrEmpty(name) || name.Equals(Language.CSharp.Name, StringComparison.OrdinalIgnoreCase) || name == ".NET"
            ? Language.CSharp
            : Languages.Find(name) ?? throw new NotebookException(name.StartsWith("sql-", StringComparison.Ordinal)
                ? $"There is no database {name[4..]} yet; #!connect sqlite --kernel-name {name[4..]} \"Data Source=file.db\" opens one."
                : Refusal(name));

    private static string Refusal(string title) =>
        $"This cell is written in {title}, and this kernel speaks C#; " +
        "write it in C#, or run it with a kernel for that language.";

    private string WhichDatabase()
    {
        string[] connections = [.. Languages.Connections.Select(known => $"#!{known.Language.Name}")];
        return connections.Length > 0
            ? $"#!sql does not say which database; write {string.Join(" or ", connections)}."
            : "#!sql has no database yet; #!connect sqlite --kernel-name db \"Data Source=file.db\" opens one, with the package Microsoft.Data.Sqlite.";
    }

    private void RunPart(CellPart part, string place)
    {
        CurrentLanguage = part switch
        {
            CodePart code => code.Language,
            MagicPart magic => magic.Language,
            _ => Language.CSharp,
        };
        switch (part)
        {
            case ReferencePart references:
                AddReferences(references.References);
                break;
            case MagicPart magic when Kernels.Directives.FirstOrDefault(known => known.Name == $"#!{magic.Name}") is { } directive:
                OwnMagic.Run(this, directive, magic.Arguments);
                break;
            case MagicPart magic:
                MagicTable.Run(this, magic.Name, magic.Arguments);
                break;
            case CodePart code when code.Language == Language.CSharp:
                RunCSharp(code.Text, place);
                break;
            case CodePart code when code.Language == Language.Value:
                SharedValues.Keep(this, code.Arguments, code.Text);
                break;
            case CodePart { Language.MimeType: { } mimeType } code:
                ShowText(code, mimeType);
                break;
            case CodePart code when Languages.RunnerOf(code.Language) is { } runner:
                runner.Run(this, code.Text, code.Line, new MagicArguments(code.Language.Name, code.Arguments, runner.Options).Values);
                break;
            case CodePart code when code.Language == Language.Sql:
                throw new NotebookException(WhichDatabase());
            case CodePart code:
                throw new NotebookException(Refusal(code.Language.Title));
        }
    }

    private void AddReferences(IReadOnlyList<ReferenceLine> references)
    {
        foreach (var package in session.Packages.AddAsync(references, context).GetAwaiter().GetResult())
            PackageExtension.Run(this, package);
    }

    private void ShowText(CodePart part, string mimeType)
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
    }

    private void RunCSharp(string code, string place)
    {
        var inFiles = Script.LoadedFiles(code).SelectMany(file => CellParser.Parse(File.ReadAllText(file), Language.CSharp))
            .OfType<ReferencePart>().SelectMany(part => part.References).ToList();
        if (inFiles.Count > 0)
            AddReferences(inFiles);

        // Stopping a thread inside the compiler could hurt it, so only the run itself is stopped by force.
        var compiled = _running = Compile(code, place);
        bool ranToEnd = false;
        BroughtKernel.EnterAll();
        try
        {
            var exception = CellThread.Run(() => RunAndShowAsync(compiled), context);
            ranToEnd = exception == null;
            if (exception is CompilationException or CellFailedException)
                throw exception; // In code that the cell sent.
            if (exception != null)
                throw new CellFailedException(Traceback.Describe(exception));
        }
        finally
        {
            Script.Append(compiled, ranToEnd);
            _running = null;
        }
    }

    private CompiledCell Compile(string code, string place)
    {
        try
        {
            return Script.Compile(code, context.ExecutionCount, place, Cancellation);
        }
        catch (CompilationException errors) when (errors.NamesTheUnknown && FormerPackages.NamedIn(code) is { Count: > 0 } packages)
        {
            if (!TryAdd(packages))
                throw;
            return Script.Compile(code, context.ExecutionCount, place, Cancellation);
        }
    }

    private bool TryAdd(IReadOnlyList<ReferenceLine> packages)
    {
        try
        {
            AddReferences(packages);
            return true;
        }
        catch (NotebookException)
        {
            return false; // That the name is unknown says more than that a package nobody asked for cannot be had.
        }
    }

    private async Task RunAndShowAsync(CompiledCell compiled)
    {
        if (CompilationWarnings.Show(compiled.Warnings) is { } warnings)
            Show(warnings);
        Value = await Script.RunAsync(compiled);
        if (compiled.HasValue(Value))
            DisplayedValue.ShowResult(Value, context);
    }
}
