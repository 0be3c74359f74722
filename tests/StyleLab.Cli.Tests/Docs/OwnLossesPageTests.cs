using System.Text.RegularExpressions;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Tests.Docs;

/// <summary>docs/own-losses.md says that its blocks run as cells from top to bottom.</summary>
public class OwnLossesPageTests
{
    [Fact]
    public async Task EveryBlockRunsAsACell()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "StyleLab.sln")))
            root = Path.GetDirectoryName(root)!;
        string page = File.ReadAllText(Path.Combine(root, "docs", "own-losses.md"));
        string[] blocks = [.. Regex.Matches(page, "^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Select(m => m.Groups[1].Value)];
        Assert.True(blocks.Length >= 9);

        using var session = new Session(root);
        foreach (string block in blocks)
        {
            var outputs = new List<Output>();
            string code = block.Replace("\"data/pictures/", $"\"{root}/data/pictures/").Replace(".Fit(96)", ".Fit(48)");
            var cell = await session.RunAsync(code, outputs.Add);
            Assert.True(cell.Status == CellStatus.Done, $"{block}\n{cell.Error?.Message}");
        }
    }
}
