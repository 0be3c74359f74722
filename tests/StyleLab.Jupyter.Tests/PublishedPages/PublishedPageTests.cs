using System.Text.Json.Nodes;
using Microsoft.Playwright;
using StyleLab.Jupyter.Tests.RealClients;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.Tests.PublishedPages;

/// <summary>Published pages as their readers have them: in headless Chromium.</summary>
public sealed class PublishedPageTests(InstalledKernel kernel, ITestOutputHelper output) : IClassFixture<InstalledKernel>
{
    // A picture of two pixels, and a sound of none.
    private const string Gif = "R0lGODdhAgABAIAAAAAAAP///ywAAAAAAgABAAACAkQKADs=", Wav = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

    private static readonly string[] Figures =
    [
        "#r \"StyleLab\"\nusing StyleLab;\nvar a = Picture.Noise(64, 48, seed: 1, (0.2f, 0.4f, 0.7f), sigma: 0.2);\nvar b = Picture.Noise(64, 48, seed: 2, (0.9f, 0.6f, 0.2f), sigma: 0.1);\nnew BeforeAfter(a, b, \"photo\", \"<b>painting</b>\")",
        "a",
        "display(new Grid(1, 2) { { a, \"before\" }, { b, \"after\" } }); new[] { a, b }",
        "new object[] { new Grid(1, 2) { { a, \"before\" }, { b, \"after\" } }, 1, \"<script>\" }",
        "HeatMap.Gram(LossNetwork.Load(\"vgg19-slim\"), a, \"relu1_1\")",
        "new Plot(new PlotSeries(\"content\", [1.0, 2.0, 3.0], [3.0, 1.0, 2.0])) { LogY = true }",
        "Animation.CrossFade([a, b], hold: 0.2, fade: 0.2)",
        "LossNetwork.Load(\"vgg19-slim\")",
        "var run = LossNetwork.Load(\"vgg19-slim\").Synthesize(Loss.Content(a, \"relu1_1\"), Start.Noise(seed: 2), Optimizer.Adam(steps: 3));\ndisplay(run);\nvar result = await run;\nresult",
        "display(result.LossPlot()); result.History",
        "HTML(\"<video controls src='data:video/mp4;base64,AAAA'></video><audio controls><source type='audio/wav' src='data:audio/wav;base64," + Wav + "'></audio>\")",
        "new { Name = \"x\", Values = new[] { 1, 2, 3 } }",
        "new Microsoft.DotNet.Interactive.MathString(@\"\\frac{1}{2}\")",
    ];

    [Fact]
    public async Task A_page_of_figures_fetches_nothing_and_its_figures_work()
    {
        await using var visit = await PageVisit.StartAsync(output);
        if (visit is null)
            return;
        var notebook = Notebook.Create();
        notebook.Insert(0, CellKind.Markdown,
            "# Figures\n\nA formula $x^2$ and\n\n$$\\sum_i \\frac{a_i}{2}$$\n\n![dots](dots.gif) ![far](https://example.org/far.png) <video src=\"film.mp4\"></video>\n\n- [x] done[^1]\n\n[^1]: a note");
        foreach (string code in Figures)
            notebook.Insert(notebook.Cells.Count, CellKind.Code, code);
        string source = Path.Combine(kernel.Folder, "figures.ipynb"), executed = Path.Combine(kernel.Folder, "run", "figures.ipynb");
        notebook.Save(source);
        foreach (string folder in new[] { kernel.Folder, Path.GetDirectoryName(executed)! })
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, "dots.gif"), Convert.FromBase64String(Gif));
        }

        var (exitCode, said) = kernel.Stylelab("run", source, "--out", Path.GetDirectoryName(executed)!, "--html");
        Assert.True(exitCode == 0, said);
        Assert.Contains("https://example.org/far.png is on the network", said);
        Assert.DoesNotContain("--sanitize", said);
        foreach (string[] options in new string[][] { [], ["--sanitize"] })
        {
            string page = Path.Combine(kernel.Folder, $"figures-{options.Length}.html");
            (exitCode, said) = kernel.Stylelab(["publish", executed, "-o", page, .. options]);
            Assert.True(exitCode == 0, said);
            await visit.OpenAsync(page);
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", Path.GetFileName(page) + ".png"), FullPage = true });
            Assert.Empty(visit.Requests);
            Assert.Empty(visit.Messages);

            // The line between two pictures follows the slider, and what is seen of the second changes.
            var slider = visit.Page.Locator(".stylelab-before-after input").First;
            string before = await ClipAsync();
            await slider.FocusAsync();
            for (int i = 0; i < 40; i++)
                await visit.Page.Keyboard.PressAsync("ArrowRight");
            Assert.Equal("70", await slider.InputValueAsync());
            Assert.NotEqual(before, await ClipAsync());
            Assert.Contains("70%", await visit.Page.Locator(".stylelab-before-after").First.GetAttributeAsync("style"));

            await visit.Page.ClickAsync("#code-toggle");
            Assert.Equal(0, await visit.Page.Locator("details.source[open]").CountAsync());
            Assert.Equal(3, await visit.Page.Locator("math").CountAsync());
            Assert.Equal("https://example.org/far.png", await visit.Page.GetByText("far", new() { Exact = true }).GetAttributeAsync("href"));
            Assert.True(await visit.Page.EvaluateAsync<bool>("[...document.images].every(image => image.complete && image.naturalWidth > 0)"));
            Assert.InRange(await visit.Page.EvaluateAsync<int>("document.querySelectorAll('img, svg').length"), 12, 100);
            // A drawing in a list is a picture where it is sanitised.
            Assert.Equal(1, await visit.Page.Locator("td svg, td img[alt^='1×2 grid']").CountAsync());
            Assert.Equal(2, await visit.Page.Locator("video, audio").CountAsync());
        }

        Task<string> ClipAsync() => visit.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.stylelab-before-after .after')).clipPath");
    }

    [Theory]
    [InlineData("00-first-picture")]
    [InlineData("01-content-reconstruction", Explicit = true)]
    [InlineData("04-style-drift", Explicit = true)]
    [InlineData("06-gallery")]
    public async Task A_notebook_of_ours_fetches_nothing(string name)
    {
        await using var visit = await PageVisit.StartAsync(output);
        if (visit is null)
            return;
        string notebook = Path.Combine(Repository.Folder, "notebooks", name + ".ipynb"), page = Path.Combine(kernel.Folder, name + ".html");
        var said = new List<string>();
        foreach (bool sanitize in new[] { false, true })
        {
            HtmlExport.Save(Notebook.Load(notebook), page, new() { Folder = Path.GetDirectoryName(notebook), Sanitize = sanitize, Say = said.Add });
            await visit.OpenAsync(page);
            Assert.Empty(said);
            Assert.Empty(visit.Requests);
            Assert.Empty(visit.Messages);
            Assert.True(await visit.Page.EvaluateAsync<bool>("[...document.images].every(image => image.complete && image.naturalWidth > 0)"));
        }
    }

    [Fact]
    public async Task A_sanitised_page_of_a_hostile_notebook_runs_nothing_and_asks_for_nothing()
    {
        await using var visit = await PageVisit.StartAsync(output);
        if (visit is null)
            return;
        using var server = new ScriptServer("top.hits=(top.hits||[]).concat(['server'])");
        string page = Path.Combine(kernel.Folder, "hostile.html");
        foreach (bool isMarkdown in new[] { false, true })
        {
            var notebook = Hostile(Vectors.Numbered(server.Address), isMarkdown);
            HtmlExport.Save(notebook, page, new() { Sanitize = true });
            // What the policy would have kept from running is not there to begin with.
            foreach (bool hasPolicy in new[] { true, false })
            {
                if (!hasPolicy)
                    File.WriteAllText(page, WithoutPolicy(File.ReadAllText(page)));
                await visit.OpenAsync(page);
                Assert.Null(await visit.Page.EvaluateAsync<object?>("window.hits"));
                Assert.Empty(server.Asked);
                Assert.Empty(visit.Requests);
                Assert.Empty(visit.Messages);
                Assert.Equal("[]", await visit.Page.EvaluateAsync<string>(
                    """
                    JSON.stringify([...document.querySelectorAll('main *')].filter(element =>
                      /^(script|iframe|object|embed|link|meta|base|form\[action\])$/.test(element.localName)
                      || [...element.attributes].some(a => a.name.startsWith('on') || /^\s*(javascript|data:text)/i.test(a.value) || a.name.includes('action'))).map(e => e.outerHTML))
                    """));
                await visit.Page.ClickAsync("#code-toggle");
                Assert.Equal("Show code", await visit.Page.Locator("button#code-toggle").InnerTextAsync());
                Assert.Equal("the end", await visit.Page.Locator("main > section:last-child p").InnerTextAsync());
            }
        }
    }

    [Fact]
    public async Task The_vectors_are_real()
    {
        await using var visit = await PageVisit.StartAsync(output);
        if (visit is null)
            return;
        using var server = new ScriptServer("top.hits=(top.hits||[]).concat(['server'])");
        string page = Path.Combine(kernel.Folder, "vector.html");
        var vectors = Vectors.Numbered(server.Address).ToList();
        int active = 0;
        for (int i = 0; i < vectors.Count; i++)
        {
            int asked = server.Asked.Count;
            File.WriteAllText(page, $"<!DOCTYPE html><body><main><section><div><div>{vectors[i]}");
            await visit.Page.GotoAsync(new Uri(page).AbsoluteUri, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            await visit.Page.WaitForTimeoutAsync(300);
            bool isActive = server.Asked.Count > asked || await visit.Page.EvaluateAsync<object?>("window.hits") is not null;
            active += isActive ? 1 : 0;
            if (!isActive)
                output.WriteLine($"not by itself: {vectors[i]}");
        }

        Assert.InRange(active, 30, vectors.Count);
    }

    [Fact]
    public async Task The_scripts_of_charts_run_and_load_what_they_need_and_no_others_do()
    {
        await using var visit = await PageVisit.StartAsync(output);
        if (visit is null)
            return;
        using var server = new ScriptServer("window.loaded = (window.loaded || 0) + 1");
        var said = new List<string>();
        string page = Path.Combine(kernel.Folder, "charts.html");
        HtmlExport.Save(Hostile(
        [
            $"<div id='chart'></div><script type='text/javascript'>\r\nvar load = document.createElement('script'); load.src = '{server.Address}library.js'; document.head.append(load);\nnew Function('window.compiled = 1')();</script>",
            $"<script src='{server.Address}other.js' charset='utf-8'></script><script type='application/json'>{{}}</script>",
            "<script type='module'>window.module = 1; const blob = new Blob(['<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>'], { type: 'image/svg+xml' }); const image = new Image(); image.onload = () => window.blob = 1; image.src = URL.createObjectURL(blob);</script>",
            "<button id='press' onclick='window.pressed = 1'>press</button>",
            "<iframe srcdoc=\"<script>parent.framed = 1</script>\"></iframe>",
            "<div id='hole'></div>",
        ], isMarkdown: false), page, new() { Say = said.Add });
        await visit.OpenAsync(page);
        await visit.Page.ClickAsync("#press");
        Assert.Equal("2 1 1 1 1 1", await visit.Page.EvaluateAsync<string>("[loaded, compiled, module, blob, pressed, framed].join(' ')"));
        Assert.Equal(2, server.Asked.Count);
        Assert.Empty(visit.Messages);
        Assert.Equal(["The page runs 4 scripts and 1 handler of the notebook in its reader's browser; for a notebook that you do not know, stylelab publish --sanitize takes them out."], said);

        await visit.Page.EvaluateAsync("document.getElementById('hole').innerHTML = '<img src=x onerror=\"window.injected = 1\">'");
        await visit.Page.EvaluateAsync($"fetch('{server.Address}data.csv').catch(() => 0)");
        await visit.Page.WaitForTimeoutAsync(300);
        Assert.Null(await visit.Page.EvaluateAsync<object?>("window.injected"));
        Assert.Equal(2, server.Asked.Count);
    }

    private static Notebook Hostile(IEnumerable<string> pieces, bool isMarkdown)
    {
        var notebook = Notebook.Create();
        foreach (string html in pieces)
        {
            if (isMarkdown)
            {
                notebook.Insert(notebook.Cells.Count, CellKind.Markdown, $"## Heading with {html.ReplaceLineEndings(" ")}\n\ntext {html} text $x$\n\n{html}");
                continue;
            }

            notebook.Insert(notebook.Cells.Count, CellKind.Code, "1");
            notebook.Cells[^1].Outputs.Add((JsonNode)new JsonObject
            {
                ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { ["text/html"] = html, ["text/plain"] = "text" },
            });
        }

        notebook.Insert(notebook.Cells.Count, CellKind.Code, "2");
        notebook.Insert(notebook.Cells.Count, CellKind.Markdown, "the end");
        return notebook;
    }

    private static string WithoutPolicy(string html)
    {
        int at = html.IndexOf("<meta http-equiv=\"Content-Security-Policy\"", StringComparison.Ordinal);
        return html.Remove(at, html.IndexOf('\n', at) - at);
    }
}
