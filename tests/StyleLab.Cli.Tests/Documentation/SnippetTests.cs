using System.Text.RegularExpressions;

namespace StyleLab.Cli.Tests.Documentation;

/// <summary>What README and docs tell people to type is right.</summary>
public sealed partial class SnippetTests(ExecutedPages pages) : IClassFixture<ExecutedPages>, IDisposable
{
    private static readonly Dictionary<string, string> s_help = [];

    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    public static TheoryData<string> PagesWithCSharp => [.. ExecutedPages.WithCSharp];

    public static TheoryData<string, string> Commands
    {
        get
        {
            var commands = new TheoryData<string, string>();
            var known = new HashSet<(string, string)>();
            foreach (string page in Page.All)
                foreach (var snippet in Page.SnippetsOf(page).Where(snippet => snippet.Language is "" or "bash" or "sh" or "shell" or "console"))
                    foreach (string line in snippet.Code.Replace("\\\n", " ").Split('\n'))
                        if (Call().Match(line) is { Success: true } call && known.Add((page, call.Groups["call"].Value.Trim())))
                            commands.Add(page, call.Groups["call"].Value.Trim());
            return commands;
        }
    }

    [Theory]
    [MemberData(nameof(PagesWithCSharp))]
    public async Task The_snippets_of_a_page_run_one_after_the_other(string page)
    {
        var (executed, said) = await pages.OfAsync(page);
        Assert.True(executed.Cells.All(cell => cell.ExecutionCount != null && cell.Outputs.All(output => (string?)output!["output_type"] != "error")), said);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_verbs_and_options_of_a_page_exist(string page, string call)
    {
        string[] words = call.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string verb = string.Join(' ', words.TakeWhile(word => VerbWord().IsMatch(word)).Take(words[0] is "kernel" or "networks" ? 2 : 1));
        if (!s_help.TryGetValue(verb, out string? help))
            s_help[verb] = help = (await _stylelab.RunAsync($"{verb} --help")).Succeeds().Output;
        foreach (string option in words.Where(word => word.StartsWith('-') && word.Length > 1 && !char.IsDigit(word[1])))
            Assert.True(help.Contains(option.Split('=')[0], StringComparison.Ordinal), $"{page}: stylelab {verb} has no {option}.");
    }

    [Fact]
    public void There_are_some() => Assert.True(PagesWithCSharp.Cast<object>().Count() >= 3 && Commands.Cast<object>().Count() >= 5);

    [GeneratedRegex(@"^(?:dotnet run .*StyleLab\.Cli -- |stylelab )(?<call>[a-z].*)$")]
    private static partial Regex Call();

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex VerbWord();
}
