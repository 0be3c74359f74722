using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>A person with a browser: Jupyter Notebook in headless Chromium. Screenshots lie beside the test program.</summary>
public sealed partial class BrowserTests(InstalledKernel kernel, ITestOutputHelper output) : IClassFixture<InstalledKernel>
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Stop = "button[data-jupyter-action='jupyter-notebook:interrupt-kernel']";

    [Fact]
    public async Task ANotebookRunsIsInterruptedRestartedCompletedAndInspected()
    {
        if (!Python.Has(output, "notebook"))
            return;
        bool hasBrowser = File.Exists(Chromium);
        Assert.True(hasBrowser || Environment.GetEnvironmentVariable("CI") != "true", $"CI needs {Chromium} for this test.");
        if (!hasBrowser)
        {
            output.WriteLine($"Nothing was tested: there is no {Chromium}.");
            return;
        }

        File.WriteAllText(Path.Combine(kernel.Folder, "session.ipynb"), Notebook(
            """
            #r "StyleLab"
            using StyleLab;
            var shown = display(Picture.Noise(40, 30, seed: 1, (0.2f, 0.4f, 0.7f), sigma: 0.2));
            await Task.Delay(1500);
            shown.Update(Picture.Noise(160, 120, seed: 2, (0.9f, 0.6f, 0.2f), sigma: 0.2));
            """,
            "\"the sum is \" + Enumerable.Range(1, 10).Sum()",
            "while (true) { }",
            "Math.Sqr"));

        File.Copy(Path.Combine(Repository.Folder, "data", "pictures", "village.png"), Path.Combine(kernel.Folder, "village.png"));
        using var server = await NotebookServer.StartAsync(kernel);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1100, Height = 1000 } });
        page.SetDefaultTimeout(30_000);
        await page.GotoAsync(server.Url + "/notebooks/session.ipynb");
        await page.Locator("#kernel_indicator_icon.kernel_idle_icon").WaitForAsync();
        // Old notebooks open without a question: their kernel's name is there.
        Assert.Equal(".NET (C#)", await page.Locator("#kernel_indicator .kernel_indicator_name").InnerTextAsync());

        await page.ClickAsync("#celllink");
        await page.ClickAsync("#run_all_cells");
        var picture = Cell(page, 0).Locator(".output_area img");
        await picture.WaitForAsync();
        Assert.Equal(40, await WidthAsync(picture));
        await SaveAsync(page, "1-picture");
        await Cell(page, 1).GetByText("the sum is 55").WaitForAsync();
        Assert.Equal(160, await WidthAsync(picture));
        await SaveAsync(page, "2-updated");

        // The third cell runs for ever.
        await page.Locator("#kernel_indicator_icon.kernel_busy_icon").WaitForAsync();
        await page.ClickAsync(Stop);
        await Cell(page, 2).GetByText("was interrupted").First.WaitForAsync();
        await page.Locator("#kernel_indicator_icon.kernel_idle_icon").WaitForAsync();
        await SaveAsync(page, "3-interrupted");

        await Cell(page, 3).Locator(".CodeMirror").ClickAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.PressAsync("Tab");
        await page.WaitForFunctionAsync("() => Jupyter.notebook.get_cell(3).get_text() === 'Math.Sqrt'");
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Locator("#tooltip .tooltiptext").GetByText("Sqrt(double").First.WaitForAsync();
        await page.WaitForFunctionAsync("() => getComputedStyle(document.querySelector('#tooltip')).opacity === '1'");
        await SaveAsync(page, "4-inspected");
        await page.Keyboard.PressAsync("Escape");

        // A synthesis is seen while it runs, and what it has stays when it is stopped.
        await RunAsync(page, 1,
            """
            var run = LossNetwork.Load("vgg19-slim").Synthesize(
                Loss.Content(Picture.Load("village.png").Fit(96)), Start.Noise(seed: 2), Optimizer.Adam(steps: 1_000_000));
            display(run);
            var result = await run;
            """);
        var live = Cell(page, 1).Locator(".output_area img");
        await live.WaitForAsync();
        await Cell(page, 1).GetByText(SeveralSteps()).WaitForAsync();
        Assert.StartsWith("data:image/", await live.GetAttributeAsync("src"), StringComparison.Ordinal);
        await page.ClickAsync(Stop);
        await Cell(page, 1).GetByText("was interrupted").First.WaitForAsync();
        await RunAsync(page, 2, "$\"{result.Picture.Width} pixels wide\"");
        await Cell(page, 2).GetByText("96 pixels wide").WaitForAsync();
        await SaveAsync(page, "5-synthesis-stopped");

        // A cell asks, and its user answers.
        await RunAsync(page, 2, "\"Hello, \" + input(\"Your name: \")");
        await Cell(page, 2).Locator(".raw_input").FillAsync("Ada");
        await page.Keyboard.PressAsync("Enter");
        await Cell(page, 2).GetByText("Hello, Ada").WaitForAsync();

        await page.ClickAsync("button[data-jupyter-action='jupyter-notebook:confirm-restart-kernel']");
        await page.ClickAsync(".modal-dialog button.btn-danger");
        await page.Locator("#kernel_indicator_icon.kernel_idle_icon").WaitForAsync();
        await RunAsync(page, 1, "6 * 7");
        await Cell(page, 1).Locator(".output_result").GetByText("42", new() { Exact = true }).WaitForAsync();
        Assert.Equal("In [1]:", (await Cell(page, 1).Locator(".input_prompt").InnerTextAsync()).Replace('\u00A0', ' '));
        await SaveAsync(page, "6-restarted");

        // A cell that nothing can stop: the kernel says so, and Jupyter starts a new one after a second stop.
        await RunAsync(page, 2, "try { Console.Write(\"on and on\"); } finally { while (true) { } }");
        await Cell(page, 2).Locator(".output_area").GetByText("on and on").WaitForAsync();
        await page.ClickAsync(Stop);
        await Cell(page, 2).GetByText("Press stop once more").WaitForAsync();
        await SaveAsync(page, "7-stuck");
        await page.ClickAsync(Stop);
        await page.WaitForFunctionAsync("() => document.body.innerText.includes('It will restart automatically')");
        await page.ClickAsync(".modal-dialog button.btn-primary");
        await page.Locator("#kernel_indicator_icon.kernel_idle_icon").WaitForAsync();
        await RunAsync(page, 1, "6 * 9");
        await Cell(page, 1).Locator(".output_result").GetByText("54", new() { Exact = true }).WaitForAsync();
        await SaveAsync(page, "8-started-anew");
    }

    [GeneratedRegex(@"step \d{2,}/")]
    private static partial Regex SeveralSteps();

    private static ILocator Cell(IPage page, int index) => page.Locator(".code_cell").Nth(index);

    /// <summary>Puts code into a cell and runs it.</summary>
    private static async Task RunAsync(IPage page, int cell, string code)
    {
        await page.EvaluateAsync($"code => Jupyter.notebook.get_cell({cell}).set_text(code)", code);
        await Cell(page, cell).Locator(".CodeMirror").ClickAsync();
        await page.Keyboard.PressAsync("Control+Enter");
    }

    private static Task<int> WidthAsync(ILocator picture) => picture.EvaluateAsync<int>("image => image.naturalWidth");

    private static async Task SaveAsync(IPage page, string name) => await page.ScreenshotAsync(new()
    {
        Path = Path.Combine(AppContext.BaseDirectory, "screenshots", name + ".png"),
    });

    private static string Notebook(params string[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select(source => (JsonNode)new JsonObject
        {
            ["cell_type"] = "code", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = source,
        })]),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 4,
    }.ToJsonString();
}
