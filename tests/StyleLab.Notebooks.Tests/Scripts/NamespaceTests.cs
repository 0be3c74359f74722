namespace StyleLab.Notebooks.Tests;

/// <summary>What a C# script cannot hold: namespaces, and classes that extend other types.</summary>
public sealed class NamespaceTests : IDisposable
{
    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("namespace Shop { class Item { public int Price = 3; } }\nnew Shop.Item().Price", 3)]
    [InlineData("namespace Shop.Goods\n{\n    internal record Item(int Price);\n    namespace Deep { [Serializable] struct Box { public int Size => 4; } }\n}\nvar i = new Shop.Goods.Item(5);\ni.Price + new Shop.Goods.Deep.Box().Size", 9)]
    [InlineData("using System.Globalization;\nnamespace Shop;\n\npublic static class Words { public static string Of(int n) => n.ToString(CultureInfo.InvariantCulture); }", null)]
    [InlineData("using Shop;\nnamespace Shop { interface IPriced { int Price { get; } } enum Size { S, L = 7 } delegate int Change(int price); }\nclass Hat : IPriced { public int Price => (int)Size.L; }\nChange twice = p => 2 * p;\ntwice(new Hat().Price)", 14)]
    public async Task A_cell_can_hold_namespaces(string code, object? expected) => Assert.Equal(expected, await _session.ValueAsync(code));

    [Fact]
    public async Task Later_cells_see_them_and_they_see_each_other()
    {
        await _session.ValueAsync("using System.Globalization;\nnamespace Parts;\nrecord Point(int X, int Y);\nclass Box<T> { public T Inside; }\nenum Kind { Small, Large = 5 }");
        await _session.ValueAsync("using Parts;");
        await _session.ValueAsync(
            """
            namespace Geometry
            {
                class Line
                {
                    public Point From = new(0, 0), To = new(3, 4);
                    public Box<Kind> Box = new() { Inside = Kind.Large };
                    public double Length => Math.Sqrt(Math.Pow(To.X - From.X, 2) + Math.Pow(To.Y - From.Y, 2));
                    public override string ToString() => Length.ToString("0.0", CultureInfo.InvariantCulture);
                }
            }
            """);
        await _session.ValueAsync("using Geometry;\nvar line = new Line();");
        Assert.Equal("5.0", await _session.ValueAsync("line.ToString()"));
        Assert.Equal(5, await _session.ValueAsync("(int)line.Box.Inside + (line.From == new Point(0, 0) ? 0 : 1)"));
        await _session.ValueAsync("namespace Drawing { class Sheet { public Geometry.Line Line = new(); } }");
        Assert.Equal(true, await _session.ValueAsync("line = new Drawing.Sheet().Line;\nline is Geometry.Line"));
        Assert.Contains("Length", (await _session.CompleteAsync("line.Le|")).Items.Select(item => item.Text));
    }

    [Fact]
    public async Task What_is_declared_again_replaces_what_was_there()
    {
        await _session.ValueAsync("namespace N { class A { public int V => 1; } class B { public int V => new A().V; } }");
        await _session.ValueAsync("namespace M { class C { public int V => 10; } }");
        await _session.ValueAsync("var old = new N.A();");
        await _session.ValueAsync("namespace N { class A { public int V => 2; public int More => 3; } }");
        Assert.Equal(5, await _session.ValueAsync("new N.A().V + new N.A().More"));
        Assert.Equal(1, await _session.ValueAsync("old.V"));
        Assert.Equal(2, await _session.ValueAsync("new N.B().V"));

        // Types of two assemblies at once, and once more.
        await _session.ValueAsync("namespace N { class B { public int V => 7; } }\nnamespace M { class C { public int V => 20; } }");
        Assert.Equal(29, await _session.ValueAsync("new N.A().V + new N.B().V + new M.C().V"));
        await _session.ValueAsync("namespace M { class C { public int V => 30; } }");
        Assert.Equal(39, await _session.ValueAsync("new N.A().V + new N.B().V + new M.C().V"));
    }

    [Fact]
    public async Task What_was_written_with_the_earlier_type_says_so()
    {
        await _session.ValueAsync("namespace N { class P { public int A = 1; } }");
        await _session.ValueAsync("using N; class User { public int Take(P p) => p.A; }");
        await _session.ValueAsync("namespace N { class P { public int A = 2; } }");
        Assert.Equal("CS1503: Argument 1: cannot convert from 'N.P as declared now' to 'N.P as declared before'; run the cells again that were written with the earlier one.",
            await _session.ErrorAsync("new User().Take(new P())"));
        Assert.Equal(2, await _session.ValueAsync("class User { public int Take(P p) => p.A; }\nnew User().Take(new P())"));
        Assert.Equal(2, await _session.ValueAsync("new User().Take(new P())"));
    }

    [Fact]
    public async Task Files_that_are_loaded_hold_namespaces_and_extensions_too()
    {
        string folder = Fixture.TemporaryFolder();
        using var session = new RecordedSession(folder);
        File.WriteAllText(Path.Combine(folder, "base.csx"), "namespace Base { public class Thing { public int A => 5; } }");
        File.WriteAllText(Path.Combine(folder, "more.csx"),
            "#load \"base.csx\"\nusing System.Globalization;\nnamespace More { public class Pair : Base.Thing { public string B => A.ToString(CultureInfo.InvariantCulture); } }\n"
            + "public static class Ext { public static int Twice(this int i) => 2 * i; }\nint FromFile() => new More.Pair().A;\nstatic int Fails() => throw new Exception(\"here\");");
        Assert.Equal("13 5", await session.ValueAsync("#load \"more.csx\"\n$\"{FromFile() + 4.Twice()} {new More.Pair().B}\""));
        Assert.Equal(6, await session.ValueAsync("3.Twice()"));
        var failed = await session.RunAsync("Fails()", TestContext.Current.CancellationToken);
        Assert.Contains("more.csx, line 6", string.Join('\n', failed.Error!.Traceback));

        // Changed and loaded again.
        File.WriteAllText(Path.Combine(folder, "base.csx"), "namespace Base { public class Thing { public int A => 6; } }");
        Assert.Equal(6, await session.ValueAsync("#load \"base.csx\"\nnew Base.Thing().A"));
        File.WriteAllText(Path.Combine(folder, "base.csx"), "int Plain() => 7;");
        Assert.Equal(7, await session.ValueAsync("#load \"base.csx\"\nPlain()"));
        File.WriteAllText(Path.Combine(folder, "base.csx"), "\nnamespace Base { public class Thing { int A => nothing; } }");
        Assert.StartsWith("CS0103: ", await session.ErrorAsync("#load \"base.csx\"\n1"));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("static class Words\n{\n    const string Mark = \"!\";\n    public static string Loud(this string word, int times = 1) => word + string.Concat(Enumerable.Repeat(Mark, times));\n}\n\"a\".Loud(2) + Words.Loud(\"b\")", "a!!b!")]
    [InlineData("class Dog { public string Name = \"Rex\"; }\nstatic class Dogs { public static string Call<T>(this T dog) where T : Dog => dog.Name + \"?\"; }\nnew Dog().Call()", "Rex?")]
    [InlineData("static class Sizes\n{\n    extension(string text)\n    {\n        public int Half => text.Length / 2;\n        public static string Empty2 => \"\";\n    }\n}\n\"abcd\".Half + string.Empty2", "2")]
    public async Task A_class_can_extend_other_types(string code, string expected)
    {
        Assert.Equal(expected, await _session.ValueAsync(code));
        string last = code.Split('\n')[^1];
        Assert.Equal(expected, await _session.ValueAsync(last));
    }

    [Fact]
    public async Task An_extension_of_a_type_of_an_earlier_cell_can_be_changed()
    {
        await _session.ValueAsync("class Dog { public int Age = 3; }");
        await _session.ValueAsync("static class Dogs { public static int Years(this Dog dog) => 7 * dog.Age; }");
        Assert.Equal(21, await _session.ValueAsync("new Dog().Years()"));
        await _session.ValueAsync("static class Dogs { public static int Years(this Dog dog) => 5 * dog.Age; }");
        Assert.Equal(15, await _session.ValueAsync("new Dog().Years()"));
        await _session.ValueAsync("static class Cats { public static void Grow<T>(this ref T n, out T old, params int[] by) where T : struct { old = n; throw new FormatException(\"x\"); } }");
        var result = await _session.RunAsync("int n = 1;\nn.Grow(out var old, 1, 2);", TestContext.Current.CancellationToken);
        Assert.Equal(["   at Cats.Grow(T& n, T& old, int[] by) in Cell 6, line 1", "   at Cell 7, line 2"], result.Error!.Traceback.Skip(1));
    }

    [Theory]
    [InlineData("var a = 1;\nnamespace N\n{\n    class C { int F() => nowhere; }\n}", "Cell 1, line 4, column 26: CS0103: The name 'nowhere'")]
    [InlineData("namespace N { class A { } class B { string s = 1; } }", "Cell 1, line 1, column 48: CS0029: ")]
    [InlineData("namespace N { internal class C { } }\nint x = \"\";", "Cell 1, line 2, column 9: CS0029: ")]
    public async Task An_error_is_where_it_was_written_and_nothing_is_declared(string code, string expected)
    {
        var result = await _session.RunAsync(code, TestContext.Current.CancellationToken);
        Assert.StartsWith(expected, result.Error!.Traceback[0]);
        Assert.StartsWith("CS0246: ", await _session.ErrorAsync("using N;"));
    }

    [Theory]
    [InlineData("static class H { static int Hidden(this int x) => 5; public static int Seen(this int x) => x.Hidden(); }\n3.Seen()", 5)]
    [InlineData("static class H { public class Options { public int N = 2; } const int Most = 3; public static int Go(this int x, Options o = null, int n = Most) => x + n; }\n1.Go()", 4)]
    [InlineData("int Doubled = 4;\nstatic class H { public static int Doubled(this int x) => 2 * x; }\nDoubled.Doubled()", 8)]
    [InlineData("static class A { public static int One(this int x) => 1; }\nstatic class B { public static int One(this int x) => 2; }\nA.One(0) + B.One(0)", 3)]
    [InlineData("namespace N { public class T { internal int V = 5; internal T() { } protected internal int W() => 1; internal static int S => 2; } }\nnew N.T().V + N.T.S", 7)]
    public async Task Helpers_and_members_are_what_they_are_in_any_file(string code, object expected) => Assert.Equal(expected, await _session.ValueAsync(code));

    [Fact]
    public async Task Usings_of_earlier_cells_hold_once_and_other_types_stay_where_they_see_earlier_cells()
    {
        await _session.ValueAsync("global using System.Numerics;\nusing System;\nusing System.Numerics;\nclass Shape { public int Sides = 4; }");
        await _session.ValueAsync("class Square : Shape { }\nnamespace Other { public class Z { public Vector2 V = new(1, 2); } }");
        Assert.Empty(_session.Outputs);
        Assert.Equal(6f, await _session.ValueAsync("new Square().Sides + new Other.Z().V.Y"));
        await _session.ValueAsync("class Open { public int Set; }");
        Assert.Empty(_session.Outputs);
    }

    [Fact]
    public async Task A_type_in_no_namespace_of_an_earlier_cell_is_named()
    {
        await _session.ValueAsync("class Box<T> { } class Dog { }");
        Assert.EndsWith("Dog is a type of an earlier cell that stands in no namespace; put it into this cell, or into a namespace.",
            await _session.ErrorAsync("namespace N { class Kennel { Dog dog; } }"));
        Assert.Contains("Box is a type of an earlier cell", await _session.ErrorAsync("namespace N { class Kennel { Box<int> box; } }"));
    }

    [Fact]
    public async Task An_exception_names_its_line_and_a_loop_can_be_stopped()
    {
        await _session.ValueAsync("namespace N\n{\n    class C\n    {\n        public int Fail() => throw new FormatException(\"x\");\n        public void Run() { while (true) { } }\n    }\n}");
        var result = await _session.RunAsync("var c = new N.C();\nc.Fail()", TestContext.Current.CancellationToken);
        Assert.Equal(["   at C.Fail() in Cell 1, line 5", "   at Cell 2, line 2"], result.Error!.Traceback.Skip(1));

        using var stop = new CancellationTokenSource();
        var running = _session.RunAsync("c.Run();", stop.Token);
        stop.CancelAfter(300);
        Assert.Equal(CellStatus.Interrupted, (await running).Status);
        Assert.Equal("N.C", await _session.ValueAsync("c.ToString()"));
    }

    [Fact]
    public void A_namespace_is_a_complete_cell_when_its_bracket_is_closed()
    {
        Assert.Equal(SubmissionState.Complete, _session.IsComplete("namespace N { class C { } }").State);
        Assert.Equal(SubmissionState.Incomplete, _session.IsComplete("namespace N { class C { }").State);
    }

    [Fact]
    public async Task An_old_using_does_not_stop_them() =>
        Assert.Equal(1, await _session.ValueAsync("using Microsoft.DotNet.Interactive.Gone;\nnamespace N { class C { public int V = 1; } }\nnew N.C().V"));
}
