using System.Globalization;

namespace StyleLab.Notebooks.Tests.Stopping;

/// <summary>Checks in a cell's code change nothing but that it can be stopped.</summary>
public sealed class ConstructTests : IDisposable
{
    private readonly RecordedSession _session = new();

    /// <summary>A cell, and the value of its last expression as text.</summary>
    public static TheoryData<string, string> Constructs { get; } = new()
    {
        { "int s = 0; for (int i = 0; i < 10; i++) s += i; s", "45" },
        { "int s = 0; foreach (int i in new[] { 1, 2, 3 }) { if (i == 2) continue; s += i; } s", "4" },
        { "int s = 0; foreach (int i in new List<int> { 1, 2, 3 }) s += i; s", "6" },
        { "int s = 0; while (true) { if (++s > 5) break; } s", "6" },
        { "int s = 0; do s++; while (s < 5); s", "5" },
        { "int F(double x) { int s = 0; do s++; while (x < 5 && s < 3); while (!(x < 5) && s < 9) s++; return s; } F(1) * 10000 + F(7) * 100 + F(double.NaN)", "30909" },
        { "int F(float x) { int s = 0; again: s++; if (s > 5) return s; if (x >= 1) goto again; if (x <= 1) goto again; return s; } F(float.NaN) * 10 + F(0)", "16" },
        { "int F(uint x, ulong y) { int s = 0; again: s++; if (x > s && x != 9) goto again; if (y < (ulong)s) goto again; do { s++; x--; } while (x > 0 && x <= 9); return s; } F(4, 9) + F(uint.MaxValue - uint.MaxValue, 9) * 100", "208" },
        { "int s = 0; bool more = true; while (more) { s++; more = s < 4; } do { s++; bool b = s == 6; more = !b; } while (more | s < 3); s", "6" },
        { "int s = 0; foreach (char c in \"abc\") foreach (int i in new int[2, 2]) s += c - 'a' + i; foreach (var x in new int[0]) s = 99; s", "12" },
        { "class Node { public Node Next; } var first = new Node { Next = new Node() }; int s = 0; for (var n = first; n != null; n = n.Next) s++; do { s++; first = first?.Next; } while (first is { }); s", "4" },
        { "int s = 0; again: s++; switch (s) { case 1: case 2: case 3: goto again; case 8: break; default: s++; goto again; } s", "8" },
        { "int F(int n) { while (true) { if (n-- == 0) return 7; } } int G() { try { return F(3); } finally { Console.Write(\"end\"); } } G()", "7" },
        { "int s = 0; again: s++; if (s < 5) goto again; s", "5" },
        { "int s = 0; while (true) try { s++; if (s == 3) continue; if (s > 5) break; } finally { s += 10; } s", "22" },
        { "int s = 0; while (s < 3) try { s++; throw new Exception(); } catch (Exception) when (s < 9) { } s", "3" },
        { "int s = 0; do try { s++; throw new FormatException(); } catch (ArgumentException) { s = 50; } catch (FormatException e) { s += e.Message.Length > 0 ? 1 : 0; } catch { s = 100; } while (s < 3); s", "4" },
        { "string F() { using (var a = new StringReader(\"x\")) { using (var b = new StringReader(\"y\")) { string s = b.ReadToEnd(); return s; } } } F()", "y" },
        { "int F() { try { try { return 1; } finally { Console.Write(1); } } finally { Console.Write(2); } } F()", "1" },
        { "int F() { try { Console.Write(0); } finally { try { Console.Write(1); } finally { Console.Write(2); } } return 3; } F()", "3" },
        { "try { try { throw new Exception(\"a\"); } catch (Exception e) { throw new Exception(e.Message + \"b\"); } } catch (Exception e) { return e.Message; }", "ab" },
        { "static T Guard<T, E>(Func<T> f, T other) where E : Exception { try { return f(); } catch (E) { return other; } } Guard<int, FormatException>(() => int.Parse(\"x\"), 7)", "7" },
        { "int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); Fib(15)", "610" },
        { "int F(int n) { int G(int m) { return m == 0 ? 0 : 1 + G(m - 1); } return G(n); } F(5)", "5" },
        { "var f = (int x) => x * 2; Func<int, int> g = delegate(int x) { return f(x) + 1; }; g(4)", "9" },
        { "var f = static (int x) => { int s = 0; for (int i = 0; i < x; i++) s += i; return s; }; f(4)", "6" },
        { "System.Linq.Expressions.Expression<Func<int, bool>> e = x => x > 3; e.ToString()", "x => (x > 3)" },
        { "var q = new[] { 1, 2, 3 }.AsQueryable(); (from x in q where x > 1 select x * 2).Sum()", "10" },
        { "(from x in new[] { 3, 1, 2 } let y = x * x orderby y descending group y by y % 2 into g select g.Sum()).First()", "10" },
        { "IEnumerable<int> It() { try { for (int i = 0; ; i++) { if (i == 4) yield break; yield return i; } } finally { Console.Write(\"end\"); } } string.Join(',', It())", "0,1,2,3" },
        { "async IAsyncEnumerable<int> It() { for (int i = 0; i < 3; i++) { await Task.Yield(); yield return i; } } int s = 0; await foreach (var i in It()) s += i; s", "3" },
        { "async Task<int> F(int n) { if (n == 0) return 0; await Task.Yield(); return 1 + await F(n - 1); } await F(5)", "5" },
        { "async Task<int> F() { try { await Task.Yield(); throw new FormatException(); } catch (FormatException) { await Task.Yield(); return 3; } finally { await Task.Yield(); Console.Write(\"end\"); } } await F()", "3" },
        { "async Task<int> F() { try { await Task.Yield(); return 1; } finally { for (int i = 0; i < 3; i++) await Task.Delay(1); } } await F()", "1" },
        { "async ValueTask<int> F() { await Task.Delay(1); return 8; } await F()", "8" },
        { "await Task.Run(async () => { int s = 0; while (s < 3) { await Task.Delay(1).ConfigureAwait(false); s++; } return s; })", "3" },
        { "class Closing : IAsyncDisposable { public static int Closed; public async ValueTask DisposeAsync() { await Task.Delay(1); Closed++; } } async Task F() { await using var c = new Closing(); await Task.Yield(); } await F(); Closing.Closed", "1" },
        { "struct V { public int X; public V(int x) { X = x; } public static V operator +(V a, V b) => new(a.X + b.X); public static implicit operator V(int x) => new(x); public int this[int i] { get { return X + i; } set { X = value + i; } } } var v = new V(2) + 3; v[1] = 10; v[2]", "13" },
        { "class C { int x; public int X { get => x; set { x = value; } } public event Action E { add { value(); } remove { } } ~C() { } public int Init { get; init; } = 4; } var c = new C { X = 3, Init = 5 }; c.E += () => c.X++; c.X + c.Init", "9" },
        { "record P(int A, string B); record Q(int A, string B, int C) : P(A, B); var q = new Q(1, \"b\", 2); (q with { C = 3 }).ToString()", "Q { A = 1, B = b, C = 3 }" },
        { "abstract class A { protected A() => Go(); protected abstract void Go(); } class B : A { public int N = 3; public int M; protected override void Go() => M = N; } new B().M", "3" },
        { "ref int Find(int[] a, int x) { for (int i = 0; i < a.Length; i++) if (a[i] == x) return ref a[i]; throw new Exception(); } var a = new[] { 1, 2 }; Find(a, 2) = 9; a[1]", "9" },
        { "int F() { Span<int> s = stackalloc int[3]; foreach (ref int x in s) x = 2; int t = 0; foreach (int x in s) t += x; return t; } F()", "6" },
        { "unsafe int F() { int* p = stackalloc int[2]; for (int i = 0; i < 2; i++) p[i] = i; fixed (char* c = \"ab\") return p[1] + c[1]; } F()", "99" },
        { "string F(object o) => o switch { int n when n > 3 => \"big\", int => \"small\", string { Length: > 1 } s => s, [..] => \"?\", _ => \"other\" }; F(5) + F(1) + F(\"ab\") + F(2.0)".Replace(" [..] => \"?\",", "", StringComparison.Ordinal), "bigsmallabother" },
        { "int F(int n) { switch (n) { case 0: return 1; case 1: goto case 0; default: n--; goto case 1; } } F(7)", "1" },
        { "var o = new object(); int s = 0; for (int i = 0; i < 3; i++) lock (o) s++; s", "3" },
        { "class Holder<T> where T : new() { static readonly T value = new(); public static T Value => value; public IEnumerable<T> Twice() { yield return value; yield return value; } } new Holder<int>().Twice().Count()", "2" },
        { "var l = new List<int> { 3, 1, 2 }; l.Sort((a, b) => b.CompareTo(a)); string.Join(',', l)", "3,2,1" },
        { "Enumerable.Range(0, 100).AsParallel().Where(i => i % 2 == 0).Sum()", "2450" },
        { "int s = 0; Parallel.For(0, 100, i => { for (int k = 0; k < 3; k++) System.Threading.Interlocked.Increment(ref s); }); s", "300" },
        { "int s = 0; var t = new System.Threading.Thread(() => { for (int i = 0; i < 5; i++) s++; }); t.Start(); t.Join(); s", "5" },
        { "int a = 0, b = 0; for (int i = 0; i < 3; i++) { for (int k = 0; k < 3; k++) { if (k == 2) goto next; b++; } next: a++; } a * 10 + b", "36" },
        { "bool b = int.TryParse(\"12\", out var n) && n is > 3 and < 20; while (n --> 10) ; (b, n)", "(True, 9)" },
        { "checked { int i = 3; for (; ; ) { if (i-- == 0) break; } return i; }", "-1" },
        { "dynamic d = 3; int s = 0; for (dynamic i = 0; i < d; i++) s += i; s", "3" },
        { "interface IShape { int Area() { int a = 0; for (int i = 0; i < 2; i++) a++; return a; } static abstract int Zero { get; } } class Sq : IShape { public static int Zero => 0; } ((IShape)new Sq()).Area()", "2" },
        { "int F(params ReadOnlySpan<int> xs) { int s = 0; foreach (var x in xs) s += x; return s; } F(1, 2, 3)", "6" },
        { "var (x, y) = (1, 2); string F(int n) => n > 0 ? $\"{n}{F(n - 1)}\" : \"\"; F(3) + x + y", "32112" },
        { "System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack(); object o = null; try { o.ToString(); } catch (NullReferenceException) when (Seen(\"f\")) { return \"caught\"; } bool Seen(string s) { Console.Write(s); return true; }", "caught" },
    };

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Constructs))]
    public async Task A_construct_computes_what_it_did(string cell, string expected)
    {
        int failures = StopChecks.Failures;
        Assert.Equal(expected, Convert.ToString(await _session.ValueAsync(cell), CultureInfo.InvariantCulture));
        Assert.Equal(failures, StopChecks.Failures);
    }

    [Theory]
    [InlineData("int n = 0;\nfor (int i = 0; i < 3; i++)\n{\n    n++;\n    if (i == 2)\n        throw new Exception(\"here\");\n}", 6)]
    [InlineData("void F()\n{\n    while (true)\n        throw new Exception(\"here\");\n}\n\nF();", 4)]
    [InlineData("async Task F()\n{\n    await Task.Yield();\n    foreach (int i in new[] { 1 })\n        await G();\n}\n\nasync Task G()\n{\n    await Task.Yield();\n    throw new Exception(\"here\");\n}\n\nawait F();", 11)]
    [InlineData("var numbers = new[] { 1, 2, 3 };\nint sum = 0;\nfor (int i = 0; i < 5; i++)\n    sum +=\n        numbers[i];", 4)]
    [InlineData("class C\n{\n    public int X\n    {\n        get\n        {\n            throw new Exception(\"here\");\n        }\n    }\n}\n\ntry { Console.Write(1); } finally { _ = new C().X; }", 7)]
    public async Task An_error_names_its_line(string cell, int line)
    {
        var result = await _session.RunAsync(cell, TestContext.Current.CancellationToken);
        Assert.Equal(CellStatus.Failed, result.Status);
        Assert.Contains($"Cell 1, line {line}", string.Join('\n', result.Error!.Traceback), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_or_error_of_the_compiler_is_about_the_users_own_text()
    {
        var result = await _session.RunAsync("for (int i = 0; i < 3; i++)\n    Foo(i);", TestContext.Current.CancellationToken);
        Assert.Equal("Cell 1, line 2, column 5: CS0103: The name 'Foo' does not exist in the current context", result.Error!.Traceback[0]);
    }

    [Fact]
    public async Task Loaded_code_is_checked_too()
    {
        string file = Path.Combine(Path.GetTempPath(), $"stylelab-{Guid.NewGuid():N}.csx");
        try
        {
            await File.WriteAllTextAsync(file, "void Endless() { while (true) { } }", TestContext.Current.CancellationToken);
            await _session.ValueAsync($"#load \"{file}\"\nvar kept = 1;");
            Assert.Equal(CellStatus.Interrupted, (await StopTests.StoppedAsync(_session, "Endless();")).Result.Status);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
