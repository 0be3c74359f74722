using System.Text.RegularExpressions;

namespace StyleLab.Notebooks.Packages;

/// <summary>A package that a cell asks for.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">A version, a range or a pattern such as <c>2.*</c>; null for the latest.</param>
internal sealed partial record PackageRequest(string Name, string? Version)
{
    /// <param name="text">"Name" or "Name, version".</param>
    /// <exception cref="NotebookException">It is neither.</exception>
    public static PackageRequest Parse(string text)
    {
        var parts = text.Split(',', 2, StringSplitOptions.TrimEntries);
        string? version = parts is [_, { Length: > 0 } given] ? given : null;
        if (!PackageName().IsMatch(parts[0]) || (version != null && !PackageVersion().IsMatch(version)))
            throw new NotebookException($"#r \"nuget: {text}\" names no package; write #r \"nuget: Name\" or #r \"nuget: Name, 1.2.3\".");
        return new PackageRequest(parts[0], version);
    }

    /// <summary>Whether another restore could choose another version.</summary>
    public bool IsFloating => Version == null || Version.Contains('*') || Version.StartsWith('[') || Version.StartsWith('(');

    [GeneratedRegex(@"^[\w.\-]+$")]
    private static partial Regex PackageName();

    [GeneratedRegex(@"^[\w.\-+*,\[\]() ]+$")]
    private static partial Regex PackageVersion();
}
