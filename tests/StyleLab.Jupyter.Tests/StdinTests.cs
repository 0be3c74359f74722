namespace StyleLab.Jupyter.Tests;

public sealed class StdinTests : IDisposable
{
    private readonly KernelFixture _kernel = new();
    private readonly JupyterClient _client;

    public StdinTests() => _client = _kernel.Connect();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void ACellAsksItsOwnClientForALine()
    {
        var other = _kernel.Connect("other");
        string cell = _client.Execute("input(\"name: \")", new() { ["allow_stdin"] = true });
        var question = _client.Receive(_client.Stdin);
        Assert.Equal(("input_request", cell, "name: ", false),
            (question.Type, question.ParentId, question.Text("prompt"), (bool)question.Content["password"]!));
        Assert.False(other.Stdin.HasInput(100));

        other.Send(other.Stdin, "input_reply", new() { ["value"] = "not asked" });
        _client.Send(_client.Stdin, "input_reply", new() { ["value"] = "Ada" });
        Assert.Equal("ok", (string?)_client.Receive(_client.Shell).Content["status"]);
        Assert.Contains(_client.OutputsOf(cell), o => (string?)o.Content["data"]?["text/plain"] == "Ada");
    }

    [Fact]
    public void AnAnswerThatCameTooLateIsNoAnswerToTheNextQuestion()
    {
        _client.Send(_client.Stdin, "input_reply", new() { ["value"] = "stale" });
        _client.Run("1");
        string cell = _client.Execute("input()", new() { ["allow_stdin"] = true });
        _client.Receive(_client.Stdin);
        _client.Send(_client.Stdin, "input_reply", new() { ["value"] = "fresh" });
        _client.Receive(_client.Shell);
        Assert.Contains(_client.OutputsOf(cell), o => (string?)o.Content["data"]?["text/plain"] == "fresh");
    }

    [Fact]
    public void APasswordIsAskedForAsSuch()
    {
        _client.Execute("var secret = password(\"key: \");", new() { ["allow_stdin"] = true });
        Assert.True((bool)_client.Receive(_client.Stdin).Content["password"]!);
        _client.Send(_client.Stdin, "input_reply", new() { ["value"] = "x" });
        Assert.Equal("ok", (string?)_client.Receive(_client.Shell).Content["status"]);
    }

    [Fact]
    public void ACellThatWaitsForALineCanBeInterrupted()
    {
        _client.Execute("Console.ReadLine()", new() { ["allow_stdin"] = true });
        _client.Receive(_client.Stdin);
        _client.Send(_client.Control, "interrupt_request");
        Assert.Equal("Interrupted", _client.Receive(_client.Shell).Text("ename"));
    }

    [Fact]
    public void WhereNobodyCanAnswerAskingIsAnError()
    {
        var (reply, _) = _client.Run("input()");
        Assert.Equal("error", (string?)reply["status"]);
        Assert.Contains("cannot ask for input", (string?)reply["evalue"], StringComparison.Ordinal);
    }
}
