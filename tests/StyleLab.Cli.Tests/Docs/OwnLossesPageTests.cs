using System.Text.RegularExpressions;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Tests.Docs;

/// <summary>docs/own-losses.md says that its blocks run as cells from top to bottom.</summary>
public class OwnLossesPageTests
{
    private static readonly string s_root = Root();

    [Fact]
    public async Task EveryBlockRunsAsACell()
    {
        string[] blocks = Blocks();
        Assert.True(blocks.Length >= 9);
        using var session = new Session(s_root);
        foreach (string block in blocks)
            await RunAsync(session, block);
    }

    [Fact]
    public async Task ARunOfOnesOwnPartsIsShownLiveAndStopsWithItsCell()
    {
        using var session = new Session(s_root);
        foreach (string block in Blocks().Where(block => block.Contains("#r ") || block.Contains("public record")))
            await RunAsync(session, block);
        await RunAsync(session, "var run = network.Synthesize(Loss.Content(photo) + new MomentsLoss(painting), optimizer: new Momentum(1_000_000), sizes: [24, 48]);");

        using var stop = new CancellationTokenSource();
        var shown = new List<Output>();
        var cell = await session.RunAsync("display(run); await foreach (var step in run) if (step.Index == 3) Console.WriteLine(\"third\");", output =>
        {
            shown.Add(output);
            if (output is StreamOutput)
                stop.Cancel();
        }, stop.Token);
        Assert.Contains(shown, output => output is DisplayOutput);
        Assert.NotEqual(CellStatus.Failed, cell.Status);
        var result = await RunAsync(session, "var result = await run; $\"{result.Interrupted} {result.History.Count >= 3} {result.Picture.Width > 0}\"");
        Assert.Equal("True True True", result.Value);
        // What is left goes on, and the recipe names what is code.
        var again = await RunAsync(session, "result.Recipe.ToJson().Contains(\"MomentsLoss\") && result.Recipe.ToJson().Contains(\"Momentum\")");
        Assert.Equal(true, again.Value);
    }

    private static async Task<CellResult> RunAsync(Session session, string block)
    {
        string code = block.Replace("\"data/pictures/", $"\"{s_root}/data/pictures/").Replace(".Fit(96)", ".Fit(48)");
        var cell = await session.RunAsync(code, _ => { });
        Assert.True(cell.Status == CellStatus.Done, $"{block}\n{cell.Error?.Message}");
        return cell;
    }

    private static string[] Blocks()
    {
        string page = File.ReadAllText(Path.Combine(s_root, "docs", "own-losses.md"));
        return [.. Regex.Matches(page, "^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Select(m => m.Groups[1].Value)];
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "StyleLab.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
