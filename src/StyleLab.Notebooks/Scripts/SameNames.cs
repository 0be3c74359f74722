using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace StyleLab.Notebooks;

/// <summary>
/// Tells which assemblies of packages hold types under the names that ours have, such as <c>Microsoft.DotNet.Interactive.Kernel</c>.
/// Cells are compiled against ours only, for a name must not stand for two types; what else .NET Interactive has
/// (its reader of notebook files, its compiler) stays usable.
/// </summary>
internal static class SameNames
{
    private static readonly string[] Beginnings = ["Microsoft.DotNet.Interactive", "Microsoft.AspNetCore.Html."];

    private static readonly Lazy<HashSet<string>> Ours =
        new(() => [.. typeof(SameNames).Assembly.GetExportedTypes().Select(type => type.FullName!)]);

    /// <summary>Whether an assembly has a public type of a name of ours.</summary>
    public static bool AreIn(string file)
    {
        if (!Beginnings.Any(beginning => Path.GetFileName(file).StartsWith(beginning, StringComparison.OrdinalIgnoreCase)))
            return false;
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        if (!image.HasMetadata)
            return false;
        var metadata = image.GetMetadataReader();
        return metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            .Any(type => Ours.Value.Contains($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"));
    }
}
