using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Packages;

/// <summary>Reads <c>project.assets.json</c>, in which a restore leaves what it chose.</summary>
internal static class AssetsFile
{
    /// <summary>Null if there is no such file, or a file it names is gone.</summary>
    /// <param name="path">The assets file.</param>
    /// <param name="runtimeIdentifier">The kind of machine whose files are wanted.</param>
    public static ResolvedFiles? Read(string path, string runtimeIdentifier)
    {
        if (!File.Exists(path))
            return null;
        var assets = JsonNode.Parse(File.ReadAllText(path))!;
        var targets = assets["targets"]!.AsObject();
        var target = targets.FirstOrDefault(t => t.Key.EndsWith("/" + runtimeIdentifier, StringComparison.Ordinal)).Value ?? targets.First().Value!;
        string[] folders = [.. assets["packageFolders"]!.AsObject().Select(folder => folder.Key)];

        var (packages, compile, runtime, native) = (new List<ResolvedPackage>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var (library, files) in target.AsObject())
        {
            if ((string?)files!["type"] != "package")
                continue;
            string relative = (string)assets["libraries"]![library]!["path"]!;
            string? folder = folders.Select(root => Path.Combine(root, relative)).FirstOrDefault(Directory.Exists);
            if (folder == null)
                return null;
            string[] nameAndVersion = library.Split('/');
            packages.Add(new ResolvedPackage(nameAndVersion[0], nameAndVersion[1], folder));
            compile.AddRange(Files(files["compile"], folder));
            runtime.AddRange(Files(files["runtime"], folder));
            native.AddRange(Files(files["native"], folder));
        }

        return compile.Concat(runtime).Concat(native).All(File.Exists) ? new ResolvedFiles(packages, compile, runtime, native) : null;
    }

    // "_._" stands for "nothing, on purpose".
    private static IEnumerable<string> Files(JsonNode? group, string folder) =>
        (group?.AsObject() ?? []).Select(file => file.Key)
            .Where(file => !file.EndsWith("_._", StringComparison.Ordinal))
            .Select(file => Path.GetFullPath(Path.Combine(folder, file)));
}
