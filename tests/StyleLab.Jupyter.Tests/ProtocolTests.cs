using System.Text.Json.Nodes;
using StyleLab.Jupyter.Tests.Zmtp;

namespace StyleLab.Jupyter.Tests;

public sealed class ProtocolTests : IDisposable
{
    private readonly KernelFixture _kernel = new();
    private readonly JupyterClient _client;

    public ProtocolTests() => _client = _kernel.Connect();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void TheKernelIntroducesItself()
    {
        var info = _client.Ask("kernel_info_request");
        Assert.Equal("5.3", (string?)info["protocol_version"]);
        Assert.Equal("stylelab", (string?)info["implementation"]);
        var language = info["language_info"]!;
        Assert.Equal(("C#", ".cs", "csharp", "text/x-csharp"),
            ((string?)language["name"], (string?)language["file_extension"], (string?)language["pygments_lexer"], (string?)language["mimetype"]));
    }

    [Fact]
    public void WhoIsThereBeforeTheFirstRequestSeesTheKernelStart()
    {
        _client.Ask("kernel_info_request");
        var late = _kernel.Connect("late");
        late.Ask("kernel_info_request");
        Assert.Equal((1, 0), (_client.TimesStarting, late.TimesStarting));
    }

    [Fact]
    public void EveryRequestIsBusyAndIdleAlsoOnControlAndWhenNobodyKnowsIt()
    {
        foreach (var (channel, type) in new[] { (_client.Shell, "kernel_info_request"), (_client.Control, "kernel_info_request"), (_client.Shell, "future_request") })
        {
            string id = _client.Send(channel, type);
            Assert.Equal(["busy", "idle"], _client.OutputsOf(id).Select(o => o.Text("execution_state")));
        }
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    public void AnInterruptStopsTheCellAndKeepsItsState(string endless)
    {
        string cell = _client.Execute($"var kept = 17; Console.WriteLine(\"begun\"); {endless}");
        while (_client.Receive(_client.Iopub).Type != "stream")
        {
        }

        // Control is served while the cell runs.
        _client.Send(_client.Control, "kernel_info_request");
        Assert.Equal("kernel_info_reply", _client.Receive(_client.Control).Type);
        _client.Send(_client.Control, "interrupt_request");
        Assert.Equal("ok", (string?)_client.Receive(_client.Control).Content["status"]);

        var reply = _client.Receive(_client.Shell);
        Assert.Equal((cell, "error", "Interrupted"), (reply.ParentId, reply.Text("status"), reply.Text("ename")));
        Assert.Equal("ok", (string?)_client.Run("if (kept != 17) throw new Exception();").Reply["status"]);
    }

    [Fact]
    public void AnInterruptEndsASynthesisThatIsAwaitedAndItsPictureIsKept()
    {
        string cell = _client.Execute(
            """
            #r "StyleLab"
            using StyleLab;
            var run = LossNetwork.Load("vgg19-slim").Synthesize(
                Loss.Content(Picture.Noise(32, 32, seed: 1, (0.5f, 0.5f, 0.5f), sigma: 0.2)), Start.Noise(seed: 2), Optimizer.Adam(steps: 1_000_000));
            Console.WriteLine("begun");
            var result = await run;
            """);
        while (_client.Receive(_client.Iopub).Type != "stream")
        {
        }

        _client.Send(_client.Control, "interrupt_request");
        var reply = _client.Receive(_client.Shell);
        Assert.Equal((cell, "Interrupted"), (reply.ParentId, reply.Text("ename")));
        var kept = _client.Run("(result.Interrupted, result.Picture.Width)").Outputs.Single(o => o.Type == "execute_result");
        Assert.Equal("(True, 32)", (string?)kept.Content["data"]!["text/plain"]);
    }

    [Fact]
    public void ACellThatDoesNotStopSaysSoIsForcedByASecondInterruptAndThenNeedsARestartWhichAThirdBrings()
    {
        using var released = new ManualResetEventSlim();
        AppContext.SetData("released", released);
        _client.Execute(
            """
            var released = (System.Threading.ManualResetEventSlim)AppContext.GetData("released");
            try { Console.WriteLine("begun"); }
            finally { while (!released.IsSet) { } }
            """);
        while (_client.Receive(_client.Iopub).Type != "stream")
        {
        }

        _client.Send(_client.Control, "interrupt_request");
        Assert.Equal("interrupt_reply", _client.Receive(_client.Control).Type);

        // A press before the user has read what a second one means changes nothing.
        _client.Send(_client.Control, "interrupt_request");
        Assert.Equal("interrupt_reply", _client.Receive(_client.Control).Type);
        while (!(_client.Receive(_client.Iopub) is { Type: "stream" } said && said.Text("text").Contains("does not stop yet", StringComparison.Ordinal)))
        {
        }

        _client.Send(_client.Control, "interrupt_request");
        Assert.Equal("interrupt_reply", _client.Receive(_client.Control).Type);
        Assert.Contains("Only a restart of the kernel helps", _client.Receive(_client.Shell).Text("evalue"), StringComparison.Ordinal);
        var (reply, outputs) = _client.Run("1 + 1");
        Assert.Equal("error", (string?)reply["status"]);
        Assert.Contains(outputs, o => o.Type == "stream" && o.Text("text").StartsWith("Press stop once more to end this kernel", StringComparison.Ordinal));

        _client.Send(_client.Control, "interrupt_request");
        Assert.Equal("interrupt_reply", _client.Receive(_client.Control).Type);
        Assert.True(_kernel.HasEnded());
        released.Set();
    }

    [Fact]
    public void AnInterruptWithoutACellDoesNothing()
    {
        _client.Send(_client.Control, "interrupt_request");
        Assert.Equal("ok", (string?)_client.Receive(_client.Control).Content["status"]);
        Assert.Equal("ok", (string?)_client.Run("1").Reply["status"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AShutdownIsAnsweredAndEndsTheKernel(bool restart)
    {
        string id = _client.Send(_client.Control, "shutdown_request", new() { ["restart"] = restart });
        var reply = _client.Receive(_client.Control);
        Assert.Equal(("shutdown_reply", restart), (reply.Type, (bool)reply.Content["restart"]!));
        Assert.Equal(2, _client.OutputsOf(id).Count);
        Assert.True(_kernel.HasEnded());
    }

    [Fact]
    public void AnOldClientMayShutDownOnShell()
    {
        _client.Send(_client.Shell, "shutdown_request", new() { ["restart"] = false });
        Assert.Equal("shutdown_reply", _client.Receive(_client.Shell).Type);
        Assert.True(_kernel.HasEnded());
    }

    [Fact]
    public void AMessageWithAWrongSignatureIsIgnored()
    {
        _client.Send(_client.Shell, "kernel_info_request", key: "another key");
        _client.Shell.SendMessage("<IDS|MSG>"u8.ToArray(), [], "{}"u8.ToArray());
        _client.Shell.SendMessage("nothing"u8.ToArray());
        string id = _client.Send(_client.Shell, "kernel_info_request");
        Assert.Equal(id, _client.Receive(_client.Shell).ParentId);
        Assert.Equal(id, _client.Receive(_client.Iopub).ParentId);
    }

    [Fact]
    public void SeveralClientsShareTheStateAndTheOutputsButGetTheirOwnReplies()
    {
        var other = _kernel.Connect("other");
        string mine = _client.Execute("var shared = 1; Console.WriteLine(shared);");
        Assert.Equal(mine, _client.Receive(_client.Shell).ParentId);
        string theirs = other.Execute("Console.WriteLine(shared + 1);");
        Assert.Equal(theirs, other.Receive(other.Shell).ParentId);
        Assert.False(_client.Shell.HasInput(100));

        foreach (var client in (JupyterClient[])[_client, other])
        {
            Assert.Contains(client.OutputsOf(mine), o => o.Type == "stream" && o.Text("text") == "1\n");
            Assert.Contains(client.OutputsOf(theirs), o => o.Type == "stream" && o.Text("text") == "2\n");
        }
    }

    [Fact]
    public void AClientThatSubscribesAfterItsFirstRequestMissesNothing()
    {
        _client.Ask("kernel_info_request");
        using var shell = RawPeer.Connected(JupyterClient.At(_kernel.Connection.ShellPort), "DEALER", "hasty");
        string id = _client.Send(shell, "kernel_info_request");
        using var iopub = RawPeer.Connected(JupyterClient.At(_kernel.Connection.IopubPort), "SUB");
        iopub.SendCommand("SUBSCRIBE");
        Assert.Equal("busy", _client.Receive(_client.Iopub).Text("execution_state"));
        var frames = iopub.ReceiveMessage();
        Assert.Contains(id, System.Text.Encoding.UTF8.GetString(frames[4]), StringComparison.Ordinal);
        Assert.Contains("busy", System.Text.Encoding.UTF8.GetString(frames[6]), StringComparison.Ordinal);
    }

    [Fact]
    public void ACommForATargetNobodyKnowsIsClosed()
    {
        string id = _client.Send(_client.Shell, "comm_open", new() { ["comm_id"] = "c1", ["target_name"] = "unknown", ["data"] = new JsonObject() });
        Assert.Equal("c1", Assert.Single(_client.OutputsOf(id), o => o.Type == "comm_close").Text("comm_id"));
        Assert.Empty(_client.Ask("comm_info_request")["comms"]!.AsObject());
    }

    [Fact]
    public void ACellTalksToAWidget()
    {
        _client.Run("""
            #r "StyleLab.Jupyter"
            using StyleLab.Jupyter;
            using System.Text.Json.Nodes;
            Comms.Current.Register("echo", (comm, first) =>
            {
                comm.Received = data => { Console.WriteLine($"got {data["n"]}"); comm.Send(new JsonObject { ["n"] = (int)data["n"] + 1 }); };
                comm.Send(new JsonObject { ["hello"] = first["name"]?.DeepClone() });
            });
            """);
        var open = _client.OutputsOf(_client.Send(_client.Shell, "comm_open", new()
        {
            ["comm_id"] = "c2", ["target_name"] = "echo", ["data"] = new JsonObject { ["name"] = "w" },
        }), anyParent: true);
        Assert.Equal("w", (string?)Assert.Single(open, o => o.Type == "comm_msg").Content["data"]!["hello"]);
        Assert.Equal("echo", (string?)_client.Ask("comm_info_request")["comms"]!["c2"]!["target_name"]);

        var answer = _client.OutputsOf(_client.Send(_client.Shell, "comm_msg", new()
        {
            ["comm_id"] = "c2", ["data"] = new JsonObject { ["n"] = 4 },
        }), anyParent: true);
        Assert.Equal(5, (int)Assert.Single(answer, o => o.Type == "comm_msg").Content["data"]!["n"]!);

        _client.OutputsOf(_client.Send(_client.Shell, "comm_close", new() { ["comm_id"] = "c2", ["data"] = new JsonObject() }));
        Assert.Empty(_client.Ask("comm_info_request")["comms"]!.AsObject());
    }

    [Fact]
    public void AConversationCarriesMetadataAndBytesAndBelongsToItsCell()
    {
        var (reply, outputs) = _client.Run("""
            #r "StyleLab.Jupyter"
            using StyleLab.Jupyter;
            using System.Text.Json.Nodes;
            var comm = Comms.Current.Start("jupyter.widget", new JsonObject { ["state"] = new JsonObject() }, new JsonObject { ["version"] = "2.1.0" }, [1, 2], [3]);
            comm.ReceivedWithBuffers = (data, buffers) => comm.Send(new JsonObject { ["sum"] = buffers.Sum(bytes => bytes.Sum(b => b)) + (int)data["n"] });
            """);
        Assert.Equal("ok", (string?)reply["status"]);
        var open = Assert.Single(outputs, output => output.Type == "comm_open");
        Assert.Equal("2.1.0", (string?)open.Metadata["version"]);
        Assert.Equal([[1, 2], [3]], open.Buffers);

        string id = _client.Send(_client.Shell, "comm_msg", new()
        {
            ["comm_id"] = open.Content["comm_id"]!.DeepClone(), ["data"] = new JsonObject { ["n"] = 4 },
        }, buffers: [[5, 6], [7]]);
        var answer = Assert.Single(_client.OutputsOf(id, anyParent: true), output => output.Type == "comm_msg");
        Assert.Equal(22, (int)answer.Content["data"]!["sum"]!);
        Assert.Equal(open.ParentId, answer.ParentId);
    }

    [Theory]
    [InlineData("Console.WriteLine(", "incomplete")]
    [InlineData("var a = 1;", "complete")]
    [InlineData("a = = 1", "invalid")]
    public void CompletenessOfACellIsTold(string code, string status) =>
        Assert.Equal(status, (string?)_client.Ask("is_complete_request", new() { ["code"] = code })["status"]);

    [Fact]
    public void CompletionsCountTheCursorInCodePoints()
    {
        // The emoji is one code point but two UTF-16 units.
        const string code = "var s = \"🌊\"; Math.Ab";
        var reply = _client.Ask("complete_request", new() { ["code"] = code, ["cursor_pos"] = code.Length - 1 });
        Assert.Equal(["Abs"], reply["matches"]!.AsArray().Select(m => (string)m!));
        Assert.Equal((code.Length - 3, code.Length - 1), ((int)reply["cursor_start"]!, (int)reply["cursor_end"]!));
        var typed = reply["metadata"]!["_jupyter_types_experimental"]!.AsArray()[0]!;
        Assert.Equal(("Abs", "function", code.Length - 3), ((string?)typed["text"], (string?)typed["type"], (int)typed["start"]!));
    }

    [Theory]
    [InlineData("LossN", "LossNetwork")]
    [InlineData("Pictu", "Picture")]
    [InlineData("Meas", "Measure")]
    [InlineData("Start", "Start")]
    [InlineData("Convention.Gat", "Gatys")]
    [InlineData("Synth", "SynthesisResult")]
    [InlineData("Experiments.TextureSynthesis(steps", "TextureSynthesis")]
    public void TabKnowsTheLibraryThatAnEarlierCellReferences(string code, string expected)
    {
        _client.Run("#r \"StyleLab\"\nusing StyleLab;");
        if (code.Contains('('))
        {
            var reply = _client.Ask("inspect_request", new() { ["code"] = code, ["cursor_pos"] = code.Length, ["detail_level"] = 0 });
            Assert.Contains(expected, (string?)reply["data"]!["text/plain"], StringComparison.Ordinal);
            return;
        }

        var matches = _client.Ask("complete_request", new() { ["code"] = code, ["cursor_pos"] = code.Length })["matches"]!.AsArray();
        Assert.Contains(expected, matches.Select(match => (string?)match));
    }

    [Fact]
    public void InspectionShowsTheSignature()
    {
        var reply = _client.Ask("inspect_request", new() { ["code"] = "Math.Sqrt(2)", ["cursor_pos"] = 7, ["detail_level"] = 0 });
        Assert.True((bool)reply["found"]!);
        Assert.Contains("Sqrt(double", (string?)reply["data"]!["text/plain"], StringComparison.Ordinal);
        Assert.False((bool)_client.Ask("inspect_request", new() { ["code"] = "   ", ["cursor_pos"] = 1 })["found"]!);
    }
}
