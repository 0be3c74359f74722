using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.DotNet.Interactive;

namespace StyleLab.Notebooks;

/// <summary>How cells are compiled.</summary>
internal static class CompilerOptions
{
    // What only tells of versions of assemblies that .NET takes as they are.
    private static readonly ImmutableDictionary<string, ReportDiagnostic> NotWorthAWarning =
        ImmutableDictionary.CreateRange([KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress), KeyValuePair.Create("CS1702", ReportDiagnostic.Suppress)]);

    // The scripts of the compiler's own set it; it has no public name.
    private static readonly PropertyInfo LatestVersionOnly =
        typeof(CompilationOptions).GetProperty("ReferencesSupersedeLowerVersions", BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>The namespaces, and types whose members, every cell sees without a using.</summary>
    public static IReadOnlyList<string> Imports { get; } =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Linq",
        "System.Threading.Tasks", "System.IO", typeof(Kernel).FullName!,
    ];

    /// <summary>The same as directives, for code that is no script.</summary>
    public static string GlobalUsings { get; } =
        string.Concat(Imports.Select(name => $"global using {(name == typeof(Kernel).FullName ? "static " : "")}{name};"));

    public static EmitOptions Emit { get; } = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    /// <param name="references">Finds what is referenced by name.</param>
    public static CSharpCompilationOptions ForUnits(MetadataReferenceResolver references) => Of("", [], null, references);

    /// <param name="className">The class that is to hold the script.</param>
    /// <param name="imports">What it sees without a using.</param>
    /// <param name="sources">Finds the files it loads.</param>
    /// <param name="references">Finds what it references.</param>
    public static CSharpCompilationOptions ForScripts(
        string className, IEnumerable<string> imports, SourceReferenceResolver sources, MetadataReferenceResolver references) =>
        Of(className, imports, sources, references);

    // Unoptimised, because only then does an error (a wrong index above all) name the line where it happened.
    private static CSharpCompilationOptions Of(
        string className, IEnumerable<string> imports, SourceReferenceResolver? sources, MetadataReferenceResolver references)
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
