using System.Text.Json.Nodes;

namespace StyleLab.Jupyter.Tests;

public sealed class ExecuteTests : IDisposable
{
    private readonly KernelFixture _kernel = new();
    private readonly JupyterClient _client;

    public ExecuteTests() => _client = _kernel.Connect();

    private string GoFile => Path.Combine(_kernel.Folder, "go");

    private string WaitForGo => $"while (!System.IO.File.Exists(@\"{GoFile}\")) await Task.Delay(10); ";

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void ACellIsBusyThenShowsItsInputAndOutputsThenIsIdle()
    {
        var (reply, outputs) = _client.Run("Console.Write(\"hello, \"); Console.WriteLine(\"world\"); 6 * 7");

        Assert.Equal(["status", "execute_input", "stream", "execute_result", "status"], outputs.Select(o => o.Type));
        Assert.Equal("busy", outputs[0].Text("execution_state"));
        Assert.Equal("hello, world\n", outputs[2].Text("text"));
        Assert.Equal("42", (string?)outputs[3].Content["data"]!["text/plain"]);
        Assert.Equal(1, (int)outputs[3].Content["execution_count"]!);
        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Equal(1, (int)reply["execution_count"]!);
        Assert.Empty(reply["payload"]!.AsArray());
        Assert.Empty(reply["user_expressions"]!.AsObject());
    }

    [Fact]
    public void TheParentHeaderComesBackUnchanged()
    {
        var (_, outputs) = _client.Run("1");
        Assert.All(outputs, output => Assert.Equal("ä", (string?)output.Parent["something_new"]));
    }

    [Fact]
    public void ASilentCellSaysNothingAndIsNotCounted()
    {
        var (reply, outputs) = _client.Run("var x = 3; x", new() { ["silent"] = true });
        Assert.Equal("ok", (string?)reply["status"]);
        Assert.All(outputs, output => Assert.Equal("status", output.Type));
        Assert.Equal(1, (int)_client.Run("x").Reply["execution_count"]!);
        Assert.Empty(History("x = 3"));
    }

    [Fact]
    public void ACellThatIsNotStoredIsShownButNotCounted()
    {
        for (int i = 0; i < 3; i++)
        {
            var (reply, outputs) = _client.Run("var y = 5; y", new() { ["store_history"] = false });
            Assert.Equal("ok", (string?)reply["status"]);
            Assert.Contains(outputs, o => o.Type == "execute_result");
        }

        Assert.Equal(1, (int)_client.Run("y").Reply["execution_count"]!);
        Assert.Empty(History("y = 5"));
    }

    [Fact]
    public void ExpressionsAreEvaluatedAfterTheCell()
    {
        var asked = new JsonObject { ["good"] = "z + 1", ["bad"] = "nothing_of_that_name" };
        var values = _client.Run("var z = 1;", new() { ["user_expressions"] = asked }).Reply["user_expressions"]!;
        Assert.Equal("ok", (string?)values["good"]!["status"]);
        Assert.Equal("2", (string?)values["good"]!["data"]!["text/plain"]);
        Assert.Equal("error", (string?)values["bad"]!["status"]);
        Assert.Equal(2, (int)_client.Run("1").Reply["execution_count"]!);
    }

    [Fact]
    public void AnErrorIsOneOutputThatEndsAtTheLineOfTheCell()
    {
        var (reply, outputs) = _client.Run("var a = new int[2];\na[2] = 1;");
        var error = Assert.Single(outputs, o => o.Type is not ("status" or "execute_input"));
        Assert.Equal("error", error.Type);
        Assert.Equal("error", (string?)reply["status"]);
        Assert.Equal("IndexOutOfRangeException", (string?)reply["ename"]);
        Assert.EndsWith("Cell 1, line 2", (string?)reply["traceback"]!.AsArray()[^1], StringComparison.Ordinal);
        Assert.Equal("2", ResultOf("a.Length"));
    }

    [Fact]
    public void CellsThatWaitBehindAnErrorAreNotRun()
    {
        // The first cell only fails when the others wait.
        _client.Execute(WaitForGo + "throw new Exception(\"stop here\");");
        string second = _client.Execute("Console.WriteLine(\"must not run\")");
        string third = _client.Execute("1");
        _client.Send(_client.Shell, "kernel_info_request");
        Thread.Sleep(1000);
        File.WriteAllText(GoFile, "");

        Assert.Equal("error", (string?)_client.Receive(_client.Shell).Content["status"]);
        Assert.Equal("aborted", (string?)_client.Receive(_client.Shell).Content["status"]);
        Assert.Equal("aborted", (string?)_client.Receive(_client.Shell).Content["status"]);
        Assert.Equal("kernel_info_reply", _client.Receive(_client.Shell).Type);
        Assert.Equal(["status", "status"], _client.OutputsOf(second).Select(o => o.Type));
        Assert.Equal(["status", "status"], _client.OutputsOf(third).Select(o => o.Type));
        Assert.Equal("2", ResultOf("1 + 1"));
    }

    [Fact]
    public void CellsBehindAnErrorRunIfTheClientWantsIt()
    {
        _client.Execute(WaitForGo + "throw new Exception(\"go on\");", new() { ["stop_on_error"] = false });
        _client.Execute("1");
        Thread.Sleep(1000);
        File.WriteAllText(GoFile, "");
        Assert.Equal("error", (string?)_client.Receive(_client.Shell).Content["status"]);
        Assert.Equal("ok", (string?)_client.Receive(_client.Shell).Content["status"]);
    }

    [Fact]
    public void ADisplayIsUpdatedUnderItsId()
    {
        var (_, outputs) = _client.Run("var d = display(1); d.Update(2); clear_output(wait: true);");
        Assert.Equal(["status", "execute_input", "display_data", "update_display_data", "clear_output", "status"], outputs.Select(o => o.Type));
        Assert.Equal((string?)outputs[2].Content["transient"]!["display_id"], (string?)outputs[3].Content["transient"]!["display_id"]);
        Assert.Equal("2", (string?)outputs[3].Content["data"]!["text/plain"]);
        Assert.True((bool)outputs[4].Content["wait"]!);
    }

    [Fact]
    public void MuchPrintedTextArrivesWholeUpToTheLimit()
    {
        const int lines = 100_000;
        var (_, outputs) = _client.Run($"for (int i = 0; i < {lines}; i++) Console.WriteLine(new string('x', 99));");
        var streams = outputs.Where(o => o.Type == "stream").ToList();
        Assert.Equal(100 * lines, streams.Sum(s => s.Text("text").Length));
        Assert.InRange(streams.Count, 1, 200);
    }

    [Fact]
    public void TextBeyondTheLimitIsCutAndThatIsSaid()
    {
        var (reply, outputs) = _client.Run("var line = new string('x', 1 << 20); for (int i = 0; i < 40; i++) Console.WriteLine(line);");
        Assert.Equal("ok", (string?)reply["status"]);
        var streams = outputs.Where(o => o.Type == "stream").ToList();
        Assert.InRange(streams.Where(s => s.Text("name") == "stdout").Sum(s => s.Text("text").Length), 9_000_000, 10_000_000);
        Assert.Contains("not shown", Assert.Single(streams, s => s.Text("name") == "stderr").Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatACellLeavesRunningStillBelongsToIt()
    {
        string id = _client.Execute($"_ = Task.Run(async () => {{ {WaitForGo} Console.WriteLine(\"later\"); }});");
        Assert.Equal("ok", (string?)_client.Receive(_client.Shell).Content["status"]);
        _client.OutputsOf(id);
        File.WriteAllText(GoFile, "");
        var late = _client.Receive(_client.Iopub);
        Assert.Equal(("stream", id, "later\n"), (late.Type, late.ParentId, late.Text("text")));
    }

    [Fact]
    public void AQuestionMarkBehindANameShowsHelp()
    {
        var (reply, outputs) = _client.Run("Math.Max?");
        var page = Assert.Single(reply["payload"]!.AsArray())!;
        Assert.Equal("page", (string?)page["source"]);
        Assert.NotEmpty((string)page["data"]!["text/plain"]!);
        Assert.All(outputs, output => Assert.Equal("status", output.Type));
    }

    [Fact]
    public void CellsOfOtherLanguagesAreToldByTheirMetadata()
    {
        var metadata = new JsonObject
        {
            ["dotnet_interactive"] = new JsonObject { ["language"] = "csharp" },
            ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "html" },
            ["cellId"] = "vscode-notebook-cell:/nb.ipynb#W0",
        };
        var (reply, outputs) = _client.Run("<b>bold</b>", metadata: metadata);
        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Contains(outputs, o => (string?)o.Content["data"]?["text/html"] is "<b>bold</b>");
    }

    private string? ResultOf(string code) =>
        (string?)_client.Run(code).Outputs.Single(o => o.Type == "execute_result").Content["data"]!["text/plain"];

    private JsonArray History(string part) => _client.Ask("history_request", new()
    {
        ["hist_access_type"] = "search", ["pattern"] = $"*{part}*", ["output"] = false, ["raw"] = true,
    })["history"]!.AsArray();
}
