using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Microsoft.DotNet.Interactive;

namespace StyleLab.Notebooks;

/// <summary>
/// The chain of compiled cells and their variables. Each cell is a C# script submission that sees all earlier ones;
/// variables live in the submission object, so they outlast an exception or an interrupt in the middle of the cell.
/// </summary>
internal sealed class Script
{
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Linq",
        "System.Threading.Tasks", "System.IO", typeof(Kernel).FullName!,
    ];

    private static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    private static readonly EmitOptions EmitOptions = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private int _compiled;
    private Task _askedPool = Task.CompletedTask;
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly ScriptReferences _references;
    private readonly SourceFileResolver _sources;
    private readonly ScriptLoadContext _loadContext;
    private CSharpCompilation? _previous;
    private int _referencesOfPrevious;
    private string[] _usings = [];
    private MetadataReference[] _brought = [];

    // Slot 0 is Roslyn's place for a host object, which we have none of; then one slot a submission with declarations.
    private object?[] _submissions = new object?[8];
    private int _used = 1;

    /// <param name="folder">Where relative paths begin.</param>
    /// <param name="references">What the cells reference.</param>
    public Script(string folder, ScriptReferences references)
    {
        _references = references;
        _sources = new SourceFileResolver([], folder);
        _loadContext = new ScriptLoadContext(_references);
    }

    /// <summary>What cells opened with <c>using</c>.</summary>
    public OpenResources OpenResources { get; } = new();

    /// <summary>The name of the class that holds a cell's code; stack frames are recognised by it.</summary>
    public static string ClassName(int cell) => $"Cell#{cell}";

    /// <summary>Compiles a cell against all cells before it; does not run it.</summary>
    /// <param name="code">C# script code.</param>
    /// <param name="number">The number of the cell.</param>
    /// <param name="place">How errors call the code, such as "Cell 3".</param>
    /// <param name="cancellation">Ends the compilation.</param>
    /// <exception cref="CompilationException">The cell has errors.</exception>
    public CompiledCell Compile(string code, int number, string place, CancellationToken cancellation)
    {
        var tree = Parse(code, place, cancellation);
        ExplainMissingReferences(tree);
        var compilation = Compilation(tree, number);

        using var assembly = new MemoryStream();
        using var symbols = PoolAnswers() ? new MemoryStream() : null;
        var emitted = compilation.Emit(assembly, symbols, options: EmitOptions, cancellationToken: cancellation);
        if (!emitted.Success)
        {
            var errors = emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
            if (RetiredUsings.Without(code, tree, errors) is { } rest)
                return Compile(rest, number, place, cancellation);
            if (errors.Count > 0)
                throw new CompilationException(errors);

            // Only usings, references or comments: there is nothing to emit, but later cells see them.
            return new CompiledCell(compilation, _references.Count, _ => Task.FromResult<object?>(null), HasValue: _ => false) { IsSeenLater = true };
        }

        var usings = TopLevelUsings.Variables(code);
        TopLevelUsings.CheckThatTheyCanBeClosed(usings, compilation, tree);
        bool isSeenLater = IsSeenLater(compilation);
        var loaded = Load(compilation, assembly.ToArray(), symbols?.ToArray(), isSeenLater);
        return new CompiledCell(compilation, _references.Count, EntryPoint(compilation, loaded), HasValue(compilation, tree))
        {
            Usings = usings,
            IsSeenLater = isSeenLater,
        };
    }

    /// <summary>Runs a compiled cell. Its variables are there for later cells however it ends.</summary>
    /// <returns>The value of the last expression.</returns>
    public async Task<object?> RunAsync(CompiledCell cell)
    {
        if (_used == _submissions.Length)
            Array.Resize(ref _submissions, 2 * _used);
        if (!OpenResources.IsEmpty)
            await OpenResources.CloseAsync([.. cell.Compilation.ScriptClass?.GetMembers().OfType<IFieldSymbol>().Select(field => field.Name) ?? []]);
        return await cell.EntryPoint(_submissions);
    }

    /// <summary>To be called after every run, however it ended, and before the cell itself sends code: what is compiled
    /// from now on sees this cell.</summary>
    public void Append(CompiledCell cell, bool ranToEnd)
    {
        if (cell.IsAppended)
            return;
        bool declaredSomething = _submissions[_used] != null;
        if (!declaredSomething && !ranToEnd)
            return;
        cell.IsAppended = true;

        // Most lines of a notebook only show something; they need not stay for good.
        if (!cell.IsSeenLater)
        {
            _submissions[_used] = null;
            return;
        }

        (_previous, _referencesOfPrevious) = (cell.Compilation, cell.ReferenceCount);
        var usings = cell.Compilation.SyntaxTrees.SelectMany(tree => ((CompilationUnitSyntax)tree.GetRoot()).Usings);
        _usings = [.. _usings.Union(usings.Select(directive => directive.ToString()))];
        _brought = [.. _brought.Union(cell.Compilation.DirectiveReferences)];
        if (!declaredSomething)
            return;
        OpenResources.Add(_submissions[_used]!, cell.Usings);
        _used++;
    }

    /// <summary>What the cells so far declared: of variables with the same name the latest.</summary>
    public IReadOnlyList<ScriptVariable> Variables()
    {
        var variables = new OrderedDictionary<string, ScriptVariable>();
        foreach (var submission in _submissions[1.._used].OfType<object>())
        {
            foreach (var field in submission.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public))
            {
                if (!field.Name.StartsWith('<'))
                    variables[field.Name] = new ScriptVariable(field.Name, field.FieldType, field.GetValue(submission));
            }
        }

        return [.. variables.Values];
    }

    /// <summary>A text that is being written, with all cells before it; it may have errors.</summary>
    public SemanticModel Analyse(string code, CancellationToken cancellation)
    {
        var tree = Parse(code, "", cancellation);
        return Compilation(tree, 0).GetSemanticModel(tree);
    }

    /// <summary>
    /// A text that is being written, without the cells before it but with their usings and references: to list the names in
    /// scope. (The compiler checks for each earlier cell whether it may be seen, at a cost that grows with their square.)
    /// </summary>
    /// <returns>The model, and by how much places in it lie behind those in the code.</returns>
    public (SemanticModel Model, int Offset) AnalyseAlone(string code, CancellationToken cancellation)
    {
        // Behind what must stand first: #r lines and extern aliases.
        var root = (CompilationUnitSyntax)Parse(code, "", cancellation).GetRoot(cancellation);
        int start = root.Externs.LastOrDefault()?.Span.End ?? root.GetFirstToken(includeZeroWidth: true).SpanStart;
        string usings = string.Concat(_usings);
        var tree = Parse(code.Insert(start, usings), "", cancellation);
        var scope = CSharpCompilation.CreateScriptCompilation(
            $"names-{_id}", tree, [.. _references.After(0), .. _brought], Options(0), returnType: typeof(object));
        return (scope.GetSemanticModel(tree), usings.Length);
    }

    /// <summary>What earlier cells declared at their top level; of the same name only what the latest cell did.</summary>
    public IEnumerable<ISymbol> Declared()
    {
        var names = new HashSet<string>();
        for (var cell = _previous; cell != null; cell = cell.ScriptCompilationInfo?.PreviousScriptCompilation)
        {
            var members = cell.ScriptClass?.GetMembers().Where(member => member.CanBeReferencedByName && !names.Contains(member.Name)).ToList() ?? [];
            names.UnionWith(members.Select(member => member.Name));
            foreach (var member in members)
                yield return member;
        }
    }

    /// <summary>The files that the code loads with <c>#load</c>, and those that they load.</summary>
    public IEnumerable<string> LoadedFiles(string code)
    {
        var found = new HashSet<string>();
        var toRead = new Queue<(string Code, string? Path)>([(code, null)]);
        while (toRead.TryDequeue(out var next))
        {
            var root = (CompilationUnitSyntax)Parse(next.Code, "", default).GetRoot();
            foreach (var directive in root.GetLoadDirectives())
            {
                if (_sources.ResolveReference(directive.File.ValueText, next.Path) is { } file && found.Add(file))
                    toRead.Enqueue((File.ReadAllText(file), file));
            }
        }

        return found;
    }

    /// <summary>Reads a cell.</summary>
    public static SyntaxTree Parse(string code, string place, CancellationToken cancellation) =>
        CSharpSyntaxTree.ParseText(SourceText.From(TopLevelUsings.Blank(code), Encoding.UTF8), ParseOptions, place, cancellation);

    // Unoptimised, because only then does an error (a wrong index above all) name the line where it happened.
    private CSharpCompilationOptions Options(int number) => new(
        OutputKind.DynamicallyLinkedLibrary,
        scriptClassName: ClassName(number),
        usings: Imports,
        optimizationLevel: OptimizationLevel.Debug,
        allowUnsafe: true,
        concurrentBuild: false, // A cell is too small to gain, and would wait for threads of the pool.
        nullableContextOptions: NullableContextOptions.Annotations,
        sourceReferenceResolver: _sources,
        metadataReferenceResolver: _references,
        assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);

    private CSharpCompilation Compilation(SyntaxTree tree, int number)
    {
        // What earlier cells reference comes with them; given again, it would pile up with every cell.
        var references = _references.After(_previous == null ? 0 : _referencesOfPrevious);
        string name = $"cell-{_id}-{Interlocked.Increment(ref _compiled)}";
        return CSharpCompilation.CreateScriptCompilation(name, tree, references, Options(number), _previous, typeof(object));
    }

    // The compiler leaves a part of the symbols to the thread pool. While earlier cells keep that wholly to themselves, it is
    // better that errors do not name their line than that no cell runs. That is waited for once, not for every cell.
    private bool PoolAnswers()
    {
        if (!_askedPool.IsCompleted)
            return false;
        _askedPool = Task.Run(() => { });
        return _askedPool.Wait(Patience);
    }

    /// <summary>Whether a cell declares anything: variables, methods, types, usings, references.</summary>
    private static bool IsSeenLater(CSharpCompilation cell) =>
        cell.SyntaxTrees.Length > 1 || cell.DirectiveReferences.Any()
        || ((CompilationUnitSyntax)cell.SyntaxTrees[0].GetRoot()) is { Usings.Count: > 0 } or { Externs.Count: > 0 }
        || cell.ScriptClass?.GetMembers().All(member => member.IsImplicitlyDeclared) != true;

    private Assembly Load(CSharpCompilation compilation, byte[] code, byte[]? symbols, bool isSeenLater)
    {
        if (!StopChecks.AreNeeded(compilation))
        {
            return isSeenLater
                ? _loadContext.LoadCell(compilation.AssemblyName!, code, symbols)
                : new PassingLoadContext(_loadContext).LoadCell(code, symbols);
        }

        var stoppable = StopChecks.AddTo(code, symbols);
        return _loadContext.LoadCell(compilation.AssemblyName!, stoppable.Code, stoppable.Symbols);
    }

    private void ExplainMissingReferences(SyntaxTree tree)
    {
        var problems = new List<CompilationProblem>();
        foreach (var directive in ((CompilationUnitSyntax)tree.GetRoot()).GetReferenceDirectives())
        {
            if (_references.Explain(directive.File.ValueText) is { } why)
                problems.Add(new CompilationProblem(directive.File.GetLocation(), why));
        }

        if (problems.Count > 0)
            throw new CompilationException(problems);
    }

    private static Func<object?[], Task<object?>> EntryPoint(CSharpCompilation compilation, Assembly assembly)
    {
        var entry = compilation.GetEntryPoint(default)!;
        return assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
    }

    // A last expression without semicolon is the cell's value, unless it is a call that returns nothing; only a result of
    // null leaves that open, and then the compiler has to be asked once more.
    private static Func<object?, bool> HasValue(CSharpCompilation compilation, SyntaxTree tree) =>
        ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault() is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last
        }
            ? result => result != null
                || compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type?.SpecialType != SpecialType.System_Void
            : _ => false;
}
