using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>A run that is watched in a browser: shown in place without flicker, light when saved, interrupted and taken up again.</summary>
public sealed partial class LiveRunTests(InstalledKernel kernel, ITestOutputHelper output) : IClassFixture<InstalledKernel>
{
    private const int MostBytes = 200_000;

    // What a person would see as flicker: a painted frame in which the display has collapsed or its picture is not there yet.
    private const string WatchFrames = """
        area => {
            window.frames_seen = { all: 0, blank: 0, views: new Set(), collapsed: [] };
            let height = 0;
            const look = () => {
                const now = area.offsetHeight, image = area.querySelector('img');
                if (image) {
                    frames_seen.all++;
                    const line = area.innerText.split('\n').find(line => line.includes('step '));
                    frames_seen.views.add(line);
                    if (now < height - 2) frames_seen.collapsed.push(`${height} to ${now} pixels at ${line}`);
                    if (!image.complete || image.naturalWidth === 0) frames_seen.blank++;
                    height = now;
                }
                requestAnimationFrame(look);
            };
            look();
        }
        """;

    [Fact]
    public async Task ARunIsWatchedInterruptedAndTakenUpAgain()
    {
        await using var visit = await BrowserVisit.OpenAsync(kernel, output, "live.ipynb",
            """
            #r "StyleLab"
            using StyleLab;
            var network = LossNetwork.Load("vgg19-slim");
            var content = Picture.Noise(96, 96, seed: 1, (0.2f, 0.4f, 0.7f), sigma: 0.2).Blur(4);
            var style = Picture.Noise(96, 96, seed: 2, (0.8f, 0.6f, 0.2f), sigma: 0.3).Blur(1);
            Synthesis Run(int steps) => network.Synthesize(
                Experiments.StyleTransferObjective(content, [style]), Start.Content(), Optimizer.Lbfgs(steps), sizes: [96]);
            """,
            "var run = Run(300);\ndisplay(run);\nvar whole = await run;\n$\"whole {whole.History.Count}\"",
            "var begun = Run(300);\ndisplay(begun);\nvar part = await begun;\n$\"interrupted {part.Interrupted}\"",
            """
            var rest = part.Continue();
            display(rest);
            var result = await rest;
            $"{result.History.Count} steps, the same {result.Picture.Values.SequenceEqual(whole.Picture.Values)}"
            """,
            """
            var sweep = Sweep.Of(Run(60)).Over("seed", Enumerable.Range(1, 90), (recipe, seed) => recipe with { Start = Start.Noise(seed) }).Run(keep: false);
            display(sweep);
            var cells = await sweep;
            $"sweep interrupted {cells.Interrupted}, all there {cells.All(cell => cell.Picture is not null)}"
            """);
        if (visit is null)
            return;
        var page = visit.Page;
        await RunAsync(visit, 0);
        await visit.IdleAsync();

        await visit.Cell(1).Locator(".output_wrapper").EvaluateAsync(WatchFrames);
        await RunAsync(visit, 1);
        await visit.Cell(1).GetByText(" left").First.WaitForAsync();
        Assert.Equal(1, await visit.Cell(1).Locator("[role=progressbar]").CountAsync());
        Assert.True(await visit.Cell(1).Locator("svg polyline, svg path").CountAsync() > 0);
        await visit.SaveScreenshotAsync("live-1-running");
        await visit.Cell(1).GetByText("whole 300").WaitForAsync();
        await visit.SaveScreenshotAsync("live-2-done");
        int[] frames = await page.EvaluateAsync<int[]>("[frames_seen.all, frames_seen.views.size, frames_seen.blank]");
        output.WriteLine($"{frames[0]} frames, {frames[1]} views");
        Assert.True(frames[1] > 3, "The display was not updated while the run went on.");
        Assert.Equal(0, frames[2]);
        Assert.Empty(await page.EvaluateAsync<string[]>("frames_seen.collapsed"));
        Assert.Equal(1, await visit.Cell(1).Locator("[role=progressbar]").CountAsync());

        await RunAsync(visit, 2);
        await visit.Cell(2).GetByText(" left").First.WaitForAsync();
        await visit.InterruptAsync();
        await visit.Cell(2).GetByText("interrupted True").WaitForAsync();
        await RunAsync(visit, 3);
        await visit.Cell(3).GetByText("300 steps, the same True").WaitForAsync();

        await RunAsync(visit, 4);
        // Views may be farther apart than cells: any but the first will do.
        await visit.Cell(4).GetByText(LaterCell()).First.WaitForAsync();
        await visit.SaveScreenshotAsync("live-3-sweep");
        await visit.InterruptAsync();
        await visit.Cell(4).GetByText("sweep interrupted True, all there True").WaitForAsync();
        await visit.SaveScreenshotAsync("live-4-interrupted");

        await page.EvaluateAsync("Jupyter.notebook.save_notebook()");
        long bytes = new FileInfo(Path.Combine(kernel.Folder, "live.ipynb")).Length;
        output.WriteLine($"saved: {bytes} bytes");
        Assert.InRange(bytes, 10_000, MostBytes);
    }

    [GeneratedRegex(@"cell ([2-9]|\d\d)/90")]
    private static partial Regex LaterCell();

    private static async Task RunAsync(BrowserVisit visit, int cell)
    {
        await visit.Cell(cell).Locator(".CodeMirror").ClickAsync();
        await visit.Page.Keyboard.PressAsync("Control+Enter");
    }
}
