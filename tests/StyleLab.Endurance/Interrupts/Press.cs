using StyleLab.Cli.Parsing;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using StyleLab.Jupyter.Tests;
using Xunit.Sdk;

namespace StyleLab.Endurance.Interrupts;

/// <summary>What became of one press.</summary>
internal enum Outcome
{
    /// <summary>The cell ended as interrupted, its variables are there, and the next cell ran.</summary>
    Stopped,

    /// <summary>The cell said that it cannot be stopped; when it returned it was stopped as above.</summary>
    Told,

    /// <summary>The kernel goes on, but not all is as it should be.</summary>
    Wrong,

    /// <summary>The process has ended, or does not answer any more.</summary>
    Died,
}

/// <summary>One press of the stop button, and what became of it.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Time">From the press to the end of the cell, or to the sentence.</param>
/// <param name="Note">What was wrong.</param>
internal sealed record Press(Outcome Outcome, TimeSpan Time, string? Note = null)
{
    private const string Sentence = "does not stop yet";

    /// <summary>Runs a cell, presses stop while it is busy, and looks at what is left.</summary>
    /// <param name="kernel">Runs it.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="number">How many presses this kernel has seen.</param>
    /// <param name="after">How long the cell is busy before.</param>
    public static Press Run(KernelProcess kernel, BusyCell cell, int number, TimeSpan after)
    {
        try
        {
            return Try(kernel.Client, cell, number, after);
        }
        catch (Exception failed) when (failed is SocketException or XunitException or IOException)
        {
            string what = kernel.HasDied ? $"exit code {kernel.ExitCode}: {kernel.Errors.Result.Trim()}" : $"no answer: {failed.Message}";
            return new Press(Outcome.Died, TimeSpan.Zero, what.Length > 600 ? what[..600] : what);
        }
    }

    private static Press Try(JupyterClient client, BusyCell cell, int number, TimeSpan after)
    {
        string id = client.Execute($"var press{number} = {number}; Console.Error.Write(\"go\");\n{cell.Code}", new JsonObject { ["stop_on_error"] = false });
        while (!TextOf(client.Receive(client.Iopub), id).Contains("go", StringComparison.Ordinal))
        {
        }

        Thread.Sleep(after);
        var clock = Stopwatch.StartNew();
        client.Send(client.Control, "interrupt_request");
        string said = "";
        TimeSpan? told = null, ended = null;
        while (ended == null)
        {
            var message = client.Receive(client.Iopub);
            said += TextOf(message, id);
            if (told == null && said.Contains(Sentence, StringComparison.Ordinal))
                told = clock.Elapsed;
            if (said.Length > 1_000_000)
                said = "";
            if (message.ParentId == id && message.Type == "status" && message.Text("execution_state") == "idle")
                ended = clock.Elapsed;
        }

        client.Receive(client.Control);
        var reply = client.Receive(client.Shell).Content;
        var (next, outputs) = client.Run($"$\"{{earlier}} {{press{number}}}\"");
        string left = outputs.Find(message => message.Type == "execute_result")?.Content["data"]?["text/plain"]?.ToString() ?? "";

        if ((string?)reply["ename"] != "Interrupted")
            return new Press(Outcome.Wrong, ended.Value, $"the cell ended with {reply["ename"]}: {reply["evalue"]}");
        if ((string?)next["status"] != "ok" || left != $"here {number}")
            return new Press(Outcome.Wrong, ended.Value, $"the next cell gave '{left}' {next["evalue"]}");
        return told == null ? new Press(Outcome.Stopped, ended.Value) : new Press(Outcome.Told, told.Value);
    }

    private static string TextOf(KernelMessage message, string id) =>
        message.ParentId == id && message.Type == "stream" ? message.Text("text") : "";
}
