using System.Reflection;

namespace StyleLab.Notebooks;

/// <summary>plotly.js as the user's own packages bring it, kept so that published pages can draw charts without a network.</summary>
internal static class PlotlyScript
{
    private const string Start = "plotly-", End = ".min.js";

    private static readonly HashSet<string> Kept = [];

    private static string Folder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "stylelab", "plotly");

    /// <summary>Keeps the script that an assembly holds, if it holds one.</summary>
    /// <returns>Its version, or null.</returns>
    public static string? Keep(Assembly assembly)
    {
        string? resource = assembly.GetManifestResourceNames().FirstOrDefault(name =>
            name.Contains(Start, StringComparison.Ordinal) && name.EndsWith(End, StringComparison.Ordinal));
        if (resource == null)
            return null;
        string name = resource[resource.LastIndexOf(Start, StringComparison.Ordinal)..];
        string file = Path.Combine(Folder, name), version = name[Start.Length..^End.Length];
        lock (Kept)
        {
            if (!Kept.Add(file) || File.Exists(file))
                return version;
        }

        try
        {
            using var script = assembly.GetManifestResourceStream(resource)!;
            using var content = new MemoryStream();
            script.CopyTo(content);
            TextFile.Write(file, content.ToArray());
        }
        catch (NotebookException)
        {
            // Pages then take it from its publisher.
        }

        return version;
    }

    /// <summary>The latest that was kept, or null.</summary>
    public static string? Latest() => !Directory.Exists(Folder)
        ? null
        : Directory.GetFiles(Folder, $"{Start}*{End}").MaxBy(file => Version.TryParse(Path.GetFileName(file)[Start.Length..^End.Length], out var version) ? version : new Version());
}
