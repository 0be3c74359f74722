namespace StyleLab.Endurance.Interrupts;

/// <summary>What is right for a cell that is asked to stop.</summary>
internal enum Answer
{
    /// <summary>It stops at once.</summary>
    Stops,

    /// <summary>It is inside code that cannot be stopped: it says so, and stops when that returns.</summary>
    Tells,

    /// <summary>It stops by itself with what it has.</summary>
    EndsItself,
}

/// <summary>A kind of cell that is busy for long.</summary>
/// <param name="Name">What it is busy with.</param>
/// <param name="Answer">What becomes of it when it is asked to stop.</param>
/// <param name="Code">Keeps busy.</param>
/// <param name="Before">Declarations, run once in each kernel.</param>
internal sealed record BusyCell(string Name, Answer Answer, string Code, string Before = "")
{
    public static IReadOnlyList<BusyCell> All { get; } =
    [
        new("bare loop", Answer.Stops, "while (true) { }"),
        new("loop with calls", Answer.Stops, "double x = 0; for (int i = 0; ; i++) x += Step(i);", "double Step(int i) => Math.Sqrt(i) + i % 3;"),
        new("deep recursion", Answer.Stops, "while (true) Depth(8000);", "int Depth(int n) => n == 0 ? 0 : 1 + Depth(n - 1);"),
        new("recursion with catch", Answer.Stops, "while (true) Guarded(500);",
            "int Guarded(int n) { try { return n == 0 ? int.Parse(\"x\") : Guarded(n - 1); } catch (FormatException) { return 0; } }"),
        new("LINQ query", Answer.Stops, "(from i in Enumerable.Range(0, int.MaxValue) where i < 0 select i).Count();"),
        new("PLINQ query", Answer.Stops, "Enumerable.Range(0, int.MaxValue).AsParallel().Where(i => i < 0).Count();"),
        new("Parallel.For", Answer.Stops, "Parallel.For(0, int.MaxValue, i => { for (int k = 0; k < 1000; k++) Math.Sqrt(k); });"),
        new("Parallel.ForEachAsync", Answer.Stops, "await Parallel.ForEachAsync(Enumerable.Range(0, int.MaxValue), async (i, c) => await Task.Delay(1, c));"),
        new("async loop", Answer.Stops, "while (true) await Task.Delay(2);"),
        new("async methods", Answer.Stops, "while (true) await Inner(5);", "async Task<int> Inner(int n) { await Task.Yield(); return n == 0 ? 0 : await Inner(n - 1); }"),
        new("endless await", Answer.Stops, "await new TaskCompletionSource().Task;"),
        new("async stream", Answer.Stops, "await foreach (int i in Ticks()) { }",
            "async IAsyncEnumerable<int> Ticks() { for (int i = 0; ; i++) { await Task.Delay(1); yield return i; } }"),
        new("busy tasks", Answer.Stops, "await Task.WhenAll(Task.Run(() => { while (true) { } }), Task.Run(() => { while (true) { } }));"),
        new("thread joined", Answer.Stops, "var thread = new System.Threading.Thread(() => { while (true) { } }); thread.Start(); thread.Join();"),
        new("catch-all", Answer.Stops, "while (true) try { int.Parse(\"x\"); } catch (Exception) { }"),
        new("bare catch", Answer.Stops, "while (true) try { while (true) { } } catch { }"),
        new("catch with filters", Answer.Stops,
            "while (true) try { try { int.Parse(\"x\"); } catch (Exception e) when (e is FormatException { Message.Length: > 0 }) { throw new Exception(\"outer\", e); } } catch (Exception e) when (e.InnerException != null) { }"),
        new("catch around sleep", Answer.Stops, "while (true) try { System.Threading.Thread.Sleep(20); } catch (Exception) { }"),
        new("finally that cleans up", Answer.Stops,
            "try { while (true) { } } finally { for (int i = 0; i < 1000; i++) cleaned = i; Finish(); }", "int cleaned = 0; void Finish() { for (int i = 0; i < 1000; i++) cleaned++; }"),
        new("iterator", Answer.Stops, "long sum = 0; foreach (int i in Counting()) sum += i;", "IEnumerable<int> Counting() { try { for (int i = 0; ; i++) yield return i; } finally { Math.Sqrt(2); } }"),
        new("lock wait", Answer.Stops, "lock (taken) { }",
            "var taken = new object(); new System.Threading.Thread(() => { lock (taken) System.Threading.Thread.Sleep(-1); }) { IsBackground = true }.Start(); System.Threading.Thread.Sleep(50);"),
        new("sleep", Answer.Stops, "System.Threading.Thread.Sleep(-1);"),
        new("semaphore wait", Answer.Stops, "new System.Threading.SemaphoreSlim(0).Wait();"),
        new("task wait", Answer.Stops, "Task.Delay(-1).Wait();"),
        new("sort with comparer", Answer.Stops, "while (true) numbers.OrderBy(n => n, Comparer<int>.Create((a, b) => (a % 97).CompareTo(b % 97))).ToArray();",
            "var numbers = Enumerable.Range(0, 300_000).ToArray();"),
        new("string building", Answer.Stops, "while (true) { var text = new StringBuilder(); for (int i = 0; i < 10_000; i++) text.Append(i).Append(' '); text.ToString(); }"),
        new("dictionary", Answer.Stops, "while (true) { var words = new Dictionary<string, int>(); for (int i = 0; i < 20_000; i++) words[$\"w{i % 5000}\"] = words.GetValueOrDefault($\"w{i % 5000}\") + 1; }"),
        new("JSON", Answer.Stops, "while (true) System.Text.Json.JsonSerializer.Deserialize<int[]>(System.Text.Json.JsonSerializer.Serialize(Enumerable.Range(0, 1000)));"),
        new("regular expressions", Answer.Stops, "while (true) System.Text.RegularExpressions.Regex.Replace(\"the quick brown fox\", \"[aeiou]\", m => m.Value.ToUpperInvariant());"),
        new("List.Sort", Answer.Stops, "while (true) { var list = Enumerable.Range(0, 50_000).Reverse().ToList(); list.Sort(); }"),
        new("members of a class", Answer.Stops, "var counter = new Counter(); while (true) { counter.Value++; counter += 1; _ = counter[3]; }",
            "class Counter { int v; public int Value { get => v; set { v = value; } } public int this[int i] => v + i; public static Counter operator +(Counter c, int n) { c.v += n; return c; } }"),
        new("generic methods", Answer.Stops, "while (true) Largest(new[] { 3, 1, 2 }); ", "T Largest<T>(IEnumerable<T> items) where T : IComparable<T> { var best = items.First(); foreach (var item in items) if (item.CompareTo(best) > 0) best = item; return best; }"),
        new("printing", Answer.Stops, "for (int i = 0; ; i++) Console.WriteLine(i);"),
        new("displays", Answer.Stops, "var place = display(0); for (int i = 0; ; i++) place.Update(i);"),
        new("code sent by the cell", Answer.Stops, "await Root.SubmitCodeAsync(\"while (true) { }\");"),
        new("StyleLab in a loop", Answer.Stops, "while (true) { picture.Blur(2); Picture.Noise(64, 64, seed: 3, (0.2f, 0.4f, 0.7f), sigma: 0.2).Resize(48, 48); }", StyleLabBefore),
        new("synthesis awaited", Answer.EndsItself, "var result = await Run(10_000);", StyleLabBefore),
        new("live synthesis", Answer.EndsItself, "var live = Run(10_000); display(live); var shown = await live;", StyleLabBefore),
        new("BigInteger.Pow", Answer.Tells, "var power = System.Numerics.BigInteger.Pow(7, 1_500_000);"),
        new("native call", Answer.Tells, "Native.usleep(2_500_000);",
            "static class Native { [System.Runtime.InteropServices.DllImport(\"libc\")] public static extern int usleep(uint microseconds); }"),
        new("catastrophic expression", Answer.Tells, "System.Text.RegularExpressions.Regex.IsMatch(new string('a', 60) + 'b', \"^(a+)+$\");"),
        new("endless finally", Answer.Tells, "try { while (true) { } } finally { var clock = System.Diagnostics.Stopwatch.StartNew(); while (clock.ElapsedMilliseconds < 2500) { } }"),
    ];

    private const string StyleLabBefore =
        """
        #r "StyleLab"
        using StyleLab;
        var picture = Picture.Noise(64, 64, seed: 1, (0.2f, 0.4f, 0.7f), sigma: 0.2);
        Synthesis Run(int steps) => LossNetwork.Load("vgg19-slim").Synthesize(
            Experiments.StyleTransferObjective(picture, [picture.Blur(1)]), Start.Content(), Optimizer.Lbfgs(steps), sizes: [64]);
        """;
}
