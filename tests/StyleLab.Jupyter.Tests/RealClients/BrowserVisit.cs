using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>A notebook opened in Jupyter Notebook, in headless Chromium. Screenshots lie beside the test program.</summary>
internal sealed class BrowserVisit : IAsyncDisposable
{
    private readonly NotebookServer _server;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserVisit(NotebookServer server, IPlaywright playwright, IBrowser browser, IPage page) =>
        (_server, _playwright, _browser, Page) = (server, playwright, browser, page);

    public IPage Page { get; }

    /// <summary>Opens a new notebook and waits for its kernel; null where there is no notebook server or no browser.</summary>
    public static async Task<BrowserVisit?> OpenAsync(InstalledKernel kernel, ITestOutputHelper output, string name, params string[] cells)
    {
        if (!Python.Has(output, "notebook"))
            return null;
        if (await Chromium.StartAsync(output) is not var (playwright, browser))
            return null;
        File.WriteAllText(Path.Combine(kernel.Folder, name), Notebook(cells));
        var server = await NotebookServer.StartAsync(kernel);
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1100, Height = 1000 } });
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync($"{server.Url}/notebooks/{name}");
        var visit = new BrowserVisit(server, playwright, browser, page);
        await visit.IdleAsync();
        return visit;
    }

    public ILocator Cell(int index) => Page.Locator(".code_cell").Nth(index);

    public Task IdleAsync() => Page.Locator("#kernel_indicator_icon.kernel_idle_icon").WaitForAsync();

    public Task BusyAsync() => Page.Locator("#kernel_indicator_icon.kernel_busy_icon").WaitForAsync();

    public Task InterruptAsync() => Page.ClickAsync("button[data-jupyter-action='jupyter-notebook:interrupt-kernel']");

    public async Task SaveScreenshotAsync(string name) => await Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(AppContext.BaseDirectory, "screenshots", name + ".png"),
    });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        _server.Dispose();
    }

    private static string Notebook(string[] cells) => new JsonObject
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
