using System.Text.Json.Nodes;

namespace StyleLab.Jupyter.Tests;

/// <summary>Widgets as a front end sees them: the messages of the widget protocol.</summary>
public sealed class WidgetTests(WidgetTests.OneKernel kernel) : IClassFixture<WidgetTests.OneKernel>
{
    private const string View = "application/vnd.jupyter.widget-view+json";

    private readonly JupyterClient _client = kernel.Kernel.Connect($"front-end-{Guid.NewGuid():N}");

    [Fact]
    public void AWidgetIsOpenedAfterItsPartsAndShown()
    {
        var outputs = Run("""
            var opened = Widgets.FloatSlider(0.25, 0, 2, description: "weight");
            Widgets.VBox(opened, Widgets.Label("text"))
            """);
        var opens = outputs.Where(output => output.Type == "comm_open").ToList();
        Assert.All(opens, open => Assert.Equal(("jupyter.widget", "2.1.0"), (open.Text("target_name"), (string?)open.Metadata["version"])));
        var states = opens.Select(open => open.Content["data"]!["state"]!.AsObject()).ToList();
        Assert.Equal(
            ["LayoutModel", "LayoutModel", "SliderStyleModel", "FloatSliderModel", "LayoutModel", "LabelStyleModel", "LabelModel", "VBoxModel"],
            states.Select(state => (string?)state["_model_name"]));

        var known = new HashSet<string>();
        foreach (var (open, state) in opens.Zip(states))
        {
            Assert.Equal((string)state["_model_name"]! == "LayoutModel" ? "@jupyter-widgets/base" : "@jupyter-widgets/controls", (string?)state["_model_module"]);
            Assert.Equal("2.0.0", (string?)state["_model_module_version"]);
            var references = state.SelectMany(field => field.Value is JsonArray items ? items : (IEnumerable<JsonNode?>)[field.Value])
                .Select(value => value?.ToString() ?? "").Where(text => text.StartsWith("IPY_MODEL_", StringComparison.Ordinal));
            Assert.All(references, reference => Assert.Contains(reference["IPY_MODEL_".Length..], known));
            known.Add(open.Text("comm_id"));
        }

        var slider = states[3];
        Assert.Equal((0.25, 0.0, 2.0, 0.01, "weight"), ((double)slider["value"]!, (double)slider["min"]!, (double)slider["max"]!, (double)slider["step"]!, (string?)slider["description"]));
        var shown = Assert.Single(outputs, output => output.Type == "display_data");
        Assert.Equal(opens[^1].Text("comm_id"), (string?)shown.Content["data"]![View]!["model_id"]);
        Assert.Contains("weight", (string?)shown.Content["data"]!["text/html"]);
        Assert.True(outputs.IndexOf(shown) > outputs.IndexOf(opens[^1]));
        Assert.All(outputs, output => Assert.Equal(shown.ParentId, output.ParentId));
    }

    [Fact]
    public void AChangeOfTheFrontEndReachesTheCellsAndTheOtherViews()
    {
        string id = Open("""
            var weight = Widgets.FloatSlider(0.25);
            var told = Widgets.Label();
            weight.Changed += value => { told.Value = $"C# got {value}"; Console.WriteLine("heard"); };
            display(told);
            weight
            """, out string cell);
        string drag = Say(id, new() { ["method"] = "update", ["state"] = new JsonObject { ["value"] = 0.75 }, ["buffer_paths"] = new JsonArray() });
        var echo = Until(message => Method(message) == "echo_update");
        Assert.Equal((drag, 0.75), (echo.ParentId, (double)echo.Content["data"]!["state"]!["value"]!));
        Assert.Equal("C# got 0.75", (string?)Until(message => Method(message) == "update").Content["data"]!["state"]!["value"]);

        // What a handler prints stands below the cell that added it.
        var heard = Until(message => message.Type == "stream");
        Assert.Equal((cell, "heard\n"), (heard.ParentId, heard.Text("text")));
        Assert.Equal("0.75", Result("weight.Value"));

        // A change by code is no echo.
        var update = Assert.Single(Run("weight.Value = 7;"), message => Method(message) == "update" && (string)message.Content["comm_id"]! == id);
        Assert.Equal(1, (double)update.Content["data"]!["state"]!["value"]!);
    }

    [Fact]
    public void AClickReachesACellThatWaitsForIt()
    {
        string id = Open("var pressed = new TaskCompletionSource<string>();\nWidgets.Button(\"go\", () => pressed.SetResult(\"pressed\"))", out _);
        string waiting = _client.Execute("await pressed.Task");
        Until(message => message.ParentId == waiting && message.Type == "execute_input");
        Say(id, new() { ["method"] = "custom", ["content"] = new JsonObject { ["event"] = "click" } });
        Assert.Equal("pressed", (string?)Until(message => message.Type == "execute_result").Content["data"]!["text/plain"]);
        Assert.Equal(waiting, _client.Receive(_client.Shell).ParentId);
    }

    [Fact]
    public void ALoopThatNeverAwaitsSeesTheSliderMoveAndTheKernelStaysBusy()
    {
        string id = Open("var seen = Widgets.IntSlider(0, 0, 10);\nseen", out _);
        string loop = _client.Execute("while (seen.Value < 5) System.Threading.Thread.Sleep(1);\nseen.Value");
        Until(message => message.ParentId == loop && message.Type == "execute_input");
        string drag = Say(id, new() { ["method"] = "update", ["state"] = new JsonObject { ["value"] = 3 } });
        Until(message => message.ParentId == drag && State(message) == "idle");
        var after = Until(message => message.Type == "status");
        Assert.Equal((loop, "busy"), (after.ParentId, State(after)));
        Say(id, new() { ["method"] = "update", ["state"] = new JsonObject { ["value"] = 6 } });
        Assert.Equal("6", (string?)Until(message => message.Type == "execute_result").Content["data"]!["text/plain"]);
        Until(message => message.ParentId == loop && State(message) == "idle");
        _client.Receive(_client.Shell);
    }

    [Fact]
    public void AReloadedPageGetsEveryWidgetWithItsPicture()
    {
        string id = Open("var picture = Widgets.Image(new byte[] { 0xFF, 0xD8, 1, 2, 3 }, width: 96);\npicture", out _);
        Assert.Equal("jupyter.widget", (string?)_client.Ask("comm_info_request", new() { ["target_name"] = "jupyter.widget" })["comms"]![id]!["target_name"]);

        _client.OutputsOf(_client.Send(_client.Shell, "comm_open", new()
        {
            ["comm_id"] = "control", ["target_name"] = "jupyter.widget.control", ["data"] = new JsonObject(),
        }));
        Say("control", new() { ["method"] = "request_states" });
        var states = Until(message => message.Type == "comm_msg");
        Assert.Equal(("control", "update_states"), (states.Text("comm_id"), Method(states)));
        var saved = states.Content["data"]!["states"]![id]!;
        Assert.Equal(("ImageModel", "jpeg", "96"), ((string?)saved["model_name"], (string?)saved["state"]!["format"], (string?)saved["state"]!["width"]));
        int buffer = states.Content["data"]!["buffer_paths"]!.AsArray().Select(path => path!.ToJsonString()).ToList().IndexOf($"[\"{id}\",\"state\",\"value\"]");
        Assert.Equal([0xFF, 0xD8, 1, 2, 3], states.Buffers[buffer]);

        // One at a time, as ipywidgets 7 asks.
        Say(id, new() { ["method"] = "request_state" });
        var state = Until(message => Method(message) == "update");
        Assert.Equal(("ImageModel", "value"), ((string?)state.Content["data"]!["state"]!["_model_name"], (string?)state.Content["data"]!["buffer_paths"]![0]![0]));
        Assert.Equal([0xFF, 0xD8, 1, 2, 3], Assert.Single(state.Buffers));
    }

    [Theory]
    [InlineData("""{"method":"update","state":{"value":"abc"}}""", "\"abc\" as value of a FloatSlider")]
    [InlineData("""{"method":"update","state":{"value":null}}""", "null as value of a FloatSlider")]
    [InlineData("""{"method":"update","state":{"value":{"a":[1]}}}""", "as value of a FloatSlider")]
    [InlineData("""{"method":"update","state":{"layout":"IPY_MODEL_x"}}""", "as layout of a FloatSlider")]
    [InlineData("""{"method":"update","state":{"nothing":1}}""", "\"nothing\"")]
    [InlineData("""{"method":"custom","content":[1]}""", "does not know")]
    [InlineData("""{"method":["x"]}""", "does not know")]
    [InlineData("""{}""", "does not know")]
    public void WhatAWidgetCannotBeIsOneSentence(string message, string told)
    {
        string id = Open("var target = Widgets.FloatSlider(0.5);\ntarget", out string cell);
        foreach (int _ in (int[])[1, 2])
            Say(id, JsonNode.Parse(message)!.AsObject());
        var stream = Until(output => output.Type == "stream");
        Assert.Equal((cell, "stderr"), (stream.ParentId, stream.Text("name")));
        Assert.Contains(told, stream.Text("text"));
        Assert.Single(stream.Text("text").TrimEnd('\n').Split('\n'));
        Assert.Equal("0.5", Result("target.Value"));
    }

    [Fact]
    public void NoMessageEndsTheKernelOrBreaksAWidget()
    {
        var opened = Run("""
            var many = new StyleLab.Notebooks.Widgets.Widget[]
            {
                Widgets.FloatSlider(0.5), Widgets.IntSlider(5), Widgets.Dropdown(new[] { "a", "b" }), Widgets.Checkbox(), Widgets.Text("t"), Widgets.Button("b"), Widgets.Label("l"),
                Widgets.Image(), Widgets.Progress(1, 2), Widgets.Output(),
            };
            Widgets.HBox(many)
            """).Where(message => message.Type == "comm_open").ToDictionary(open => open.Text("comm_id"), open => open.Content["data"]!["state"]!.AsObject());
        var random = new Random(5);
        string[] fields = [.. opened.Values.SelectMany(state => state.Select(field => field.Key)).Distinct(), "x", ""];
        string[] values = ["1e999", "-1", "0.5", "2", "9007199254740993", "true", "null", "\"b\"", "\"\"", "[]", "[[[1]]]", "{}", "{\"a\":null}", "\"IPY_MODEL_x\"", "1e308"];
        string[] methods = ["update", "update", "update", "backbone", "custom", "request_state", "request_states", "", "echo_update"];
        string Value() => values[random.Next(values.Length)];
        for (int i = 0; i < 400; i++)
        {
            string fieldsSent = $"{{\"{fields[random.Next(fields.Length)]}\":{Value()},\"value\":{Value()},\"index\":{Value()}}}";
            string data = random.Next(10) == 0 ? "{}" : $"{{\"method\":\"{methods[random.Next(methods.Length)]}\",\"state\":{(random.Next(8) == 0 ? Value() : fieldsSent)},\"sync_data\":{(random.Next(8) == 0 ? Value() : fieldsSent)},\"content\":{Value()},\"buffer_paths\":{Value()}}}";
            Say(opened.Keys.ElementAt(random.Next(opened.Count)), JsonNode.Parse(data)!.AsObject());
        }

        Assert.Equal("10", Result("many.Length"));
        foreach (var (id, before) in opened)
        {
            Say(id, new() { ["method"] = "request_state" });
            var state = Until(message => Method(message) == "update" && message.Text("comm_id") == id && message.Content["data"]!["state"]!["_model_name"] is not null).Content["data"]!["state"]!.AsObject();
            foreach (var (name, value) in before.Where(field => field.Key is not ("value" or "index")))
                Assert.True(JsonNode.DeepEquals(value, state[name]), $"{before["_model_name"]}.{name} was {value?.ToJsonString()} and is {state[name]?.ToJsonString()}");
        }

        Assert.Equal("True", Result("many[0] is StyleLab.Notebooks.Widgets.FloatSlider { Value: >= 0 and <= 1 } && many[1] is StyleLab.Notebooks.Widgets.IntSlider { Value: >= 0 and <= 100 } && many[2] is StyleLab.Notebooks.Widgets.Dropdown<string> { Value: \"a\" or \"b\" }"));
    }

    [Fact]
    public void AHandlerThatFailsOrNeverEndsIsToldAndStopped()
    {
        string id = Open("""
            var careful = Widgets.IntSlider(0, 0, 10);
            careful.Changed += value => { if (value == 1) throw new InvalidOperationException("not one"); while (value == 2) { } };
            careful
            """, out string cell);
        Say(id, new() { ["method"] = "update", ["state"] = new JsonObject { ["value"] = 1 } });
        var failed = Until(message => message.Type == "stream");
        Assert.Equal(cell, failed.ParentId);
        Assert.Contains("InvalidOperationException: not one", failed.Text("text"));
        Say(id, new() { ["method"] = "update", ["state"] = new JsonObject { ["value"] = 2 } });
        Thread.Sleep(100);
        _client.Send(_client.Control, "interrupt_request");
        Assert.Contains("was interrupted", Until(message => message.Type == "stream").Text("text"));
        Assert.Equal("2", Result("careful.Value"));
    }

    [Fact]
    public void AnInteractionShowsTheNewestAndStopsWhatIsOvertaken()
    {
        string id = Open("""
            Interact((int size, System.Threading.CancellationToken stop) =>
            {
                Console.WriteLine($"begin {size}");
                if (size == 7)
                    stop.WaitHandle.WaitOne();
                return $"end {size}";
            }, (1, 9));
            """, out _, "IntSliderModel");
        Say(id, new() { ["method"] = "update", ["state"] = new JsonObject { ["value"] = 7 } });
        Until(message => Shown(message).Contains("begin 7"));
        Say(id, new() { ["method"] = "update", ["state"] = new JsonObject { ["value"] = 8 } });
        var last = Until(message => Shown(message).Contains("end 8"));
        Assert.DoesNotContain("7", Shown(last));
    }

    [Fact]
    public void ASliderChangesTheWeightOfASynthesisThatRunsAndThePictureFollows()
    {
        string code = _client.Execute("""
            #r "StyleLab"
            using StyleLab;
            var network = LossNetwork.Load("vgg19-slim");
            var content = Picture.Noise(32, 32, seed: 1, (0.2f, 0.4f, 0.7f), sigma: 0.2);
            var now = content;
            var picture = Widgets.Image(content);
            var weights = new List<double>();
            display(picture);
            Interact(async (double contentWeight, System.Threading.CancellationToken stop) =>
            {
                weights.Add(contentWeight);
                var run = network.Synthesize(contentWeight * Loss.Content(content) + Loss.TotalVariation(), Start.From(now), Optimizer.Adam(steps: 1_000_000));
                await foreach (var step in run.WithCancellation(stop))
                    picture.Show(now = step.Picture);
            }, (0.0, 4.0));
            """);
        string id = Until(message => message.Type == "comm_open" && (string?)message.Content["data"]!["state"]!["_model_name"] == "FloatSliderModel").Text("comm_id");
        for (int i = 0; i < 3; i++)
            Picture();
        string drag = Say(id, new() { ["method"] = "update", ["state"] = new JsonObject { ["value"] = 3.5 } });
        Until(message => message.ParentId == drag && State(message) == "idle");
        for (int i = 0; i < 3; i++)
            Picture();
        _client.Send(_client.Control, "interrupt_request");
        var reply = _client.Receive(_client.Shell);
        Assert.Equal((code, "Interrupted"), (reply.ParentId, reply.Text("ename")));
        Assert.Equal("[ 2, 3.5 ]", Result("weights"));

        void Picture() => Until(message => message.Buffers.Length == 1 && (string?)message.Content["data"]?["buffer_paths"]?[0]?[0] == "value");
    }

    [Fact]
    public void TheFrontEndOfIpywidgets6IsSpokenToAsItWants()
    {
        using var old = new KernelFixture();
        var client = old.Connect();
        var version = client.OutputsOf(client.Send(client.Shell, "comm_open", new()
        {
            ["comm_id"] = "v", ["target_name"] = "jupyter.widget.version", ["data"] = new JsonObject(),
        }));
        Assert.Equal("^2.1.0", (string?)Assert.Single(version, message => message.Type == "comm_msg").Content["data"]!["version"]);
        var (_, outputs) = client.Run("""
            var chosen = Widgets.Dropdown(new[] { "cat", "dog" });
            Widgets.VBox(chosen, Widgets.Image(new byte[] { 0xFF, 0xD8, 1 }), Widgets.Output())
            """);
        var fields = outputs.Where(message => message.Type == "comm_open").Select(open => (Id: open.Text("comm_id"), Data: open.Content["data"]!)).ToList();
        Assert.All(fields, field => Assert.Equal("jupyter-js-widgets", (string?)field.Data["_model_module"]));
        var dropdown = fields.Single(field => (string?)field.Data["_model_name"] == "DropdownModel");
        Assert.Equal("cat", (string?)dropdown.Data["value"]);
        Assert.Equal("@jupyter-widgets/controls", (string?)dropdown.Data["state"]!["_model_module"]);
        Assert.Equal("/9gB", (string?)fields.Single(field => (string?)field.Data["_model_name"] == "ImageModel").Data["_b64value"]);
        Assert.Single(fields, field => (string?)field.Data["_model_name"] == "HTMLModel");
        Assert.Single(outputs, message => (string?)message.Content["data"]?["method"] == "display");

        client.OutputsOf(client.Send(client.Shell, "comm_msg", new()
        {
            ["comm_id"] = dropdown.Id,
            ["data"] = new JsonObject { ["method"] = "backbone", ["sync_data"] = new JsonObject { ["value"] = "dog" } },
        }));
        Assert.Equal("dog", (string?)client.Run("chosen.Value").Outputs.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]);
    }

    /// <summary>A kernel for all of these tests.</summary>
    public sealed class OneKernel : IDisposable
    {
        public KernelFixture Kernel { get; } = new();

        public void Dispose() => Kernel.Dispose();
    }

    private static string? Method(KernelMessage message) => message.Type == "comm_msg" ? (string?)message.Content["data"]!["method"] : null;

    private static string? State(KernelMessage message) => message.Type == "status" ? message.Text("execution_state") : null;

    /// <summary>What an update puts into an output widget.</summary>
    private static string Shown(KernelMessage message) => message.Content["data"]?["state"]?["outputs"]?.ToJsonString() ?? "";

    private List<KernelMessage> Run(string code)
    {
        var (reply, outputs) = _client.Run(code);
        Assert.True((string?)reply["status"] == "ok", reply.ToJsonString());
        return outputs;
    }

    /// <summary>Runs a cell that displays widgets and gives the id of the first of that class, or of the one that was displayed last.</summary>
    private string Open(string code, out string cell, string? model = null)
    {
        var outputs = Run(code);
        cell = outputs[0].ParentId!;
        return model is null
            ? (string)outputs.Last(output => output.Type == "display_data").Content["data"]![View]!["model_id"]!
            : outputs.First(output => output.Type == "comm_open" && (string?)output.Content["data"]!["state"]!["_model_name"] == model).Text("comm_id");
    }

    private string Say(string id, JsonObject data) => _client.Send(_client.Shell, "comm_msg", new() { ["comm_id"] = id, ["data"] = data });

    private string? Result(string expression) => (string?)Run(expression).Single(output => output.Type == "execute_result").Content["data"]!["text/plain"];

    private KernelMessage Until(Func<KernelMessage, bool> isIt)
    {
        while (true)
        {
            var message = _client.Receive(_client.Iopub);
            if (isIt(message))
                return message;
        }
    }
}
