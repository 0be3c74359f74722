using System.Diagnostics;

namespace StyleLab.Notebooks.Tests.Stopping;

/// <summary>Cells that run for good are stopped by their own checks: soon, with their state, and after their clean-up.</summary>
public sealed class StopTests : IDisposable
{
    private readonly RecordedSession _session = new();

    /// <summary>Generous: the machine may be busy with other tests. The endurance program measures.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("for (int i = 0; ; i++) Work(i); void Work(int i) { }")]
    [InlineData("while (true) try { int.Parse(\"x\"); } catch (Exception) { }")]
    [InlineData("while (true) try { while (true) { } } catch { }")]
    [InlineData("try { while (true) try { int.Parse(\"x\"); } catch (FormatException e) when (e.Message.Length > 0) { } } catch (Exception) { Console.Write(\"swallowed\"); }")]
    [InlineData("try { while (true) { } } catch (Exception) { Console.Write(\"swallowed\"); } Console.Write(\"went on\");")]
    [InlineData("int Deep(int n) => n == 0 ? 0 : Deep(n - 1) + 1; while (true) try { Deep(9000); } catch (Exception) { }")]
    [InlineData("IEnumerable<int> Endless() { while (true) yield return 1; } Endless().Sum(i => i - 1);")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Where(i => i < 0).Count();")]
    [InlineData("var big = Enumerable.Range(0, 3_000_000).Select(i => (int)(i * 7919L % 1000003)).ToArray(); while (true) big.OrderBy(n => n, Comparer<int>.Create((a, b) => a.CompareTo(b))).ToArray();")]
    [InlineData("Enumerable.Range(0, int.MaxValue).AsParallel().Where(i => i < 0).Count();")]
    [InlineData("Parallel.For(0, int.MaxValue, i => { while (true) { } });")]
    [InlineData("await Task.Run(() => { while (true) { } });")]
    [InlineData("while (true) await Task.Yield();")]
    [InlineData("while (true) await Task.Delay(1);")]
    [InlineData("async Task Forever() { while (true) try { await Task.Delay(-1); } catch (Exception) { } } await Forever();")]
    [InlineData("await foreach (int i in Numbers()) { } async IAsyncEnumerable<int> Numbers() { while (true) { await Task.Delay(1); yield return 1; } }")]
    [InlineData("var o = new object(); var held = new System.Threading.ManualResetEventSlim(); new System.Threading.Thread(() => { lock (o) { held.Set(); System.Threading.Thread.Sleep(5000); } }) { IsBackground = true }.Start(); held.Wait(); lock (o) { }")]
    [InlineData("new System.Threading.SemaphoreSlim(0).Wait();")]
    [InlineData("await new System.Threading.SemaphoreSlim(0).WaitAsync();")]
    [InlineData("var t = new System.Threading.Thread(() => { while (true) { } }) { IsBackground = true }; t.Start(); t.Join();")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => { while (true) { } }); new System.Threading.Barrier(2).SignalAndWait();")]
    [InlineData("top: goto top;")]
    [InlineData("void F(double x) { do { } while (x < 1 || x >= 1 || double.IsNaN(x)); } F(double.NaN);")]
    [InlineData("void F(int[] a) { top: foreach (int x in a) { if (x == 3) goto top; } } F([1, 2, 3]);")]
    [InlineData("void F(uint x) { top: if (x > 1) goto top; } F(7);")]
    [InlineData("void F(float x) { top: if (x >= 1) goto top; } F(7);")]
    [InlineData("bool more = true, most = true; while (more && most) { }")]
    [InlineData("class Ring { public Ring Next; } var ring = new Ring(); ring.Next = ring; while (ring != null) ring = ring.Next;")]
    [InlineData("void F(int n) { top: switch (n) { case 0: n = 1; goto top; case 1: n = 2; goto top; default: n = 0; goto top; } } F(0);")]
    [InlineData("void F(int n) { top: try { n++; goto top; } finally { n--; } } F(0);")]
    [InlineData("class C { public int X { get { while (true) { } } } public static C operator +(C a, C b) { do { } while (true); } } _ = new C().X;")]
    [InlineData("class C { public C() { for (; ; ) { } } } new C();")]
    public async Task A_cell_stops_by_its_own_checks(string busy)
    {
        await _session.ValueAsync("var earlier = 1;");
        int failures = StopChecks.Failures;
        var (result, time) = await StoppedAsync(_session, busy);

        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.Equal("Cell 2 was interrupted.", result.Error!.Message);
        Assert.InRange(time, TimeSpan.Zero, Soon);
        Assert.Equal("", _session.Stdout);
        Assert.Equal(failures, StopChecks.Failures);
        Assert.Equal(2, await _session.ValueAsync("earlier + inCell"));
    }

    [Theory]
    [InlineData("try { while (true) { } } finally { CleanUp(); }")]
    [InlineData("try { System.Threading.Thread.Sleep(-1); } finally { System.Threading.Thread.Sleep(30); CleanUp(); }")]
    [InlineData("try { await Task.Delay(-1); } finally { CleanUp(); }")]
    [InlineData("try { await Task.Delay(-1); } finally { await Task.Delay(30); CleanUp(); }")]
    [InlineData("async Task F() { try { while (true) await Task.Delay(1); } finally { for (int i = 0; i < 3; i++) await Task.Delay(10); CleanUp(); } } await F();")]
    [InlineData("IEnumerable<int> It() { try { while (true) yield return 1; } finally { CleanUp(); } } foreach (int i in It()) { }")]
    [InlineData("try { while (true) { } } finally { Console.Write(\"\"); Console.Write(\"tidy\"); display(1); CleanUp(); }")]
    [InlineData("try { System.Threading.Thread.Sleep(-1); } catch (FormatException) { } finally { CleanUp(); } Console.Write(\"went on\");")]
    [InlineData("class Closing : IDisposable { public void Dispose() => CleanUp(); } using (new Closing()) while (true) { }")]
    [InlineData("class Closing : IAsyncDisposable { public async ValueTask DisposeAsync() { await Task.Yield(); CleanUp(); } } async Task F() { await using var c = new Closing(); while (true) { } } await F();")]
    [InlineData("try { while (true) { } } finally { try { throw new Exception(); } catch (Exception) { CleanUp(); } }")]
    [InlineData("await Task.WhenAll(F(), F()); async Task F() { try { await Task.Delay(-1); } finally { CleanUp(); } }")]
    public async Task Cleanup_runs_to_its_end(string busy)
    {
        await _session.ValueAsync(
            """
            public static int done;
            static void CleanUp() { for (int i = 0; i < 1000; i++) { try { if (i == 7) int.Parse("x"); } catch (FormatException) { } } done++; }
            """);
        var (result, _) = await StoppedAsync(_session, busy);
        Assert.Equal(CellStatus.Interrupted, result.Status);
        for (int i = 0; i < 100 && (int)(await _session.ValueAsync("done"))! == 0; i++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.InRange((int)(await _session.ValueAsync("done"))!, 1, 2);
    }

    [Fact]
    public async Task What_a_stopped_cell_started_stops_and_what_others_started_goes_on()
    {
        await _session.ValueAsync("long other = 0; var o = Task.Run(() => { while (true) { other++; System.Threading.Thread.Sleep(1); } });");
        await StoppedAsync(_session, "long own = 0; var t = Task.Run(() => { while (true) { own++; System.Threading.Thread.Sleep(1); } }); while (true) { }");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(true, await _session.ValueAsync("t.IsCompleted"));
        Assert.Equal(false, await _session.ValueAsync("o.IsCompleted"));
    }

    [Fact]
    public async Task Stopping_one_session_leaves_another_alone()
    {
        using var another = new RecordedSession();
        var goesOn = another.RunAsync("int n = 0; var clock = System.Diagnostics.Stopwatch.StartNew(); while (clock.ElapsedMilliseconds < 2500) n++; n > 0", TestContext.Current.CancellationToken);
        await StoppedAsync(_session, "while (true) { }");
        Assert.Equal(true, (await goesOn).Value);
    }

    [Fact]
    public async Task Library_code_is_told_and_its_end_is_waited_for()
    {
        using var released = new ManualResetEventSlim();
        AppContext.SetData("library", () => { while (!released.IsSet) { } });
        using var stop = new CancellationTokenSource();
        var cell = _session.RunAsync("var library = (Action)AppContext.GetData(\"library\"); Console.Error.Write(\"go\");\nlibrary();\nConsole.Write(\"went on\");", stop.Token);
        await UntilAsync(() => _session.Stderr.Length > 0);
        await stop.CancelAsync();
        await UntilAsync(() => _session.Stderr.Contains("Cell 1 does not stop yet", StringComparison.Ordinal));
        Assert.Contains("Press stop once more", _session.Stderr, StringComparison.Ordinal);
        Assert.False(cell.IsCompleted);

        released.Set();
        Assert.Equal(CellStatus.Interrupted, (await cell).Status);
        Assert.Equal("", _session.Stdout);
        Assert.Equal(2, await _session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task An_exception_on_a_thread_of_a_cell_does_not_end_the_process()
    {
        await _session.RunAsync("var t = new System.Threading.Thread(() => throw new FormatException(\"lost\")); t.Start(); t.Join(); System.Threading.Thread.Sleep(50);", TestContext.Current.CancellationToken);
        Assert.Contains("FormatException: lost", _session.Stderr, StringComparison.Ordinal);
    }

    /// <summary>Runs a cell until it is busy, and stops it.</summary>
    /// <returns>How it ended, and how long that took.</returns>
    internal static async Task<(CellResult Result, TimeSpan Time)> StoppedAsync(RecordedSession session, string busy)
    {
        using var stop = new CancellationTokenSource();
        var cell = session.RunAsync($"var inCell = 1; Console.Error.Write(\"go\");\n{busy}", stop.Token);
        await UntilAsync(() => session.Stderr.Length > 0 || cell.IsCompleted);
        await Task.Delay(50);
        Assert.False(cell.IsCompleted, string.Join('\n', cell.IsCompleted ? cell.Result.Error?.Traceback ?? [] : []));
        var clock = Stopwatch.StartNew();
        await stop.CancelAsync();
        return (await cell.WaitAsync(TimeSpan.FromSeconds(30)), clock.Elapsed);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (int i = 0; i < 3000 && !isSo(); i++)
            await Task.Delay(10);
        Assert.True(isSo());
    }
}
