using System.Reflection;
using Mono.Cecil;

namespace StyleLab.Notebooks;

/// <summary>
/// Assemblies by the names of .NET Interactive's that say only: the type is ours. Code that was compiled against .NET Interactive
/// finds our types through them, where no package has brought the real ones.
/// </summary>
internal static class InteractiveNames
{
    private static readonly string[] Assemblies =
        ["Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Formatting", "Microsoft.AspNetCore.Html.Abstractions"];

    // Above every version that is asked for.
    private static readonly Version Version = new(999, 0, 0, 0);

    public static bool Has(string? assembly) => Assemblies.Contains(assembly, StringComparer.OrdinalIgnoreCase);

    /// <summary>The assembly, in which every type of ours stands that cells know.</summary>
    public static MemoryStream Make(string assembly)
    {
        using var made = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition(assembly, Version), assembly, ModuleKind.Dll);
        var ours = AssemblyNameReference.Parse(typeof(InteractiveNames).Assembly.FullName!);
        made.MainModule.AssemblyReferences.Add(ours);
        foreach (var type in typeof(InteractiveNames).Assembly.GetExportedTypes().Where(IsOfInteractive))
            made.MainModule.ExportedTypes.Add(new ExportedType(type.Namespace, type.Name, made.MainModule, ours) { IsForwarder = true });
        var file = new MemoryStream();
        made.Write(file);
        file.Position = 0;
        return file;
    }

    private static bool IsOfInteractive(Type type) => !type.IsNested
        && (type.Namespace == nameof(System) || type.Namespace!.StartsWith("Microsoft.", StringComparison.Ordinal));
}
