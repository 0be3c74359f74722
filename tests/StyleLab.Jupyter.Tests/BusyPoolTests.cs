using StyleLab.Jupyter.Tests.Zmtp;

namespace StyleLab.Jupyter.Tests;

/// <summary>Alone, because the kernels of all tests share the threads of this process: the others would wait for theirs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}

[Collection(AloneCollection.Name)]
public sealed class BusyPoolTests : IDisposable
{
    private readonly KernelFixture _kernel = new();
    private readonly JupyterClient _client;

    public BusyPoolTests() => _client = _kernel.Connect();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void TheHeartbeatAnswersWhileACellTakesEveryThread()
    {
        _client.Execute("Console.WriteLine(\"begun\"); Parallel.For(0, 64, i => System.Threading.Thread.Sleep(3000));");
        while (_client.Receive(_client.Iopub).Type != "stream")
        {
        }

        using var heart = RawPeer.Connected(JupyterClient.At(_kernel.Connection.HeartbeatPort), "REQ");
        for (int i = 0; i < 5; i++)
        {
            heart.SendMessage([], "ping"u8.ToArray());
            Assert.Equal("ping"u8.ToArray(), heart.ReceiveMessage()[1]);
        }

        _client.Send(_client.Control, "interrupt_request");
        Assert.Equal("interrupt_reply", _client.Receive(_client.Control).Type);
    }

    [Fact]
    public void CellsRunPrintAndStopWhileWorkOfAnEarlierOneTakesEveryThread()
    {
        using var released = new ManualResetEventSlim();
        AppContext.SetData("pool released", released);
        _client.Run(
            """
            var released = (System.Threading.ManualResetEventSlim)AppContext.GetData("pool released");
            for (int i = 0; i < 500; i++)
                _ = Task.Run(() => released.Wait());
            """);
        try
        {
            for (int i = 0; i < 5; i++)
                Assert.Contains(_client.Run($"Console.WriteLine({i});").Outputs, o => o.Type == "stream" && o.Text("text") == $"{i}\n");

            string endless = _client.Execute("Console.WriteLine(\"begun\"); while (true) { }");
            while (_client.Receive(_client.Iopub) is not { Type: "stream" } begun || begun.ParentId != endless)
            {
            }

            _client.Send(_client.Control, "interrupt_request");
            Assert.Equal("interrupt_reply", _client.Receive(_client.Control).Type);
            Assert.Equal("Interrupted", _client.Receive(_client.Shell).Text("ename"));
            Assert.Equal("ok", (string?)_client.Run("1 + 1").Reply["status"]);
            Assert.True(ThreadPool.PendingWorkItemCount > 0, "The pool had threads to spare, so nothing was tested.");
        }
        finally
        {
            released.Set();
        }

        // Errors name their line again once the pool is free.
        Assert.True(SpinWait.SpinUntil(() => ThreadPool.PendingWorkItemCount == 0, TimeSpan.FromSeconds(60)));
        var (failed, _) = _client.Run("var a = new int[2];\na[2] = 1;");
        Assert.EndsWith(", line 2", (string?)failed["traceback"]!.AsArray()[^1], StringComparison.Ordinal);
    }
}
