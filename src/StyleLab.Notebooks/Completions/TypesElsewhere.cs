using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace StyleLab.Notebooks;

/// <summary>
/// Types that a cell could use but for a using. What is inserted is their full name: a completion replaces only the text that it
/// stands in, so that no using could be added above.
/// </summary>
internal static class TypesElsewhere
{
    private const int ShortestPrefix = 3, MostItems = 30;

    private static readonly ConditionalWeakTable<MetadataReference, Found> Known = [];

    /// <param name="references">The assemblies that the cell sees.</param>
    /// <param name="prefix">How the name begins as typed.</param>
    public static IEnumerable<Completion> Find(IEnumerable<MetadataReference> references, string prefix) =>
        prefix.Length < ShortestPrefix ? [] : references.SelectMany(reference => Known.GetValue(reference, Read).Types)
            .Where(type => type.Name.StartsWith(prefix, StringComparison.Ordinal))
            .DistinctBy(type => (type.Namespace, type.Name)).OrderBy(type => type.Name.Length).ThenBy(type => type.Namespace, StringComparer.Ordinal)
            .Take(MostItems).Select(type => new Completion($"{type.Namespace}.{type.Name}", type.Kind, $"using {type.Namespace};"));

    private static Found Read(MetadataReference reference) =>
        (reference as PortableExecutableReference)?.GetMetadata() is AssemblyMetadata assembly
            ? new Found([.. assembly.GetModules().SelectMany(module => Types(module.GetMetadataReader()))])
            : new Found([]);

    private static IEnumerable<NamedType> Types(MetadataReader metadata)
    {
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            string space = metadata.GetString(type.Namespace), name = metadata.GetString(type.Name).Split('`')[0];
            if ((type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public && space.Length > 0 && !name.StartsWith('<'))
                yield return new NamedType(space, name, Kind(metadata, type));
        }
    }

    private static string Kind(MetadataReader metadata, TypeDefinition type) =>
        (type.Attributes & TypeAttributes.Interface) != 0 ? "interface"
        : type.BaseType is { IsNil: false, Kind: HandleKind.TypeReference } parent
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name) switch
            {
                "Enum" => "enum",
                "ValueType" => "struct",
                "MulticastDelegate" => "delegate",
                _ => "class",
            }
            : "class";

    private sealed record Found(IReadOnlyList<NamedType> Types);

    private sealed record NamedType(string Namespace, string Name, string Kind);
}
