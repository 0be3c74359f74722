using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Packages;

/// <summary>Reads <c>project.assets.json</c>, in which a restore leaves what it chose.</summary>
internal static class AssetsFile
{
    /// <summary>Null if there is no such file, it is damaged, or a file it names is gone.</summary>
    /// <param name="path">The assets file.</param>
    /// <param name="runtimeIdentifier">The kind of machine whose files are wanted.</param>
    public static ResolvedFiles? Read(string path, string runtimeIdentifier)
    {
        if (!File.Exists(path))
            return null;
        JsonNode? assets;
        try
        {
            assets = JsonText.Parse(File.ReadAllText(path));
        }
        catch (JsonException)
        {
            return null;
        }

        var targets = Fields(assets.Field("targets"));
        var target = targets.FirstOrDefault(t => t.Key.EndsWith("/" + runtimeIdentifier, StringComparison.Ordinal)).Value ?? targets.FirstOrDefault().Value;
        string[] folders = [.. Fields(assets.Field("packageFolders")).Select(folder => folder.Key)];
        if (target is not JsonObject)
            return null;

        var (packages, compile, runtime, native) = (new List<ResolvedPackage>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var (library, files) in Fields(target))
        {
            if (MultilineText.Read(files.Field("type")) != "package")
                continue;
            string relative = MultilineText.Read(assets.Field("libraries").Field(library).Field("path"));
            string? folder = folders.Select(root => Path.Combine(root, relative)).FirstOrDefault(Directory.Exists);
            if (folder == null)
                return null;
            if (library.Split('/') is not [var name, var version])
                return null;
            packages.Add(new ResolvedPackage(name, version, folder));
            compile.AddRange(Files(files.Field("compile"), folder));
            runtime.AddRange(Files(files.Field("runtime"), folder));
            native.AddRange(Files(files.Field("native"), folder));
        }

        return compile.Concat(runtime).Concat(native).All(File.Exists) ? new ResolvedFiles(packages, compile, runtime, native) : null;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(JsonNode? node) => node as JsonObject ?? [];

    // "_._" stands for "nothing, on purpose".
    private static IEnumerable<string> Files(JsonNode? group, string folder) =>
        Fields(group).Select(file => file.Key)
            .Where(file => !file.EndsWith("_._", StringComparison.Ordinal))
            .Select(file => Path.GetFullPath(Path.Combine(folder, file)));
}
