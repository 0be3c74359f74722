using StyleLab.Cli.Tests.Documentation;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Cli.Tests.Layout;

/// <summary>The code of a project, and which folder of it names what of which other.</summary>
internal sealed class ProjectSource
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private readonly CSharpCompilation _compilation;
    private readonly string _folder;

    private static readonly Dictionary<string, ProjectSource> s_known = [];

    /// <summary>A project; read once.</summary>
    public static ProjectSource Of(string project) => s_known.TryGetValue(project, out var known) ? known : s_known[project] = new(project);

    private ProjectSource(string project)
    {
        _folder = Path.Combine(Page.Repository, "src", project);
        var parsing = new CSharpParseOptions(LanguageVersion.CSharp14);
        var files = new[] { project, "Files", "Reading", "NativeLibraries" }.SelectMany(folder => Files(Path.Combine(Page.Repository, "src", folder)));
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), parsing, file))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings + GlobalUsings(project), parsing));
        _compilation = CSharpCompilation.Create(project, trees, References(project), new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    /// <summary>All folders that hold code.</summary>
    public IEnumerable<string> Folders => OwnTrees.Select(tree => FolderOf(tree.FilePath)!).Distinct();

    private IEnumerable<SyntaxTree> OwnTrees => _compilation.SyntaxTrees.Where(tree => FolderOf(tree.FilePath) is not null);

    /// <summary>
    /// Each use of a type or member whose folder comes later in the order. A member belongs to the folder of the file that declares it; a type
    /// in several files, to the first of their folders.
    /// </summary>
    public IEnumerable<Arrow> ArrowsBack(FolderOrder order) => Arrows(order).Where(arrow => order.Rank(arrow.From) < order.Rank(arrow.To));

    /// <summary>Each use of a type or member of another folder.</summary>
    public IEnumerable<Arrow> Arrows(FolderOrder order)
    {
        foreach (var tree in OwnTrees)
        {
            string from = FolderOf(tree.FilePath)!;
            var model = _compilation.GetSemanticModel(tree);
            // What begins with a small letter is a parameter or a variable of a method.
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(name => !char.IsLower(name.Identifier.Text[0])))
            {
                if (model.GetSymbolInfo(name).Symbol is not { } symbol || symbol is INamespaceSymbol or ILocalSymbol or IParameterSymbol)
                    continue;
                var declared = symbol.IsImplicitlyDeclared && symbol.ContainingType is { } type ? type : symbol;
                string? to = declared.Locations.Where(location => location.IsInSource)
                    .Select(location => FolderOf(location.SourceTree!.FilePath)).OfType<string>().MinBy(order.Rank);
                if (to is not null && to != from)
                    yield return new(from, to, Path.GetFileName(tree.FilePath), symbol is INamedTypeSymbol ? symbol.Name : $"{symbol.ContainingType?.Name}.{symbol.Name}");
            }
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static string GlobalUsings(string project)
    {
        var document = XDocument.Load(Path.Combine(Page.Repository, "src", project, project + ".csproj"));
        return string.Concat(document.Descendants("Using").Select(item =>
            $"global using {(item.Attribute("Alias") is { } alias ? alias.Value + " = " : "")}{item.Attribute("Include")!.Value};"));
    }

    // What the tests themselves run on, read once.
    private static readonly Lazy<MetadataReference[]> s_references = new(() => [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file))]);

    private static IEnumerable<MetadataReference> References(string project) =>
        s_references.Value.Where(reference => Path.GetFileNameWithoutExtension(reference.Display) != project);

    private string? FolderOf(string file)
    {
        if (!file.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return null;
        string folder = Path.GetDirectoryName(Path.GetRelativePath(_folder, file))!.Replace(Path.DirectorySeparatorChar, '/');
        return folder.Length == 0 ? FolderOrder.Root : folder;
    }
}

/// <summary>One folder names something of another.</summary>
internal sealed record Arrow(string From, string To, string File, string Name)
{
    public override string ToString() => $"{From} → {To}: {Name} in {File}";
}
