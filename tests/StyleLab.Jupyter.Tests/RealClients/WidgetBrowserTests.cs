using Microsoft.Playwright;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>Widgets in Jupyter Notebook with Debian's extension for them, in headless Chromium.</summary>
public sealed class WidgetBrowserTests(InstalledKernel kernel, ITestOutputHelper output) : IClassFixture<InstalledKernel>
{
    private const string Extension = "/usr/share/jupyter/nbextensions/jupyter-js-widgets/extension.js";

    [Fact]
    public async Task WidgetsAreDrawnMovedPressedChangedByCodeAndThereAfterAReload()
    {
        bool hasWidgets = File.Exists(Extension);
        Assert.True(hasWidgets || Environment.GetEnvironmentVariable("CI") != "true", "CI needs the package jupyter-nbextension-jupyter-js-widgets for this test.");
        if (!hasWidgets)
        {
            output.WriteLine($"Nothing was tested: there is no {Extension}.");
            return;
        }

        await using var visit = await BrowserVisit.OpenAsync(kernel, output, "widgets.ipynb",
            """
            #r "StyleLab"
            using StyleLab;
            Picture Colour(double red) => Picture.Noise(120, 80, seed: 1, ((float)red, 0.5f, 0.3f), sigma: 0.05);
            var slider = Widgets.FloatSlider(0.25, description: "weight");
            var bar = Widgets.Progress(0.25, description: "bar");
            var label = Widgets.Label("nothing yet");
            var picture = Widgets.Image(Colour(0.25), width: 120);
            int presses = 0;
            var button = Widgets.Button("press", () => label.Value = $"pressed {++presses}");
            var list = Widgets.Dropdown(new[] { "cat", "dog" }, "animal");
            var area = Widgets.Output();
            slider.Changed += value => { bar.Value = value; label.Value = $"C# got {value}"; picture.Show(Colour(value)); area.WriteLine($"moved to {value}"); };
            list.Changed += value => label.Value = $"a {value}";
            Widgets.VBox(slider, bar, button, label, list, picture, area)
            """,
            "slider.Value = 0.1;",
            """
            Interact((double contentWeight = 1, bool keep = true) => $"weight {contentWeight}, keep {keep}");
            """,
            "while (slider.Value < 0.5) System.Threading.Thread.Sleep(5);\n\"the cell saw it\"");
        if (visit is null)
            return;
        var page = visit.Page;
        await RunAsync(visit, 0);
        var handle = visit.Cell(0).Locator(".ui-slider-handle");
        await handle.WaitForAsync();
        await visit.SaveScreenshotAsync("widgets-1-drawn");
        var image = visit.Cell(0).Locator(".widget-image");
        string? first = await image.GetAttributeAsync("src");
        Assert.StartsWith("data:image/", first, StringComparison.Ordinal);
        Assert.Equal(120, await image.EvaluateAsync<int>("image => image.naturalWidth"));

        // A drag reaches C#, and what C# does about it the page.
        await DragAsync(page, handle, 60);
        await Views(visit, 0).GetByText("C# got").First.WaitForAsync();
        await Views(visit, 0).GetByText("moved to").First.WaitForAsync();
        Assert.NotEqual(first, await image.GetAttributeAsync("src"));
        await visit.SaveScreenshotAsync("widgets-2-moved");
        await visit.Cell(0).Locator(".jupyter-button").ClickAsync();
        await Views(visit, 0).GetByText("pressed 1").First.WaitForAsync();
        await visit.Cell(0).Locator("select").SelectOptionAsync("dog");
        await Views(visit, 0).GetByText("a dog").First.WaitForAsync();
        await RunAsync(visit, 1);
        await Views(visit, 0).GetByText("C# got 0.1").First.WaitForAsync();
        Assert.Equal("0.10", (await visit.Cell(0).Locator(".widget-readout").First.InnerTextAsync()).Trim());

        await RunAsync(visit, 2);
        await Views(visit, 2).GetByText("weight 1, keep True").First.WaitForAsync();
        await visit.Cell(2).Locator("input[type=checkbox]").ClickAsync();
        await Views(visit, 2).GetByText("keep False").First.WaitForAsync();
        await DragAsync(page, visit.Cell(2).Locator(".ui-slider-handle"), 40);
        await Assertions.Expect(Views(visit, 2).GetByText("weight 1,")).ToHaveCountAsync(0);
        await visit.SaveScreenshotAsync("widgets-3-interact");

        // The slider moves what a cell sees that runs without a pause.
        await RunAsync(visit, 3);
        await visit.BusyAsync();
        await DragAsync(page, handle, 90);
        await visit.Cell(3).Locator(".output_area").GetByText("the cell saw it").WaitForAsync();

        await visit.IdleAsync();
        await page.EvaluateAsync("Jupyter.notebook.save_notebook()");
        await page.ReloadAsync();
        await visit.IdleAsync();
        await handle.WaitForAsync();
        await visit.SaveScreenshotAsync("widgets-4-reloaded");
        Assert.StartsWith("data:image/", await visit.Cell(0).Locator(".widget-image").GetAttributeAsync("src"), StringComparison.Ordinal);
        await visit.Cell(0).Locator(".jupyter-button").ClickAsync();
        await Views(visit, 0).GetByText("pressed 2").First.WaitForAsync();
    }

    private static ILocator Views(BrowserVisit visit, int cell) => visit.Cell(cell).Locator(".widget-area");

    private static async Task RunAsync(BrowserVisit visit, int cell)
    {
        await visit.Cell(cell).Locator(".CodeMirror").ClickAsync();
        await visit.Page.Keyboard.PressAsync("Control+Enter");
    }

    private static async Task DragAsync(IPage page, ILocator handle, float by)
    {
        await handle.ScrollIntoViewIfNeededAsync();
        var box = (await handle.BoundingBoxAsync())!;
        float x = box.X + (box.Width / 2), y = box.Y + (box.Height / 2);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + by, y, new() { Steps = 10 });
        await page.Mouse.UpAsync();
    }
}
