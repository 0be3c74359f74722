namespace StyleLab.Notebooks.Tests;

public sealed class InterruptTests : IDisposable
{
    private const string LiveRun =
        """
        class LiveRun : IObservable<int>
        {
            readonly TaskCompletionSource<string> result = new();
            public Task<string> Result => result.Task;
            public void Cancel() => result.TrySetResult("partial");
            public IDisposable Subscribe(IObserver<int> observer) => new MemoryStream();
        }

        """;

    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("while (true) try { System.Threading.Thread.Sleep(10); } catch (Exception) { }")]
    [InlineData("try { System.Threading.Thread.Sleep(-1); } catch { } new System.Threading.ManualResetEvent(false).WaitOne();")]
    [InlineData("Task.Run(() => System.Threading.Thread.Sleep(30000)).Wait();")]
    [InlineData("while (true) Console.Write('x');")]
    [InlineData("await Root.SubmitCodeAsync(\"while (true) { }\");")]
    [InlineData("await Root.SubmitCodeAsync(\"var sent = 1; System.Threading.Thread.Sleep(-1);\");")]
    public async Task A_runaway_cell_stops_and_its_state_stays(string runaway)
    {
        await _session.ValueAsync("var earlier = 1;");
        using var stop = new CancellationTokenSource();
        var cell = _session.RunAsync($"var inCell = earlier + 1; Console.Error.Write(\"go\");\n{runaway}", stop.Token);
        while (!Running())
            await Task.Delay(10, TestContext.Current.CancellationToken);
        stop.Cancel();

        var result = await cell.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.True(result.Status == CellStatus.Interrupted, string.Join('\n', result.Error?.Traceback ?? []));
        Assert.Equal("Interrupted", result.Error!.Name);
        Assert.Equal("Cell 2 was interrupted.", result.Error.Message);
        Assert.Equal(3, await _session.ValueAsync("earlier + inCell"));

        bool Running()
        {
            lock (_session.Outputs)
                return _session.Outputs.Count > 0;
        }
    }

    [Fact]
    public async Task What_the_cell_shows_live_is_cancelled_and_its_partial_result_is_kept()
    {
        await _session.ValueAsync(LiveRun + "var earlier = new LiveRun(); display(earlier);");
        using var stop = new CancellationTokenSource();
        var cell = _session.RunAsync("var run = new LiveRun(); display(run); Console.Error.Write(\"go\");\nvar steps = await run.Result; Console.Write(steps);", stop.Token);
        while (_session.Stderr.Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        stop.Cancel();
        var result = await cell.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.Equal("partial", _session.Stdout);
        Assert.Equal("partial", await _session.ValueAsync("steps"));
        Assert.Equal(false, await _session.ValueAsync("earlier.Result.IsCompleted"));
    }

    [Fact]
    public async Task A_live_value_that_does_not_end_is_stopped_all_the_same()
    {
        using var stop = new CancellationTokenSource();
        var cell = _session.RunAsync(LiveRun + "display(new LiveRun()); Console.Error.Write(\"go\"); while (true) { }", stop.Token);
        while (_session.Stderr.Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        stop.Cancel();
        Assert.Equal(CellStatus.Interrupted, (await cell.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task A_cell_that_watches_its_token_ends_by_itself()
    {
        using var stop = new CancellationTokenSource();
        var cell = _session.RunAsync(
            "var token = Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken; Console.Error.Write(\"go\"); int n = 0;\n" +
            "while (!token.IsCancellationRequested) n++;\nConsole.Write(\"tidy\");", stop.Token);
        while (_session.Stderr.Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        stop.Cancel();
        Assert.Equal(CellStatus.Interrupted, (await cell.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Status);
        Assert.Equal("tidy", _session.Stdout);
    }

    [Fact]
    public async Task A_library_that_knows_no_notebook_learns_that_its_cell_is_to_stop()
    {
        using var stop = new CancellationTokenSource();
        var cell = _session.RunAsync(
            """
            var ending = new TaskCompletionSource<string>();
            var token = ((Func<System.Threading.CancellationToken>)AppContext.GetData("CellCancellation"))();
            token.Register(() => ending.SetResult("partial"));
            Console.Error.Write("go");
            var result = await ending.Task;
            """, stop.Token);
        while (_session.Stderr.Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        stop.Cancel();
        Assert.Equal(CellStatus.Interrupted, (await cell.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Status);
        Assert.Equal("partial", await _session.ValueAsync("result"));
        Assert.Equal(false, await _session.ValueAsync("((Func<System.Threading.CancellationToken>)AppContext.GetData(\"CellCancellation\"))().IsCancellationRequested"));
    }

    [Fact]
    public async Task A_cell_that_does_not_stop_is_given_up_and_the_way_out_is_told()
    {
        using var released = new ManualResetEventSlim();
        AppContext.SetData("released", released);
        using var stop = new CancellationTokenSource();
        var cell = _session.RunAsync(
            """
            var released = (System.Threading.ManualResetEventSlim)AppContext.GetData("released");
            try { Console.Error.Write("go"); }
            finally { while (!released.IsSet) { } }
            """, stop.Token);
        while (_session.Stderr.Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        stop.Cancel();
        while (!_session.Stderr.Contains("which may end the kernel", StringComparison.Ordinal))
        {
            _session.Abort(); // Too early: the user does not know yet.
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.False(cell.IsCompleted);
        _session.Abort();
        var result = await cell.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.Contains("Only a restart", result.Error!.Message, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<NotebookException>(() => _session.RunAsync("1", TestContext.Current.CancellationToken));
        Assert.Contains("Only a restart", refused.Message, StringComparison.Ordinal);
        released.Set();
    }

    [Fact]
    public async Task A_token_that_is_already_cancelled_runs_nothing()
    {
        var result = await _session.RunAsync("Console.Write(1);", new CancellationToken(canceled: true));
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.Empty(_session.Stdout);
    }

    [Fact]
    public async Task A_cell_that_cancels_itself_has_failed_and_was_not_interrupted()
    {
        using var stop = new CancellationTokenSource();
        var result = await _session.RunAsync("throw new OperationCanceledException(\"mine\");", stop.Token);
        Assert.Equal(CellStatus.Failed, result.Status);
        Assert.Equal("mine", result.Error!.Message);
    }
}
