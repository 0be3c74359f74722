using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.DotNet.Interactive;
using StyleLab.Notebooks.Widgets;

namespace StyleLab.Notebooks;

/// <summary>How cells are compiled.</summary>
internal static class CompilerOptions
{
    private const string Global = "global ";

    // Versions of assemblies that .NET takes as they are, and fields that nobody assigns: a later cell may.
    private static readonly ImmutableDictionary<string, ReportDiagnostic> NotWorthAWarning =
        ImmutableDictionary.CreateRange(new[] { "CS1701", "CS1702", "CS0649" }.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress)));

    // The scripts of the compiler's own set it; it has no public name.
    private static readonly PropertyInfo LatestVersionOnly =
        typeof(CompilationOptions).GetProperty("ReferencesSupersedeLowerVersions", BindingFlags.Instance | BindingFlags.NonPublic)!;

    // Types whose members every cell sees.
    private static readonly string[] Types = [typeof(Kernel).FullName!, typeof(NotebookWidgets).FullName!];

    /// <summary>The namespaces, and types whose members, every cell sees without a using.</summary>
    public static IReadOnlyList<string> Imports { get; } =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Linq",
        "System.Threading.Tasks", "System.IO", .. Types,
    ];

    /// <summary>The same as directives for code that is no script, and those of cells.</summary>
    public static string GlobalUsings(IEnumerable<string> cells) => string.Concat(
        Imports.Select(name => $"using {(Types.Contains(name) ? "static " : "")}{name};").Concat(cells)
            .Select(directive => directive.StartsWith(Global, StringComparison.Ordinal) ? directive : Global + directive).Distinct());

    public static EmitOptions Emit { get; } = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    /// <param name="references">Finds what is referenced by name.</param>
    public static CSharpCompilationOptions ForUnits(MetadataReferenceResolver? references) => Of("", [], null, references);

    /// <param name="className">The class that is to hold the script.</param>
    /// <param name="imports">What it sees without a using.</param>
    /// <param name="sources">Finds the files it loads.</param>
    /// <param name="references">Finds what it references.</param>
    public static CSharpCompilationOptions ForScripts(
        string className, IEnumerable<string> imports, SourceReferenceResolver sources, MetadataReferenceResolver references) =>
        Of(className, imports, sources, references);

    // Unoptimised, because only then does an error (a wrong index above all) name the line where it happened.
    private static CSharpCompilationOptions Of(
        string className, IEnumerable<string> imports, SourceReferenceResolver? sources, MetadataReferenceResolver? references)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            scriptClassName: className.Length > 0 ? className : null,
            usings: imports,
            optimizationLevel: OptimizationLevel.Debug,
            allowUnsafe: true,
            concurrentBuild: false, // A cell is too small to gain, and would wait for threads of the pool.
            nullableContextOptions: NullableContextOptions.Annotations, // Warnings where a cell says #nullable enable.
            specificDiagnosticOptions: NotWorthAWarning,
            sourceReferenceResolver: sources,
            metadataReferenceResolver: references,
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);
        LatestVersionOnly.SetValue(options, true);
        return options;
    }
}
