using System.Text.Json;

namespace StyleLab.Notebooks;

/// <summary>Where .NET lies: installed for all programs, or beside a program that brings it along.</summary>
public static class DotNet
{
    /// <summary>The folder of the assemblies that this program runs on.</summary>
    internal static readonly string Folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly Lazy<HashSet<string>> Names = new(() =>
        [.. IsBroughtAlong ? NamesInDependencies() : Directory.EnumerateFiles(Folder, "*.dll").Select(file => Path.GetFileName(file)!)]);

    /// <summary>Whether this program brings .NET along.</summary>
    public static bool IsBroughtAlong { get; } =
        Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) == Folder;

    /// <summary>The installation, with the <c>dotnet</c> command and perhaps an SDK: the one this program runs on, or that
    /// of <c>DOTNET_ROOT</c> or of the search path; null if there is none.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>The file of the <c>dotnet</c> command in the folder <see cref="Root"/>.</summary>
    public static string CommandName => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>The assemblies of .NET that this program runs on.</summary>
    internal static IEnumerable<string> Files =>
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Where(file => Path.GetDirectoryName(file) == Folder && Has(file));

    /// <summary>Whether an assembly of that file name is part of .NET.</summary>
    internal static bool Has(string file) => Names.Value.Contains(Path.GetFileName(file));

    // Beside the program lie its own assemblies, too; the file that lists them tells which came with .NET.
    private static IEnumerable<string> NamesInDependencies()
    {
        string list = ((string?)AppContext.GetData("APP_CONTEXT_DEPS_FILES") ?? "").Split(';')[0];
        using var dependencies = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var target in dependencies.RootElement.GetProperty("targets").EnumerateObject())
        {
            foreach (var library in target.Value.EnumerateObject())
            {
                if (!library.Name.StartsWith("runtimepack.", StringComparison.Ordinal) || !library.Value.TryGetProperty("runtime", out var files))
                    continue;
                foreach (var file in files.EnumerateObject())
                    yield return Path.GetFileName(file.Name);
            }
        }
    }

    private static string? FindRoot()
    {
        // …/dotnet/shared/Microsoft.NETCore.App/10.0.0
        string? own = IsBroughtAlong ? null : Path.GetFullPath(Path.Combine(Folder, "..", "..", ".."));
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => new FileInfo(Path.Combine(folder, CommandName)))
            .Select(file => file.Exists ? (file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName : null)
            .Select(Path.GetDirectoryName);
        string?[] candidates = [own, Environment.GetEnvironmentVariable("DOTNET_ROOT"), .. onPath];
        var found = candidates.OfType<string>().Where(root => root.Length > 0 && File.Exists(Path.Combine(root, CommandName))).ToList();
        return found.FirstOrDefault(root => Directory.Exists(Path.Combine(root, "sdk"))) ?? found.FirstOrDefault();
    }
}
