using Microsoft.Playwright;
using StyleLab.Jupyter.Tests.RealClients;

namespace StyleLab.Jupyter.Tests.PublishedPages;

/// <summary>A folder of notebooks as its readers have it: in headless Chromium.</summary>
public sealed class GalleryPageTests(InstalledKernel kernel, ITestOutputHelper output) : IClassFixture<InstalledKernel>
{
    [Fact]
    public async Task A_gallery_leads_to_each_notebook_and_fetches_nothing()
    {
        await using var visit = await PageVisit.StartAsync(output);
        if (visit is null)
            return;
        string site = Path.Combine(kernel.Folder, "site"), index = Path.Combine(site, "index.html");
        var (exitCode, said) = kernel.Stylelab("publish", Path.Combine(Repository.Folder, "notebooks"), "-o", site, "--title", "Neural style in C#");
        Assert.True(exitCode == 0, said);

        foreach (var (name, width, scheme) in new[] { ("wide", 1400, ColorScheme.Light), ("phone", 360, ColorScheme.Light), ("dark", 1000, ColorScheme.Dark) })
        {
            await visit.Page.SetViewportSizeAsync(width, 900);
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await visit.OpenAsync(index);
            // Pictures are decoded when they come near the window.
            await visit.Page.EvaluateAsync("Promise.all([...document.images].map(image => { image.loading = 'eager'; return image.decode(); }))");
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"gallery-{name}.png"), FullPage = true });
            Assert.Empty(visit.Requests);
            Assert.Empty(visit.Messages);
            Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        }

        int notebooks = Directory.GetFiles(Path.Combine(Repository.Folder, "notebooks"), "*.ipynb").Length;
        Assert.Equal(notebooks, await visit.Page.Locator("li a").CountAsync());
        Assert.Equal(notebooks, await visit.Page.EvaluateAsync<int>("[...document.images].filter(image => image.naturalWidth >= 64).length"));
        Assert.Equal(notebooks, await visit.Page.Locator("li p").CountAsync());

        // To a notebook, from there to another that it names, and back.
        await visit.Page.GetByText("Style drift").ClickAsync();
        Assert.Equal("Style drift", await visit.Page.Locator("h1").InnerTextAsync());
        await visit.Page.Locator("main a[href^='03-style-transfer']").First.ClickAsync();
        Assert.Equal("Style transfer", await visit.Page.Locator("h1").InnerTextAsync());
        await visit.Page.GetByText("All notebooks").ClickAsync();
        Assert.Equal("Neural style in C#", await visit.Page.Locator("h1").InnerTextAsync());
        Assert.Empty(visit.Requests);
    }
}
