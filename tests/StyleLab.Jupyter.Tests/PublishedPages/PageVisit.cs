using Microsoft.Playwright;
using StyleLab.Jupyter.Tests.RealClients;

namespace StyleLab.Jupyter.Tests.PublishedPages;

/// <summary>Published pages in headless Chromium, with all that they ask the network for and all that their policy refused.</summary>
internal sealed class PageVisit : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<string> _requests = [], _messages = [];

    private PageVisit(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    public IPage Page { get; }

    /// <summary>What was asked for, the page itself and what stands in it left out.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>What the browser says: refusals, and errors of scripts.</summary>
    public IReadOnlyList<string> Messages => _messages;

    public static async Task<PageVisit?> StartAsync(ITestOutputHelper output)
    {
        if (await Chromium.StartAsync(output) is not var (playwright, browser))
            return null;
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1000, Height = 1000 } });
        var visit = new PageVisit(playwright, browser, page);
        page.Console += (_, message) => visit._messages.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => visit._messages.Add(error);
        await page.Context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error('refused', e.effectiveDirective, e.blockedURI, e.sample))");
        page.Context.Request += (_, request) => visit.Note(request);
        return visit;
    }

    /// <summary>Opens a file and waits until it asks for nothing more.</summary>
    public async Task OpenAsync(string path)
    {
        _requests.Clear();
        _messages.Clear();
        await Page.GotoAsync(new Uri(path).AbsoluteUri);
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        // What fires late, such as a refresh.
        await Page.WaitForTimeoutAsync(1500);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private void Note(IRequest request)
    {
        bool isPage = request.Url.StartsWith("file:", StringComparison.Ordinal) && request.IsNavigationRequest && request.Frame.ParentFrame is null;
        if (!isPage && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            _requests.Add(request.Url);
    }
}
