using System.Reflection;
using System.Text;
using StyleLab.Tensors;

namespace StyleLab.ApiPage;

/// <summary>The page of public types: by project and folder, each type with its members, a line a member and a line for its parameters.</summary>
public static class Page
{
    /// <summary>Where the page is, from the repository's folder.</summary>
    public const string File = "docs/api.md";

    /// <summary>What makes the page again.</summary>
    public const string Command = "dotnet run -c Release --project tools/StyleLab.ApiPage";

    private static readonly (string Project, Assembly Assembly)[] s_projects =
        [("StyleLab", typeof(Picture).Assembly), ("StyleLab.Weights", typeof(WeightsFile).Assembly), ("StyleLab.Tensors", typeof(Tensor).Assembly),
            ("StyleLab.TorchSharp", typeof(TorchEngine).Assembly)];

    /// <summary>The text of the page.</summary>
    /// <param name="repository">The folder of StyleLab.sln; its source files say which folder a type belongs to.</param>
    public static string Write(string repository)
    {
        var text = new StringBuilder($"<!-- Made from the XML documentation by `{Command}`; do not edit. -->\n# Public API\n\n")
            .Append("What a notebook or program can call, by the folders of [layout.md](layout.md). `#r \"StyleLab\"` or a reference ([programs.md](programs.md)) brings all\n")
            .Append("of it but the last part, which has a package of its own ([torch.md](torch.md)); `using StyleLab;` is enough for the first two parts.\n");
        foreach (var (project, assembly) in s_projects)
        {
            var documentation = new Documentation(assembly);
            var folders = Folders(Path.Combine(repository, "src", project));
            text.Append($"\n# {project}\n");
            var types = assembly.GetExportedTypes().Where(type => !type.IsNested)
                .GroupBy(type => folders.GetValueOrDefault(NameOfFile(type), ""))
                .OrderBy(group => group.Key, StringComparer.Ordinal);
            foreach (var group in types)
            {
                text.Append($"\n## {(group.Key.Length == 0 ? "General" : group.Key)}\n");
                foreach (var type in group.OrderBy(type => type.Name, StringComparer.Ordinal))
                    TypeEntry.Write(text, type, documentation);
            }
        }
        return text.ToString();
    }

    private static string NameOfFile(Type type) => type.Name.Split('`')[0];

    /// <summary>The folder of each file, by the file's name up to its first dot; a type is in the file of its name.</summary>
    private static Dictionary<string, string> Folders(string project)
    {
        var folders = new Dictionary<string, string>();
        foreach (string path in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string folder = Path.GetRelativePath(project, Path.GetDirectoryName(path)!).Replace('\\', '/');
            if (folder.Split('/')[0] is "obj" or "bin")
                continue;
            foreach (string line in System.IO.File.ReadLines(path).Where(line => line.StartsWith("public ", StringComparison.Ordinal)))
                // Other files may hold a part of a type.
                if (TypeName(line) is { } name && (name == Path.GetFileNameWithoutExtension(path) || !folders.ContainsKey(name)))
                    folders[name] = folder == "." ? "" : folder;
        }
        return folders;
    }

    /// <summary>The name that a line such as <c>public sealed record Recipe(</c> declares.</summary>
    private static string? TypeName(string line)
    {
        var words = line.Split(' ', '(', '<', ':', ';');
        int kind = Array.FindIndex(words, word => word is "class" or "record" or "struct" or "enum" or "interface" or "delegate");
        if (kind < 0)
            return null;
        if (words[kind] == "record" && words[kind + 1] is "struct" or "class")
            kind++;
        return words.ElementAtOrDefault(words[kind] == "delegate" ? kind + 2 : kind + 1);
    }
}
