using StyleLab.Cli.Tests.Documentation;
using System.Text.RegularExpressions;

namespace StyleLab.Cli.Tests.Layout;

/// <summary>
/// The folders of a project in the order of docs/layout.md. A subfolder that is listed below its folder, or not at all, belongs to it; one that is
/// listed above it stands for itself.
/// </summary>
internal sealed partial class FolderOrder
{
    /// <summary>The folder of files that lie in the project's own.</summary>
    public const string Root = "(root)";

    private readonly Dictionary<string, int> _ranks = [];

    private FolderOrder(IEnumerable<string> folders)
    {
        foreach (string folder in folders)
            _ranks.TryAdd(folder, Parent(folder) is { } parent && _ranks.TryGetValue(parent, out int rank) ? rank : _ranks.Count);
    }

    public static FolderOrder Of(string project)
    {
        string page = File.ReadAllText(Path.Combine(Page.Repository, "docs", "layout.md"));
        string section = page.Split("\n## ").Single(part => part.StartsWith($"src/{project} —", StringComparison.Ordinal));
        return new(Row().Matches(section).SelectMany(row => row.Groups["folders"].Value.Split(", ")).Select(folder => folder.Trim('`')));
    }

    /// <summary>The place of a folder in the order; -1 if neither it nor a folder around it is listed.</summary>
    public int Rank(string folder)
    {
        for (string? at = folder; at is not null; at = Parent(at))
            if (_ranks.TryGetValue(at, out int rank))
                return rank;
        return -1;
    }

    private static string? Parent(string folder) => folder.LastIndexOf('/') is > 0 and var slash ? folder[..slash] : null;

    [GeneratedRegex(@"^\| (?<folders>\(root\)|`[\w/]+`(?:, `[\w/]+`)*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
