using System.Text.RegularExpressions;

namespace StyleLab.Cli.Tests.Documentation;

/// <summary>A piece of code in a page.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Language">What stands behind the fence; empty for a shell.</param>
/// <param name="Code">The code.</param>
/// <param name="Mark">What the comment before it says to the tests, such as "compile only"; empty if there is none.</param>
public sealed record Snippet(int Line, string Language, string Code, string Mark);

/// <summary>README.md and the pages of docs.</summary>
internal static partial class Page
{
    /// <summary>A comment that readers do not see: <c>&lt;!-- test: compile only --&gt;</c> on the line before a snippet that cannot
    /// run by nature, such as a download.</summary>
    public const string CompileOnly = "compile only";

    public static string Repository { get; } = FindRepository();

    public static IEnumerable<string> All =>
        Directory.GetFiles(Path.Combine(Repository, "docs"), "*.md").Prepend(Path.Combine(Repository, "README.md"))
            .Select(file => Path.GetRelativePath(Repository, file).Replace('\\', '/')).Order();

    public static IReadOnlyList<Snippet> SnippetsOf(string page)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository, page));
        var snippets = new List<Snippet>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (Fence().Match(lines[i]) is not { Success: true } fence)
                continue;
            int end = Array.FindIndex(lines, i + 1, line => line.TrimEnd() == "```");
            Assert.True(end > i, $"{page}: the code that begins in line {i + 1} does not end.");
            string mark = i > 0 && Comment().Match(lines[i - 1]) is { Success: true } comment ? comment.Groups[1].Value : "";
            snippets.Add(new Snippet(i + 1, fence.Groups[1].Value, string.Join('\n', lines[(i + 1)..end]), mark));
            i = end;
        }

        return snippets;
    }

    private static string FindRepository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "StyleLab.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        return folder;
    }

    [GeneratedRegex(@"^```(\w*)\s*$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^<!-- test: (.+?) -->\s*$")]
    private static partial Regex Comment();
}
