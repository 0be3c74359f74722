namespace StyleLab.Notebooks.Tests;

public sealed class CompletionTests : IDisposable
{
    private readonly string _folder = Fixture.TemporaryFolder();
    private readonly RecordedSession _session;

    public CompletionTests() => _session = new RecordedSession(_folder);

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("numbers.RemoveA|", "RemoveAll RemoveAt")]
    [InlineData("numbers.Select(n => n.CompareT|", "CompareTo")]
    [InlineData("numbers.Zi|", "Zip")]
    [InlineData("text?.Len|", "Length")]
    [InlineData("var x = text.Len|\nfoo bar", "Length")]
    [InlineData("numb|", "numbers")]
    [InlineData("Twic|", "Twice")]
    [InlineData("System.Globaliz|", "Globalization")]
    [InlineData("using System.Globali|", "Globalization")]
    [InlineData("Console.WriteL|", "WriteLine")]
    [InlineData("int.TryP|", "TryParse")]
    [InlineData("DayOfWeek.S|", "Saturday Sunday")]
    [InlineData("stack|", "stackalloc")]
    [InlineData("Twice(coun|", "count:")]
    [InlineData("new Point(Le|", "Left:")]
    [InlineData("var q = new StringBuilder { Cap|", "Capacity")]
    [InlineData("var q = point with { Le|", "Left")]
    [InlineData("point.Le|", "Left")]
    [InlineData("void F(int alpha) { alp| }", "alpha")]
    [InlineData("for (int index = 0; inde|", "index")]
    [InlineData("var q = later.Ri|\nclass Unrelated { }", "Right")]
    [InlineData("consolek|", "ConsoleKey ConsoleKeyInfo")]
    public async Task What_the_compiler_knows_is_offered_by_what_was_typed(string code, string expected)
    {
        await _session.ValueAsync(
            "var numbers = new List<int>(); string text = \"\"; int Twice(int count) => 2 * count; " +
            "record Point(int Left, int Right); var point = new Point(1, 2); var later = point;");
        var completions = await _session.CompleteAsync(code);
        Assert.Equal(expected.Split(' '), completions.Items.Select(item => item.Text));
        int word = code.IndexOf('|');
        Assert.Equal(word, completions.End);
        string typed = code[completions.Start..word];
        Assert.All(completions.Items, item => Assert.StartsWith(typed, item.Text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Items_tell_their_kind_and_signature()
    {
        await _session.ValueAsync("var numbers = new List<int>();");
        Assert.Equal(new Completion("numbers", "variable", "List<int> numbers"), Assert.Single((await _session.CompleteAsync("numb|")).Items));
        var removeAt = Assert.Single((await _session.CompleteAsync("numbers.RemoveAt|")).Items);
        Assert.Equal(new Completion("RemoveAt", "function", "void List<int>.RemoveAt(int index)"), removeAt);
        var round = Assert.Single((await _session.CompleteAsync("Math.Trunc|")).Items);
        Assert.Equal("decimal Math.Truncate(decimal d) (+ 1 overload)", round.Signature);
        Assert.Equal("namespace", Assert.Single((await _session.CompleteAsync("System.Globaliz|")).Items).Kind);
        Assert.Equal("keyword", Assert.Single((await _session.CompleteAsync("stacka|")).Items).Kind);
    }

    [Fact]
    public async Task Usings_types_and_redeclared_variables_of_earlier_cells_count()
    {
        await _session.ValueAsync("using System.Globalization; using static System.Math; using Words = System.Collections.Generic.List<string>;");
        await _session.ValueAsync("var value = 1; class Painting { public int Width; }");
        await _session.ValueAsync("var value = \"text\";");
        Assert.Equal("class CultureInfo", Assert.Single((await _session.CompleteAsync("CultureInf|")).Items).Signature);
        Assert.StartsWith("double Math.Sqrt", Assert.Single((await _session.CompleteAsync("Sqr|")).Items).Signature);
        Assert.Equal("Words", Assert.Single((await _session.CompleteAsync("Word|")).Items).Text);
        Assert.Equal("string value", (await _session.CompleteAsync("value|")).Items[0].Signature);
        Assert.Equal("Painting", Assert.Single((await _session.CompleteAsync("new Paint|")).Items).Text);
        Assert.Equal("Painting mine", Assert.Single((await _session.CompleteAsync("{ var mine = new Painting(); min| }")).Items, item => item.Text == "mine").Signature);
    }

    [Theory]
    [InlineData("var q = p with { Wi|", "Width")]
    [InlineData("var q = p with { Width = 1, He| }", "Height")]
    [InlineData("p is { Wi|", "Width")]
    [InlineData("p is { Width: > 3, He| }", "Height")]
    [InlineData("p switch { { Wi| } => 1, _ => 2 }", "Width")]
    [InlineData("(object)p is Frame { He|", "Height")]
    [InlineData("nothing is { Wi|", "Width")]
    [InlineData("(p, 1) is { Item1: { He|", "Height")]
    [InlineData("new[] { p } is [{ He|", "Height")]
    public async Task Properties_can_be_set_and_asked_for(string code, string expected)
    {
        await _session.ValueAsync("record Frame(int Width, int Height) { public static int Size; } record struct Small(int Width); var p = new Frame(1, 2); Small? nothing = null;");
        var items = (await _session.CompleteAsync(code)).Items.Select(item => item.Text).ToList();
        Assert.Equal([expected], items);
    }

    [Fact]
    public async Task The_words_of_patterns_and_properties_stand_where_they_mean_something()
    {
        Assert.Contains("field", (await _session.CompleteAsync("class C { public int A { get => fie| } }")).Items.Select(item => item.Text));
        Assert.Contains("field", (await _session.CompleteAsync("class C { public int A { get; set { fie|")).Items.Select(item => item.Text));
        Assert.DoesNotContain("field", (await _session.CompleteAsync("fie|")).Items.Select(item => item.Text));
    }

    [Fact]
    public async Task Types_without_a_using_are_inserted_with_their_namespace()
    {
        var items = (await _session.CompleteAsync("var clock = Stopw|")).Items;
        Assert.Equal(("System.Diagnostics.Stopwatch", "class", "using System.Diagnostics;"), (items[0].Text, items[0].Kind, items[0].Signature));
        Assert.Contains("System.Numerics.BigInteger", (await _session.CompleteAsync("BigInt|")).Items.Select(item => item.Text));
        Assert.Equal(["List"], (await _session.CompleteAsync("new List|")).Items.Select(item => item.Text).Where(text => text is "List" || text.Contains('.')));
        await _session.ValueAsync("using System.Diagnostics;");
        Assert.Equal(["Stopwatch"], (await _session.CompleteAsync("Stopw|")).Items.Select(item => item.Text));
        Assert.Empty((await _session.CompleteAsync("\"\".Stopw|")).Items);
    }

    [Fact]
    public async Task An_empty_place_after_a_dot_lists_all_members_but_no_static_ones()
    {
        var items = (await _session.CompleteAsync("\"a\".|")).Items.Select(item => item.Text).ToList();
        Assert.Contains("Length", items);
        Assert.Contains("Select", items);
        Assert.Contains("Display", items);
        Assert.DoesNotContain("IsNullOrEmpty", items);
        Assert.DoesNotContain("return", items);
    }

    [Theory]
    [InlineData("// numb|")]
    [InlineData("/* Cons| */")]
    [InlineData("#!html\n<b>Cons|")]
    [InlineData("#!markdown\nCons|")]
    [InlineData("nothing.Known.|")]
    [InlineData("1|")]
    public async Task Nothing_is_offered_where_nothing_fits(string code) =>
        Assert.Empty((await _session.CompleteAsync(code)).Items);

    [Theory]
    [InlineData("#!ti|", "#!time")]
    [InlineData("var a = 1;\n#!who|", "#!who #!whos")]
    [InlineData("#!set --na|", "--name")]
    [InlineData("#!share --from csharp kept|", "kept")]
    [InlineData("#r \"nug|\"", "nuget:")]
    [InlineData("#r \"StyleLab.Notebooks.T|\"", "StyleLab.Notebooks.Tests")]
    public async Task Magics_and_references(string code, string expected)
    {
        await _session.ValueAsync("var kept = 1;");
        var completions = await _session.CompleteAsync(code);
        Assert.Equal(expected.Split(' '), completions.Items.Select(item => item.Text));
    }

    [Theory]
    [InlineData("File.ReadAllText(\"da|\")", "data.csv data/")]
    [InlineData("File.ReadAllText(\"data/in|", "inner.txt")]
    [InlineData("var p = @\"data/|\";", "inner.txt")]
    [InlineData("#load \"|\"", "data/ more.csx")]
    [InlineData("#!import da|", "data/")]
    public async Task Paths_in_strings_begin_at_the_sessions_folder(string code, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        File.WriteAllText(Path.Combine(_folder, "data", "inner.txt"), "");
        File.WriteAllText(Path.Combine(_folder, "data.csv"), "");
        File.WriteAllText(Path.Combine(_folder, "more.csx"), "");
        Assert.Equal(expected.Split(' ').Order(), (await _session.CompleteAsync(code)).Items.Select(item => item.Text).Order());
    }

    [Fact]
    public async Task Completion_works_while_a_cell_runs()
    {
        await _session.ValueAsync("var numbers = new List<int>();");
        using var stop = new CancellationTokenSource();
        var cell = _session.RunAsync("await Task.Delay(-1);", stop.Token);
        Assert.Equal("numbers", Assert.Single((await _session.CompleteAsync("numb|")).Items).Text);
        stop.Cancel();
        await cell;
    }
}
