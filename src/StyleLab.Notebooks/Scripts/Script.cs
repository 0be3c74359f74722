using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StyleLab.Notebooks;

/// <summary>
/// The chain of compiled cells and their variables. Each cell is a C# script submission that sees all earlier ones;
/// variables live in the submission object, so they outlast an exception or an interrupt in the middle of the cell.
/// </summary>
internal sealed partial class Script
{
    private static readonly IReadOnlyList<string> FormerImports = [.. CompilerOptions.Imports, .. FormerUsings.Namespaces];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private int _compiled;
    private Task _askedPool = Task.CompletedTask;
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly ScriptReferences _references;
    private readonly LoadedSources _sources;
    private readonly ScriptLoadContext _loadContext;
    private readonly Units _units;
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
        _sources = new LoadedSources(folder);
        _loadContext = new ScriptLoadContext(_references);
        _units = new Units(_id, CompilerOptions.ForUnits(_references));
    }

    /// <summary>What cells opened with <c>using</c>.</summary>
    public OpenResources OpenResources { get; } = new();

    /// <summary>Compiles a cell against all cells before it; does not run it.</summary>
    /// <param name="code">C# script code.</param>
    /// <param name="number">The number of the cell.</param>
    /// <param name="place">How errors call the code, such as "Cell 3".</param>
    /// <param name="cancellation">Ends the compilation.</param>
    /// <exception cref="CompilationException">The cell has errors.</exception>
    public CompiledCell Compile(string code, int number, string place, CancellationToken cancellation)
    {
        if (code.Contains("#load", StringComparison.Ordinal))
            CompileLoadedUnits(code, cancellation);
        return Compile(code, number, place, CompilerOptions.Imports, cancellation);
    }

    private CompiledCell Compile(string code, int number, string place, IReadOnlyList<string> imports, CancellationToken cancellation)
    {
        var tree = Parse(code, place, cancellation);
        ExplainMissingReferences(tree);
        var unit = CompileUnit(ref tree, place, cancellation);
        var seen = unit?.Assemblies.Select(assembly => assembly.Reference) ?? [];
        var compilation = Compilation(tree, number, imports, seen);

        using var assembly = new MemoryStream();
        using var symbols = PoolAnswers() ? new MemoryStream() : null;
        var emitted = compilation.Emit(assembly, symbols, options: CompilerOptions.Emit, cancellationToken: cancellation);
        if (!emitted.Success)
        {
            var errors = emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
            if (RetiredUsings.Without(code, tree, errors) is { } rest)
                return Compile(rest, number, place, imports, cancellation);
            if (imports != FormerImports && FormerUsings.MayHelp(errors) && HasNoErrors(Compilation(tree, number, FormerImports, seen), cancellation))
                return Compile(code, number, place, FormerImports, cancellation);
            if (errors.Count > 0)
                throw new CompilationException(errors);

            // Only usings, references or comments: there is nothing to emit, but later cells see them.
            Take(unit);
            return new CompiledCell(compilation, _references.Count, _ => Task.FromResult<object?>(null), HasValue: _ => false)
            {
                Warnings = unit?.Warnings ?? [], IsSeenLater = true,
            };
        }

        var usings = TopLevelUsings.Variables(code);
        TopLevelUsings.CheckThatTheyCanBeClosed(usings, compilation, tree);
        Take(unit);
        bool isSeenLater = unit != null || IsSeenLater(compilation);
        var loaded = Load(compilation, assembly.ToArray(), symbols?.ToArray(), isSeenLater);
        return new CompiledCell(compilation, _references.Count, EntryPoint(compilation, loaded), HasValue(compilation, tree))
        {
            Usings = usings,
            Warnings = [.. unit?.Warnings ?? [], .. CompilationWarnings.Among(emitted.Diagnostics, Shown(tree))],
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

    /// <summary>Loads an assembly that belongs to what the cells reference, such as an extension of a package.</summary>
    public Assembly Load(string file)
    {
        _references.AddForLoading(file);
        return _loadContext.LoadFromAssemblyName(AssemblyName.GetAssemblyName(file));
    }

    /// <summary>An assembly that cells reference, loaded; null if none of that name is referenced.</summary>
    public Assembly? FindAssembly(string name) => _loadContext.Find(new AssemblyName(name));

    /// <summary>The files of packages and projects that cells are compiled against.</summary>
    public IEnumerable<string> ReferencedFiles() => _references.Added();

    /// <summary>Reads a cell.</summary>
    public static SyntaxTree Parse(string code, string place, CancellationToken cancellation) =>
        CSharpSyntaxTree.ParseText(SourceText.From(TopLevelUsings.Blank(code), Encoding.UTF8), CellSyntax.Script, place, cancellation);

    private CSharpCompilation Compilation(SyntaxTree tree, int number, IEnumerable<string> imports, params IEnumerable<MetadataReference> more)
    {
        // What earlier cells reference comes with them; given again, it would pile up with every cell.
        var references = _references.After(_previous == null ? 0 : _referencesOfPrevious);
        int serial = Interlocked.Increment(ref _compiled);
        var options = CompilerOptions.ForScripts(CellNames.Class(number, serial), imports, _sources, _references);
        return CSharpCompilation.CreateScriptCompilation($"cell-{_id}-{serial}", tree, [.. references, .. more], options, _previous, typeof(object));
    }

    /// <summary>Compiles what of a cell cannot stand in a script, and leaves the rest.</summary>
    private CompiledUnit? CompileUnit(ref SyntaxTree cell, string place, CancellationToken cancellation)
    {
        CompilationException? problem = null;
        foreach (var text in UnitText.Of(cell))
        {
            try
            {
                var unit = CompileUnit(text, place, cancellation);
                cell = Parse(text.Script, place, cancellation);
                return unit;
            }
            catch (CompilationException errors)
            {
                problem = errors;
            }
        }

        if (problem == null)
            return null;
        if (!problem.NamesEarlierTypes || ExtensionMethods.Forwarded(cell) is not { } script)
            throw problem;
        cell = Parse(script, place, cancellation);
        return null;
    }

    /// <summary>Compiles what of loaded files cannot stand in a script; those that others load come first.</summary>
    private void CompileLoadedUnits(string code, CancellationToken cancellation)
    {
        foreach (string file in LoadedFiles(code).Reverse())
        {
            var script = Parse(File.ReadAllText(file), file, cancellation);
            if (CompileUnit(ref script, file, cancellation) is { } unit)
            {
                Take(unit);
                _sources.Replace(file, script.ToString());
            }
            else
            {
                _sources.Restore(file);
            }
        }
    }

    private CompiledUnit CompileUnit(UnitText text, string place, CancellationToken cancellation) => _units.Compile(
        text, place, CompilerOptions.GlobalUsings(_usings), [.. _references.After(0).Except(_units.References), .. _brought], TypesInScript(), cancellation);

    private HashSet<string> TypesInScript() => [.. Declared().OfType<INamedTypeSymbol>().Select(type => type.Name)];

    /// <summary>The cell compiled as a whole: later cells see its ordinary code.</summary>
    private void Take(CompiledUnit? unit)
    {
        if (unit == null)
            return;
        var stoppable = StopChecks.AddTo(unit.Code, unit.Symbols);
        _loadContext.LoadUnit(unit.Assemblies[0], stoppable.Code, stoppable.Symbols);
        _units.Add(unit);
        _references.Add(unit.Assemblies.Select(assembly => assembly.Reference));
    }

    private static bool HasNoErrors(CSharpCompilation compilation, CancellationToken cancellation) =>
        compilation.GetDiagnostics(cancellation).All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);

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
        bool mayOpenBrowser = BrowserCalls.MayBeIn(compilation);
        if (!StopChecks.AreNeeded(compilation) && !mayOpenBrowser)
        {
            return isSeenLater
                ? _loadContext.LoadCell(compilation.AssemblyName!, code, symbols)
                : SingleLoadContext.Passing(_loadContext, code, symbols);
        }

        var stoppable = StopChecks.AddTo(code, symbols, mayOpenBrowser ? BrowserCalls.Redirect : null);
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
    // null leaves that open, and then the compiler has to be asked once more. So is what the cell returns.
    private static Func<object?, bool> HasValue(CSharpCompilation compilation, SyntaxTree tree) =>
        Shown(tree) is { } last && !ReturnsNothing(tree)
            ? result => result != null || compilation.GetSemanticModel(tree).GetTypeInfo(last).Type?.SpecialType != SpecialType.System_Void
            : result => result != null;

    // A cell that ended there looks as if its last expression were null.
    private static bool ReturnsNothing(SyntaxTree tree) => tree.GetRoot()
        .DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or BaseTypeDeclarationSyntax or BasePropertyDeclarationSyntax))
        .Any(node => node is ReturnStatementSyntax { Expression: null });

    private static ExpressionSyntax? Shown(SyntaxTree tree) =>
        ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault() is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last
        }
            ? last.Expression
            : null;
}
