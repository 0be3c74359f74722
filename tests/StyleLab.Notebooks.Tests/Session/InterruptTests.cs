namespace StyleLab.Notebooks.Tests;

public sealed class InterruptTests : IDisposable
{
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
    public async Task A_runaway_cell_stops_and_its_state_stays(string runaway)
    {
        await _session.ValueAsync("var earlier = 1;");
        using var stop = new CancellationTokenSource();
        var cell = _session.RunAsync($"var inCell = earlier + 1; Console.Error.Write(\"go\");\n{runaway}", stop.Token);
        while (!Running())
            await Task.Delay(10);
        stop.Cancel();

        var result = await cell.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(CellStatus.Interrupted, result.Status);
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
