using Microsoft.CodeAnalysis;

namespace StyleLab.Notebooks;

/// <summary>What the cells of 2019 to 2021 had without a using: .NET Interactive opened these namespaces then. They are tried where a
/// name is not known; to have them always would put <c>a</c>, <c>b</c> and <c>p</c> of HTML among everybody's names.</summary>
internal static class FormerUsings
{
    public static IReadOnlyList<string> Namespaces { get; } =
    [
        "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Formatting", "Microsoft.DotNet.Interactive.Formatting.PocketViewTags",
    ];

    /// <summary>Whether names are unknown, and nothing else is wrong.</summary>
    public static bool MayHelp(IReadOnlyCollection<Diagnostic> errors) =>
        errors.Count > 0 && errors.Any(error => error.Id is "CS0103" or "CS0246");
}
