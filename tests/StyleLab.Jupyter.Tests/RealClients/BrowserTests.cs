using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>A person with a browser: Jupyter Notebook in headless Chromium. Screenshots lie beside the test program.</summary>
public sealed partial class BrowserTests(InstalledKernel kernel, ITestOutputHelper output) : IClassFixture<InstalledKernel>
{
    [Fact]
    public async Task ANotebookRunsIsInterruptedRestartedCompletedAndInspected()
    {
        File.Copy(Path.Combine(Repository.Folder, "data", "pictures", "village.png"), Path.Combine(kernel.Folder, "village.png"));
        await using var visit = await BrowserVisit.OpenAsync(kernel, output, "session.ipynb",
            """
            #r "StyleLab"
            using StyleLab;
            var shown = display(Picture.Noise(40, 30, seed: 1, (0.2f, 0.4f, 0.7f), sigma: 0.2));
            await Task.Delay(1500);
            shown.Update(Picture.Noise(160, 120, seed: 2, (0.9f, 0.6f, 0.2f), sigma: 0.2));
            """,
            "\"the sum is \" + Enumerable.Range(1, 10).Sum()",
            "while (true) { }",
            "Math.Sqr");
        if (visit is null)
            return;
        var page = visit.Page;
        // Old notebooks open without a question: their kernel's name is there.
        Assert.Equal(".NET (C#)", await page.Locator("#kernel_indicator .kernel_indicator_name").InnerTextAsync());

        await page.ClickAsync("#celllink");
        await page.ClickAsync("#run_all_cells");
        var picture = visit.Cell(0).Locator(".output_area img");
        await picture.WaitForAsync();
        Assert.Equal(40, await WidthAsync(picture));
        await visit.SaveScreenshotAsync("1-picture");
        await visit.Cell(1).GetByText("the sum is 55").WaitForAsync();
        Assert.Equal(160, await WidthAsync(picture));
        await visit.SaveScreenshotAsync("2-updated");

        // The third cell runs for ever.
        await visit.BusyAsync();
        await visit.InterruptAsync();
        await visit.Cell(2).GetByText("was interrupted").First.WaitForAsync();
        await visit.IdleAsync();
        await visit.SaveScreenshotAsync("3-interrupted");

        await visit.Cell(3).Locator(".CodeMirror").ClickAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.PressAsync("Tab");
        await page.WaitForFunctionAsync("() => Jupyter.notebook.get_cell(3).get_text() === 'Math.Sqrt'");
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Locator("#tooltip .tooltiptext").GetByText("Sqrt(double").First.WaitForAsync();
        await page.WaitForFunctionAsync("() => getComputedStyle(document.querySelector('#tooltip')).opacity === '1'");
        await visit.SaveScreenshotAsync("4-inspected");
        await page.Keyboard.PressAsync("Escape");

        // A synthesis is seen while it runs, and what it has stays when it is stopped.
        await RunAsync(visit, 1,
            """
            var run = LossNetwork.Load("vgg19-slim").Synthesize(
                Loss.Content(Picture.Load("village.png").Fit(96)), Start.Noise(seed: 2), Optimizer.Adam(steps: 1_000_000));
            display(run);
            var result = await run;
            """);
        var live = visit.Cell(1).Locator(".output_area img");
        await live.WaitForAsync();
        await visit.Cell(1).GetByText(SeveralSteps()).WaitForAsync();
        Assert.StartsWith("data:image/", await live.GetAttributeAsync("src"), StringComparison.Ordinal);
        await visit.InterruptAsync();
        await visit.Cell(1).GetByText("was interrupted").First.WaitForAsync();
        await RunAsync(visit, 2, "$\"{result.Picture.Width} pixels wide\"");
        await visit.Cell(2).GetByText("96 pixels wide").WaitForAsync();
        await visit.SaveScreenshotAsync("5-synthesis-stopped");

        // A cell asks, and its user answers.
        await RunAsync(visit, 2, "\"Hello, \" + input(\"Your name: \")");
        await visit.Cell(2).Locator(".raw_input").FillAsync("Ada");
        await page.Keyboard.PressAsync("Enter");
        await visit.Cell(2).GetByText("Hello, Ada").WaitForAsync();

        await page.ClickAsync("button[data-jupyter-action='jupyter-notebook:confirm-restart-kernel']");
        await page.ClickAsync(".modal-dialog button.btn-danger");
        await visit.IdleAsync();
        await RunAsync(visit, 1, "6 * 7");
        await visit.Cell(1).Locator(".output_result").GetByText("42", new() { Exact = true }).WaitForAsync();
        Assert.Equal("In [1]:", (await visit.Cell(1).Locator(".input_prompt").InnerTextAsync()).Replace('\u00A0', ' '));
        await visit.SaveScreenshotAsync("6-restarted");

        // A cell that nothing can stop: the kernel says so, tries by force after a second stop, and Jupyter starts a new one after a
        // third.
        await RunAsync(visit, 2, "try { Console.Write(\"on and on\"); } finally { while (true) { } }");
        await visit.Cell(2).Locator(".output_area").GetByText("on and on").WaitForAsync();
        await visit.InterruptAsync();
        await visit.Cell(2).GetByText("does not stop yet").WaitForAsync();
        await visit.InterruptAsync();
        await visit.Cell(2).GetByText("Press stop once more to end this kernel").WaitForAsync();
        await visit.SaveScreenshotAsync("7-stuck");
        await visit.InterruptAsync();
        await page.WaitForFunctionAsync("() => document.body.innerText.includes('It will restart automatically')");
        await page.ClickAsync(".modal-dialog button.btn-primary");
        await visit.IdleAsync();
        await RunAsync(visit, 1, "6 * 9");
        await visit.Cell(1).Locator(".output_result").GetByText("54", new() { Exact = true }).WaitForAsync();
        await visit.SaveScreenshotAsync("8-started-anew");
    }

    [GeneratedRegex(@"step \d{2,}/")]
    private static partial Regex SeveralSteps();

    /// <summary>Puts code into a cell and runs it.</summary>
    private static async Task RunAsync(BrowserVisit visit, int cell, string code)
    {
        await visit.Page.EvaluateAsync($"code => Jupyter.notebook.get_cell({cell}).set_text(code)", code);
        await visit.Cell(cell).Locator(".CodeMirror").ClickAsync();
        await visit.Page.Keyboard.PressAsync("Control+Enter");
    }

    private static Task<int> WidthAsync(ILocator picture) => picture.EvaluateAsync<int>("image => image.naturalWidth");
}
