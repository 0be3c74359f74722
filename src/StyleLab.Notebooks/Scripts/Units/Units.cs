using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>The ordinary code of a session's cells. What is declared again takes the place of what was there.</summary>
/// <param name="session">Part of the names of its assemblies.</param>
/// <param name="options">How cells are compiled.</param>
internal sealed class Units(string session, CSharpCompilationOptions options)
{
    private readonly List<UnitAssembly> _all = [];
    private int _serial;

    /// <summary>What cells are compiled against: every assembly there was. They see the latest of each name.</summary>
    public IEnumerable<MetadataReference> References => _all.Select(unit => unit.Reference);

    /// <summary>Compiles the code of a cell; nothing changes before <see cref="Add"/>.</summary>
    /// <param name="text">The code.</param>
    /// <param name="place">How errors call the cell.</param>
    /// <param name="imports">The usings that hold in all cells so far.</param>
    /// <param name="references">What cells reference, without units.</param>
    /// <param name="inScript">Types of earlier cells, which it cannot see: a script's types are parts of the script.</param>
    /// <param name="cancellation">Ends the compilation.</param>
    /// <exception cref="CompilationException">The code has errors.</exception>
    public CompiledUnit Compile(
        UnitText text, string place, string imports, IReadOnlyList<MetadataReference> references, IReadOnlySet<string> inScript,
        CancellationToken cancellation)
    {
        var tree = Parse(text.Code, place, cancellation);
        var types = TypesOf(tree);
        var replaced = Latest().Where(unit => unit.Types.Keys.Any(types.Contains)).ToList();
        var kept = replaced.SelectMany(unit => unit.Types).Where(type => !types.Contains(type.Key)).ToLookup(type => type.Value, type => type.Key);
        var first = replaced.FirstOrDefault();
        string name = first?.Name ?? CellNames.Unit(session, ++_serial);
        int version = (first?.Version ?? 0) + 1;

        var trees = kept.Select(source => Without(source.Key, [.. source])).Prepend(tree).ToList();
        string identity = $"[assembly: System.Reflection.AssemblyVersion(\"{version}.0.0.0\")]";
        var compilation = CSharpCompilation.Create(
            name, [.. trees, Parse(imports + identity, "", cancellation)],
            [.. references, .. Latest().Except(replaced).Select(unit => unit.Reference)], options);

        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(assembly, symbols, options: CompilerOptions.Emit, cancellationToken: cancellation);
        var errors = emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (RetiredUsings.Without(text.Code, tree, errors) is { } rest)
            return Compile(text.With(rest), place, imports, references, inScript, cancellation);
        if (!emitted.Success)
        {
            var problems = text.InCell(emitted.Diagnostics, DiagnosticSeverity.Error, tree);
            throw new CompilationException([.. problems.Select(problem => Explained(problem, inScript))]);
        }

        var sources = trees.SelectMany(source => TypesOf(source).Select(type => KeyValuePair.Create(type, source))).DistinctBy(type => type.Key);
        var unit = new UnitAssembly(name, version, sources.ToDictionary(), Image(assembly.ToArray()));
        return new CompiledUnit(
            [unit, .. replaced.Skip(1).Select(Emptied)], assembly.ToArray(), symbols.ToArray(),
            text.InCell(emitted.Diagnostics, DiagnosticSeverity.Warning, tree));
    }

    /// <summary>From now on cells see it.</summary>
    public void Add(CompiledUnit unit) => _all.AddRange(unit.Assemblies);

    private static SyntaxTree Parse(string code, string place, CancellationToken cancellation) =>
        CSharpSyntaxTree.ParseText(code, CellSyntax.Program, place, System.Text.Encoding.UTF8, cancellation);

    private static CompilationProblem Explained(CompilationProblem problem, IReadOnlySet<string> inScript) =>
        problem.Text.StartsWith("CS0246", StringComparison.Ordinal) && problem.Text.Split('\'', '<').Skip(1).FirstOrDefault() is { } name && inScript.Contains(name)
            ? problem with { Text = $"{problem.Text} {name}{CompilationException.OfEarlierCell}" }
            : problem;

    private static MetadataReference Image(byte[] code) => MetadataReference.CreateFromImage(code);

    private IEnumerable<UnitAssembly> Latest() => _all.GroupBy(unit => unit.Name).Select(same => same.Last());

    // Its types are in another assembly now, under whose name nothing of it may be seen any more.
    private static UnitAssembly Emptied(UnitAssembly unit)
    {
        var nothing = CSharpCompilation.Create(
            unit.Name, [Parse($"[assembly: System.Reflection.AssemblyVersion(\"{unit.Version + 1}.0.0.0\")]", "", default)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        nothing.Emit(assembly);
        return new UnitAssembly(unit.Name, unit.Version + 1, new Dictionary<string, SyntaxTree>(), Image(assembly.ToArray()));
    }

    private static HashSet<string> TypesOf(SyntaxTree tree) => [.. Declarations(tree).Select(FullName)];

    private static IEnumerable<MemberDeclarationSyntax> Declarations(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>().Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    private static string FullName(MemberDeclarationSyntax type)
    {
        var (name, arity) = type switch
        {
            TypeDeclarationSyntax known => (known.Identifier.ValueText, known.Arity),
            BaseTypeDeclarationSyntax known => (known.Identifier.ValueText, 0),
            DelegateDeclarationSyntax known => (known.Identifier.ValueText, known.Arity),
            _ => ("", 0),
        };
        var spaces = type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(space => space.Name.ToString());
        return string.Join('.', spaces.Append($"{name}`{arity}"));
    }

    /// <summary>The source with only these of its types.</summary>
    private static SyntaxTree Without(SyntaxTree source, HashSet<string> kept)
    {
        var gone = Declarations(source).Where(type => !kept.Contains(FullName(type))).Select(type => type.Span);
        return Parse(UnitText.Blanked(source.ToString(), gone), source.FilePath, default);
    }
}
