namespace StyleLab.Notebooks.Tests;

/// <summary>Cells as old notebooks have them.</summary>
public sealed class DisplayApiTests : IDisposable
{
    private const string Usings =
        "using Microsoft.DotNet.Interactive; using Microsoft.DotNet.Interactive.Formatting; using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\n";

    private readonly RecordedSession _session = new();

    private MimeBundle Result => Assert.Single(_session.Results).Data;

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("b(\"a<b\")", "<b>a&lt;b</b>")]
    [InlineData("div[@class: \"note\", id: 3](h1(\"T\"), br, \"x\")", "<div class=\"note\" id=\"3\"><h1>T</h1><br>x</div>")]
    [InlineData("p.big(\"x\")", "<p class=\"big\">x</p>")]
    [InlineData("_(b(1), \" \", i(2))", "<b>1</b> <i>2</i>")]
    [InlineData("ul(new[] { 1, 2 }.Select(n => li(n)))", "<ul><li>1</li><li>2</li></ul>")]
    [InlineData("a[href: \"https://x.test/?a=1&b=2\"](\"go\")", "<a href=\"https://x.test/?a=1&amp;b=2\">go</a>")]
    [InlineData("span(HTML(\"<i>raw</i>\"))", "<span><i>raw</i></span>")]
    [InlineData("PocketView view = div(\"x\"); view", "<div>x</div>")]
    public async Task Tags_are_written_as_csharp(string code, string expected)
    {
        await _session.ValueAsync(Usings + code);
        Assert.Equal(expected, Result["text/html"]);
    }

    [Fact]
    public async Task Formatters_of_every_kind_are_used_and_the_latest_and_nearest_wins()
    {
        await _session.ValueAsync(Usings +
            """
            class Animal { public string Name => "Rex"; }
            class Dog : Animal { }
            Formatter.Register<Animal>(a => $"<i>{a.Name}</i>", "text/html");
            Formatter.Register<Animal>((a, writer) => writer.Write("animal"), "text/plain");
            """);
        await _session.ValueAsync("new Dog()");
        Assert.Equal(("<i>Rex</i>", "animal"), (Result["text/html"], Result["text/plain"]));

        await _session.ValueAsync("Formatter.Register<Dog>(d => \"<b>dog</b>\", HtmlFormatter.MimeType);\nnew { Pet = new Dog(), Other = new Animal() }");
        Assert.Contains("<td><b>dog</b></td>", Result["text/html"]);
        Assert.Contains("<td><i>Rex</i></td>", Result["text/html"]);
        Assert.Contains("Pet = animal", Result["text/plain"]);

        await _session.ValueAsync("Formatter.Register<Dog>((Dog d, FormatContext context) => false, \"text/html\");\nnew Dog()");
        Assert.Equal("<b>dog</b>", Result["text/html"]);
        await _session.ValueAsync("Formatter.Register(typeof(Dog), (d, writer) => writer.Write(\"{}\"), \"application/json\"); Formatter.SetPreferredMimeTypesFor(typeof(Dog), \"application/json\");\nnew Dog()");
        Assert.Equal([KeyValuePair.Create("application/json", "{}")], Result);
        await _session.ValueAsync("new Dog().ToDisplayString(\"text/html\") + new Animal().ToDisplayString()");
        Assert.Equal("<b>dog</b>animal", Result["text/plain"]);
    }

    [Fact]
    public async Task A_generic_type_and_an_interface_can_have_formatters()
    {
        await _session.ValueAsync(Usings +
            """
            class Box<T>(T content) { public T Content => content; }
            interface IShape { } class Circle : IShape { }
            Formatter.Register(typeof(Box<>), (box, writer) => writer.Write("<box>"), "text/html");
            Formatter.Register<IShape>(s => "a shape", "text/plain");
            new Box<int>(1)
            """);
        Assert.Equal("<box>", Result["text/html"]);
        await _session.ValueAsync("new Circle()");
        Assert.Equal([KeyValuePair.Create("text/plain", "a shape")], Result);
    }

    [Fact]
    public async Task A_formatter_that_throws_never_fails_the_cell()
    {
        var result = await _session.RunAsync(Usings + "class Bad { } Formatter.Register<Bad>(b => throw new Exception(\"ouch\"), \"text/html\");\nnew Bad()", TestContext.Current.CancellationToken);
        Assert.Equal(CellStatus.Done, result.Status);
        Assert.Equal("Bad\n(the formatter of Bad failed: ouch)", Result["text/plain"]);
    }

    [Fact]
    public async Task A_type_can_limit_how_much_of_it_is_shown()
    {
        await _session.ValueAsync(Usings + "class Numbers : List<int> { } Formatter<Numbers>.ListExpansionLimit = 2;\nnew Numbers { 1, 2, 3 }");
        Assert.Equal("[ 1, 2, … (1 more) ]", Result["text/plain"]);
    }

    [Fact]
    public async Task A_type_can_bring_formatters_by_the_attribute_of_the_library()
    {
        await _session.ValueAsync(Usings +
            """
            [TypeFormatterSource(typeof(Source))] class Coin { }
            class Source : ITypeFormatterSource { public IEnumerable<ITypeFormatter> CreateTypeFormatters() => new[] { new CoinFormatter() }; }
            class CoinFormatter : ITypeFormatter
            {
                public string MimeType => "text/html";
                public Type Type => typeof(Coin);
                public bool Format(object coin, FormatContext context) { context.Writer.Write("<coin>"); return true; }
            }
            new Coin()
            """);
        Assert.Equal("<coin>", Result["text/html"]);
    }

    [Fact]
    public async Task Content_that_is_ready_is_shown_as_it_is()
    {
        await _session.ValueAsync(Usings + "new LaTeXString(@\"$x^2$\")");
        Assert.Equal("$x^2$", Result["text/latex"]);
        await _session.ValueAsync("new MathString(\"x^2\")");
        Assert.Equal("$$x^2$$", Result["text/latex"]);
        await _session.ValueAsync("new[] { new FormattedValue(\"text/html\", \"<b>\"), new FormattedValue(\"text/plain\", \"b\") }");
        Assert.Equal(("<b>", "b"), (Result["text/html"], Result["text/plain"]));
        await _session.ValueAsync("new FormattedValue(\"text/html\", \"<b>\") { SuppressDisplay = true }");
        Assert.Empty(_session.Outputs);
        await _session.ValueAsync("new JsonString(\"[1]\")");
        Assert.Equal("[1]", Result["application/json"]);
    }

    [Fact]
    public async Task Display_takes_types_tables_styles_and_scripts()
    {
        await _session.ValueAsync(Usings + "new[] { 1, 2 }.DisplayTable(); \"x\".Display(\"text/plain\"); Javascript(\"f()\"); CSS(\"b {}\"); KernelInvocationContext.Current.Display(3); KernelInvocationContext.Current.DisplayAs(\"# m\", \"text/markdown\");");
        var shown = _session.Outputs.Cast<DisplayOutput>().Select(output => output.Data).ToList();
        Assert.StartsWith("<table><thead><tr><th></th><th>value</th></tr></thead><tbody><tr><th>0</th><td>1</td></tr>", shown[0]["text/html"]);
        Assert.Equal("f()", shown[2]["application/javascript"]);
        Assert.Equal("<style>b {}</style>", shown[3]["text/html"]);
        Assert.Equal(("3", "# m"), (shown[4]["text/plain"], shown[5]["text/markdown"]));
    }

    [Fact]
    public async Task A_displayed_value_tells_what_it_shows()
    {
        await _session.ValueAsync(Usings + "var shown = display(HTML(\"<b>\"));");
        Assert.Equal("text/html <b> False", await _session.ValueAsync("$\"{shown.FormattedValues.Single().MimeType} {shown.FormattedValues.Single().Value} {shown.IsUpdated}\""));
        Assert.Equal("2 True", await _session.ValueAsync("shown.Update(2); $\"{shown.Value} {shown.IsUpdated}\""));
    }

    [Fact]
    public async Task A_progress_bar_is_updated_in_place_to_its_end()
    {
        await _session.ValueAsync("int sum = 0; foreach (int n in Enumerable.Range(1, 100).ToList().WithProgress(\"Adding\")) sum += n; sum");
        Assert.StartsWith("Adding [..............................] 0 %", Assert.Single(_session.Outputs.OfType<DisplayOutput>()).Data["text/plain"]!.Replace("0%", "0 %"));
        var last = _session.Outputs.OfType<UpdateDisplayOutput>().Last().Data;
        Assert.StartsWith("Adding [##############################] 100 %", last["text/plain"]!.Replace("100%", "100 %"));
        Assert.Contains("<progress value=\"100\" max=\"100\"></progress>", last["text/html"]);
        Assert.Equal(5050, _session.Results.Single().Data["text/plain"] is { } text ? int.Parse(text) : 0);
    }
}
