using System.Text.Json.Nodes;
using StyleLab.Jupyter.Tests.Zmtp;

namespace StyleLab.Jupyter.Tests;

/// <summary>What front ends send, in the order in which they send it.</summary>
public sealed class FrontEndTests : IDisposable
{
    private readonly KernelFixture _kernel = new();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void JupyterLabOpensANotebookWithAConsoleBesideIt()
    {
        // The server asks on both channels before it lets the page in, without waiting for answers.
        var lab = _kernel.Connect("lab");
        string[] nudges = [lab.Send(lab.Shell, "kernel_info_request"), lab.Send(lab.Control, "kernel_info_request"), lab.Send(lab.Shell, "kernel_info_request")];
        Assert.Equal(nudges[1], lab.Receive(lab.Control).ParentId);
        Assert.Equal(nudges[0], lab.Receive(lab.Shell).ParentId);
        Assert.Equal(nudges[2], lab.Receive(lab.Shell).ParentId);

        // The page: who are you, which widgets are there.
        Assert.Equal("ok", (string?)lab.Ask("kernel_info_request")["status"]);
        Assert.Empty(lab.Ask("comm_info_request", new() { ["target_name"] = "jupyter.widget" })["comms"]!.AsObject());

        // A cell: its whole metadata comes along, with times asked for.
        var metadata = new JsonObject
        {
            ["trusted"] = true, ["tags"] = new JsonArray("parameters"), ["recordTiming"] = true,
            ["deletedCells"] = new JsonArray("gone"), ["cellId"] = "0f4c3a52-8a8e-4a6e-9d8a-2f8f6b1c7a11",
            ["execution"] = new JsonObject { ["iopub.status.busy"] = "2026-01-01T00:00:00Z" },
        };
        JsonObject Options() => new()
        {
            ["silent"] = false, ["store_history"] = true, ["user_expressions"] = new JsonObject(), ["allow_stdin"] = true, ["stop_on_error"] = true,
        };
        var (reply, outputs) = lab.Run("var x = 20; x + 1", Options(), metadata);
        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Contains(outputs, o => o.Type == "execute_result" && (string?)o.Content["data"]!["text/plain"] == "21");

        // The console of the same notebook asks for what was run, completes and inspects while it is typed in.
        var console = _kernel.Connect("console");
        var history = console.Ask("history_request", new()
        {
            ["output"] = false, ["raw"] = true, ["hist_access_type"] = "tail", ["n"] = 500,
        })["history"]!.AsArray();
        Assert.Equal("var x = 20; x + 1", (string?)history[^1]![2]);
        Assert.Equal("complete", (string?)console.Ask("is_complete_request", new() { ["code"] = "x" })["status"]);
        Assert.Contains("x", console.Ask("complete_request", new() { ["code"] = "x", ["cursor_pos"] = 1 })["matches"]!.AsArray().Select(match => (string?)match));
        Assert.True((bool)console.Ask("inspect_request", new() { ["code"] = "x", ["cursor_pos"] = 1, ["detail_level"] = 0 })["found"]!);

        // Each sees what the other runs.
        string theirs = console.Execute("x * 2", Options());
        Assert.Equal(theirs, console.Receive(console.Shell).ParentId);
        Assert.Contains(lab.OutputsOf(theirs), o => o.Type == "execute_result" && (string?)o.Content["data"]!["text/plain"] == "40");
    }

    [Fact]
    public void VisualStudioCodeAsksBeforeItSubscribesAndGoesOnAfterAnError()
    {
        // All channels are opened at once; the first request is there before the subscription.
        using var shell = RawPeer.Connected(JupyterClient.At(_kernel.Connection.ShellPort), "DEALER", "code");
        var code = _kernel.Connect("sender");
        string first = code.Send(shell, "kernel_info_request");
        Assert.Equal(["busy", "idle"], code.OutputsOf(first).Select(o => o.Text("execution_state")));
        Assert.Equal(first, code.Receive(shell).ParentId);

        // Cells are named by their document; a failing one does not hold up the queue.
        JsonObject Metadata(int cell, string language) => new()
        {
            ["cellId"] = $"vscode-notebook-cell:/notebooks/a%20b.ipynb#W{cell}sZmlsZQ%3D%3D",
            ["vscode"] = new JsonObject { ["languageId"] = "csharp" },
            ["polyglot_notebook"] = new JsonObject { ["kernelName"] = language },
            ["dotnet_interactive"] = new JsonObject { ["language"] = language },
        };
        JsonObject Options() => new()
        {
            ["silent"] = false, ["store_history"] = true, ["user_expressions"] = new JsonObject(), ["allow_stdin"] = true, ["stop_on_error"] = false,
        };
        string[] cells =
        [
            code.Execute("throw new Exception();", Options(), Metadata(0, "csharp")),
            code.Execute("*m*", Options(), Metadata(1, "markdown")),
            code.Execute("1 + 1", Options(), Metadata(2, "csharp")),
        ];
        Assert.Equal(
            [(cells[0], "error"), (cells[1], "ok"), (cells[2], "ok")],
            cells.Select(_ => code.Receive(code.Shell)).Select(reply => (reply.ParentId, reply.Text("status"))));
        Assert.Contains(code.OutputsOf(cells[1]), o => (string?)o.Content["data"]?["text/markdown"] == "*m*");

        // The variable view asks silently, outside of the history.
        var (asked, outputs) = code.Run("1", new() { ["silent"] = true, ["store_history"] = false, ["user_expressions"] = new JsonObject { ["n"] = "2 + 2" } });
        Assert.Equal("4", (string?)asked["user_expressions"]!["n"]!["data"]!["text/plain"]);
        Assert.All(outputs, o => Assert.Equal("status", o.Type));
    }

    [Fact]
    public void AClientOfAnOlderProtocolThatSendsLittleIsAnswered()
    {
        var old = _kernel.Connect("old");
        string id = old.Send(old.Shell, "execute_request", new() { ["code"] = "3 * 4" });
        var reply = old.Receive(old.Shell);
        Assert.Equal((id, "ok", 1), (reply.ParentId, reply.Text("status"), (int)reply.Content["execution_count"]!));
        Assert.Contains(old.OutputsOf(id), o => (string?)o.Content["data"]?["text/plain"] == "12");
        Assert.Equal("ok", (string?)old.Ask("complete_request", new() { ["code"] = "Math.A" })["status"]);
    }
}
