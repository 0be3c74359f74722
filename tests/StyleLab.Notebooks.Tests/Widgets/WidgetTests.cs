using System.Text.Json.Nodes;
using StyleLab.Notebooks.Widgets;

namespace StyleLab.Notebooks.Tests.Widgets;

[Collection("The current directory of the process")]
public sealed class WidgetTests : IDisposable
{
    private readonly RecordedSession _session = new();

    private readonly string _folder = Fixture.TemporaryFolder();

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_handler_of_no_cell_that_throws_ends_no_other()
    {
        await _session.ValueAsync("""
            var s = Widgets.IntSlider(0, 0, 100);
            using (System.Threading.ExecutionContext.SuppressFlow()) s.Changed += value => throw new Exception("boom");
            s.Value = 5;
            int got = 0;
            var other = Widgets.IntSlider(0, 0, 100);
            other.Changed += value => got = value;
            other.Value = 7;
            """);
        Assert.Equal(7, await _session.ValueAsync("for (int i = 0; i < 400 && got == 0; i++) await Task.Delay(25); got"));
    }

    [Fact]
    public async Task Every_widget_is_made_in_a_cell_and_shown_without_a_front_end()
    {
        await _session.ValueAsync("""
            using StyleLab.Notebooks.Widgets;
            var png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
            Widget[] all =
            [
                Widgets.Slider(0.25, description: "weight <b>"), Widgets.FloatSlider(3, 0, 10), Widgets.IntSlider(7), Widgets.Dropdown([1.5, 2.5], label: x => $"{x} px"),
                Widgets.Checkbox(true, "keep"), Widgets.Text("typed"), Widgets.Button("Go", look: ButtonLook.Primary), Widgets.Label("said"), Widgets.Image(png, width: 40),
                Widgets.Progress(1, 4), Widgets.HBox(Widgets.Label("inside")), Widgets.Output(),
            ];
            ((OutputArea)all[^1]).WriteLine("in the area");
            ((OutputArea)all[^1]).Show(new[] { 1, 2 });
            Widgets.VBox(all)
            """);
        var shown = Assert.IsType<DisplayOutput>(Assert.Single(_session.Outputs)).Data;
        string html = shown[MimeTypes.Html]!;
        foreach (string part in (string[])["weight &lt;b&gt;", "0.25", "3.0", "1.5 px", "☑", "keep", "typed", "Go", "said", "data:image/png;base64,iVBORw", "25%", "inside", "in the area"])
            Assert.Contains(part, html);
        Assert.DoesNotContain("<script", html);
        Assert.Equal("VBox of 12", shown[MimeTypes.PlainText]);
        Assert.Contains("model_id", shown["application/vnd.jupyter.widget-view+json"]);
    }

    [Fact]
    public async Task Values_are_limited_and_events_run_one_after_the_other_on_a_thread_of_their_own()
    {
        await _session.ValueAsync("""
            var slider = Widgets.FloatSlider(5, 0, 1);
            var list = Widgets.Dropdown(["a", "b"]);
            var button = Widgets.Button("x");
            int cell = Environment.CurrentManagedThreadId;
            var seen = new List<string>();
            void Add(object? value) { if (Environment.CurrentManagedThreadId == cell) throw new Exception("the cell's thread"); seen.Add($"{value}"); }
            slider.Changed += value => Add(value);
            list.Changed += Add;
            button.Clicked += _ => Add("click");
            """);
        Assert.Equal(1.0, await _session.ValueAsync("slider.Value"));
        await _session.ValueAsync("slider.Value = -3; list.Value = \"b\"; list.Value = \"b\"; button.Click(); button.Click(); slider.Max = 0.5; slider.Value = 0.5;");
        Assert.Equal("0, b, click, click, 0.5", await _session.ValueAsync("string.Join(\", \", seen)"));
        Assert.Contains("does not offer", await _session.ErrorAsync("list.Value = \"c\""));
        Assert.Contains("got 3 to 1", await _session.ErrorAsync("Widgets.FloatSlider(2, 3, 1)"));
        Assert.Contains("none", await _session.ErrorAsync("Widgets.Dropdown(new int[0])"));
        Assert.Contains("a picture", await _session.ErrorAsync("Widgets.Image(42)"));

        await _session.ValueAsync("slider.Changed += value => throw new Exception(\"no\");\nslider.Value = 0.25;");
        Assert.Contains("Exception: no\n   at lambda in Cell", _session.Stderr);
        await _session.ValueAsync("list.Changed -= Add; list.Value = \"a\";");
        Assert.Equal(6, await _session.ValueAsync("seen.Count"));
    }

    [Fact]
    public async Task A_function_gets_a_control_for_each_parameter()
    {
        await _session.ValueAsync("""
            using System.ComponentModel.DataAnnotations;
            enum Paint { Oil, Ink }
            Interact((double weight, int size = 20, bool keep = true, string title = "t", Paint paint = Paint.Ink, [Range(2, 4)] float power = 3) =>
                $"{weight} {size} {keep} {title} {paint} {power}");
            """);
        string html = ((UpdateDisplayOutput)_session.Outputs[^1]).Data[MimeTypes.Html]!;
        Assert.Contains("0.5 20 True t Ink 3", html);
        foreach (string part in (string[])["weight", "size", "☑", "Ink ▾", "power"])
            Assert.Contains(part, html);

        await _session.ValueAsync("""
            var weight = Widgets.FloatSlider(2, 0, 4);
            double last = 0;
            Interact(async (double w, string style, int steps) => { await Task.Yield(); last = w; Console.WriteLine($"{w} {style} {steps}"); }, weight, new[] { "cubist", "ink" }, (10, 30, 5));
            """);
        Assert.Contains("2 cubist 20", ((UpdateDisplayOutput)_session.Outputs[^1]).Data[MimeTypes.Html]);
        var shown = _session.Outputs;
        await _session.ValueAsync("weight.Value = 3;");
        Assert.Equal(3.0, await _session.ValueAsync("last"));
        Assert.Contains("3 cubist 20", ((UpdateDisplayOutput)shown[^1]).Data[MimeTypes.Html]);

        await _session.ValueAsync("Interact((int n) => { int[] a = []; return a[n]; });");
        Assert.Contains("IndexOutOfRangeException", ((UpdateDisplayOutput)_session.Outputs[^1]).Data[MimeTypes.Html]);
        Assert.Contains("no control for DateTime when", await _session.ErrorAsync("Interact((DateTime when) => when);"));
        Assert.Contains("The slider of n goes from -2147483648 to 2147483647 at most", await _session.ErrorAsync("Interact((long n = 5_000_000_000) => n);"));
        Assert.Contains("The slider of n goes from 0 to 255 at most", await _session.ErrorAsync("Interact((byte n) => n, (0, 1000));"));
        Assert.Equal(20_100, await _session.ValueAsync("int sum = 0; Interact((byte n = 100, short s = 20_000) => { sum = n + s; }); sum"));
        Assert.Contains("2 controls were given", await _session.ErrorAsync("Interact((int n) => n, 1, 2);"));
        Assert.Contains("(min, max)", await _session.ErrorAsync("Interact((int n) => n, (\"a\", 2));"));
    }

    [Fact]
    public async Task An_interrupted_cell_stops_its_function()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(700));
        var result = await _session.RunAsync("Interact((int n) => { while (true) { } });", stop.Token);
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.Equal(4, await _session.ValueAsync("2 + 2"));
    }

    [Fact]
    public async Task A_run_saves_the_state_and_pages_show_it()
    {
        string notebook = Path.Combine(_folder, "widgets.ipynb"), output = Path.Combine(_folder, "out.ipynb");
        Fixture.Notebook("var bar = Widgets.Progress(1, 4, \"done\");\nvar slider = Widgets.FloatSlider(0.25);\nWidgets.VBox(bar, slider)", "bar.Value = 3; slider.Value = 0.75;").Save(notebook);
        var result = await NotebookRunner.RunAsync(notebook, output, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Done, result.Status);

        var saved = Notebook.Load(output);
        var data = saved.Cells[0].Outputs[0]!["data"]!;
        var states = saved.Metadata["widgets"]!["application/vnd.jupyter.widget-state+json"]!;
        Assert.Equal((2, 0), ((int)states["version_major"]!, (int)states["version_minor"]!));
        var box = states["state"]![(string)data["application/vnd.jupyter.widget-view+json"]!["model_id"]!]!;
        Assert.Equal(("VBoxModel", "@jupyter-widgets/controls", "2.0.0"), ((string?)box["model_name"], (string?)box["model_module"], (string?)box["model_module_version"]));
        Assert.Equal([0.75, 3.0], states["state"]!.AsObject().Select(state => state.Value!["state"]!["value"]).OfType<JsonValue>().Select(value => (double)value).Order());

        // The still picture is of the end, not of the moment when it was displayed.
        Assert.Contains("75%", MultilineText.Read(data["text/html"]));
        foreach (bool sanitize in (bool[])[false, true])
        {
            string page = HtmlExport.ToHtml(saved, options: new PublishOptions { Sanitize = sanitize });
            Assert.Contains("0.75", page);
            Assert.Contains("width:75%", page);
        }
    }

    [Fact]
    public void A_page_shows_widgets_that_another_kernel_saved()
    {
        var notebook = Fixture.Notebook("x");
        notebook.Cells[0].Outputs.Add(JsonNode.Parse("""
            {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "a", "version_major": 2, "version_minor": 0}, "text/plain": "IntSlider(value=7)"}}
            """));
        notebook.Metadata["widgets"] = JsonNode.Parse("""
            {"application/vnd.jupyter.widget-state+json": {"version_major": 2, "version_minor": 0, "state": {
              "a": {"model_name": "HBoxModel", "model_module": "@jupyter-widgets/controls", "state": {"children": ["IPY_MODEL_b", "IPY_MODEL_a", "IPY_MODEL_a", "IPY_MODEL_gone", 5]}},
              "b": {"model_name": "IntSliderModel", "model_module": "@jupyter-widgets/controls", "state": {"value": 7, "description": "n<script>alert(1)</script>"}}}}}
            """);
        string page = HtmlExport.ToHtml(notebook);
        Assert.Contains("n&lt;script&gt;", page);
        Assert.Contains("width:7%", page);
        Assert.DoesNotContain("alert(1)</script>", page);
    }
}
