namespace StyleLab.Notebooks.Tests;

public sealed class MagicTests : IDisposable
{
    private readonly string _folder = Fixture.TemporaryFolder();
    private readonly RecordedSession _session;

    public MagicTests() => _session = new RecordedSession(_folder);

    private IEnumerable<MimeBundle> Shown => _session.Outputs.OfType<DisplayOutput>().Select(output => output.Data);

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("#!markdown\n# A", "text/markdown", "# A")]
    [InlineData("#!md\n# A", "text/markdown", "# A")]
    [InlineData("#!html\n<b>x</b>", "text/html", "<b>x</b>")]
    [InlineData("#!js\nf()", "application/javascript", "f()")]
    [InlineData("#!mermaid\ngraph LR", "text/vnd.mermaid", "graph LR")]
    public async Task Text_in_other_languages_is_shown(string code, string mimeType, string expected)
    {
        await _session.ValueAsync(code);
        Assert.Equal(expected, Assert.Single(Shown)[mimeType]);
    }

    [Fact]
    public async Task A_cell_can_switch_languages_and_the_metadata_names_the_first()
    {
        await _session.RunAsync("**a**\n#!csharp\n1 + 1\n#!html\n<i>", TestContext.Current.CancellationToken, language: "markdown");
        Assert.Equal(["DisplayOutput", "ResultOutput", "DisplayOutput"], _session.Outputs.Select(output => output.GetType().Name));
        Assert.Equal("**a**", Shown.First()["text/markdown"]);
    }

    [Theory]
    [InlineData("Get-Item", "pwsh", "PowerShell")]
    [InlineData("x", "kql", "KQL")]
    [InlineData("x", "ruby", "ruby")]
    public async Task Other_languages_get_one_sentence(string code, string? language, string title) =>
        Assert.Equal(
            $"This cell is written in {title}, and this kernel speaks C#; write it in C#, or run it with a kernel for that language.",
            await _session.ErrorAsync(code, language));

    [Fact]
    public async Task Errors_in_a_later_piece_name_their_line_of_the_cell()
    {
        var result = await _session.RunAsync("#!markdown\nx\n#!csharp\nvar a = 1;\nnonsense", TestContext.Current.CancellationToken);
        Assert.StartsWith("Cell 1, line 5, column 1: ", result.Error!.Traceback[0]);
        result = await _session.RunAsync("#!time\n\nthrow new Exception();", TestContext.Current.CancellationToken);
        Assert.Equal("   at Cell 2, line 3", result.Error!.Traceback[1]);
        result = await _session.RunAsync("1\n#!nothing", TestContext.Current.CancellationToken);
        Assert.Equal(["Cell 3, line 2: There is no #!nothing; #!lsmagic lists what there is."], result.Error!.Traceback);
    }

    [Fact]
    public async Task Time_is_told_after_the_cell_also_when_it_fails()
    {
        await _session.RunAsync("#!time\nConsole.Write(1);", TestContext.Current.CancellationToken);
        Assert.Matches(@"^Wall time: [\d.]+ms$", Assert.IsType<DisplayOutput>(_session.Outputs[^1]).Data["text/plain"]);
        await _session.RunAsync("#!time\nthrow new Exception();", TestContext.Current.CancellationToken);
        Assert.StartsWith("Wall time: ", Assert.Single(Shown)["text/plain"]);
    }

    [Fact]
    public async Task Variables_are_listed_with_their_latest_type_and_value()
    {
        await _session.ValueAsync("var a = 1; var text = \"x\"; var later = 0; int F() => 1;");
        await _session.ValueAsync("var a = 2.5;");
        await _session.RunAsync("#!who", TestContext.Current.CancellationToken);
        Assert.Equal("a\ntext\nlater", Assert.Single(Shown)["text/plain"]);
        await _session.RunAsync("#!whos", TestContext.Current.CancellationToken);
        Assert.Equal("double a = 2.5\nstring text = x\nint later = 0", Assert.Single(Shown)["text/plain"]);
        Assert.Contains("<tr><td>a</td><td>double</td><td>2.5</td></tr>", Assert.Single(Shown)["text/html"]);
    }

    [Fact]
    public async Task Lsmagic_and_about_list_what_there_is()
    {
        await _session.RunAsync("#!lsmagic", TestContext.Current.CancellationToken);
        string list = Assert.Single(Shown)["text/plain"]!;
        Assert.All(MagicTable.All, magic => Assert.Contains($"#!{magic.Name} ", list));
        await _session.RunAsync("#!about", TestContext.Current.CancellationToken);
        Assert.Contains(".NET 10.", Assert.Single(Shown)["text/html"]);
        await _session.RunAsync("#!who --help", TestContext.Current.CancellationToken);
        Assert.Contains("Lists the variables.", Assert.Single(Shown)["text/plain"]);
    }

    [Fact]
    public async Task Values_go_from_text_to_csharp()
    {
        await _session.ValueAsync("#!value --name poem\nroses\n\"red\"");
        Assert.Equal("roses\n\"red\"", await _session.ValueAsync("#!share poem --from value\npoem"));
        Assert.Equal("roses\n\"red\"", await _session.ValueAsync("#!set --name other --value @value:poem\nother"));
        File.WriteAllText(Path.Combine(_folder, "a.txt"), "from a file");
        Assert.Equal("from a file", await _session.ValueAsync("#!value --name f --from-file a.txt --mime-type text/plain\n#!csharp\n#!share --name f --from value --as g\ng"));
        Assert.Equal(5, await _session.ValueAsync("#!value --name json --mime-type application/json\n{\"a\": 5}\n#!csharp\n#!share --from value json\njson.RootElement.GetProperty(\"a\").GetInt32()"));
        Assert.Equal("There is no value missing; #!value --name missing makes one.", await _session.ErrorAsync("#!share missing --from value"));
        Assert.Equal("#!value needs --name.", await _session.ErrorAsync("#!value --from-value x"));
    }

    [Theory]
    [InlineData("3", 3.0)]
    [InlineData("true", true)]
    [InlineData("\"two words\"", "two words")]
    [InlineData("word", "word")]
    [InlineData("@csharp:source", 7)]
    public async Task Set_makes_a_variable(string value, object expected)
    {
        await _session.ValueAsync("var source = 7;");
        Assert.Equal(expected, await _session.ValueAsync($"#!set --name made --value {value}\nmade"));
    }

    [Fact]
    public async Task Set_asks_the_user()
    {
        var asked = new List<InputRequest>();
        _session.Input = request => { asked.Add(request); return "given"; };
        Assert.Equal("given", await _session.ValueAsync("#!set --name a --value @input:\"Your name\"\na"));
        Assert.Equal("given", await _session.ValueAsync("#!set --name p --value @password:secret\np.GetClearTextPassword()"));
        Assert.Equal([("Your name", false), ("secret", true)], asked.Select(request => (request.Prompt, request.IsPassword)));
    }

    [Fact]
    public async Task Csharp_values_reach_javascript()
    {
        await _session.ValueAsync("var numbers = new[] { 1, 2 };");
        await _session.ValueAsync("#!javascript\n#!share numbers --from csharp\nf(numbers)");
        Assert.Equal("{\nconst numbers = [1,2];\nf(numbers)\n}", Assert.Single(Shown)["application/javascript"]);
    }

    [Theory]
    [InlineData("#!set --bad x", "#!set has no option --bad; it takes --name, --value, --byref, --mime-type.")]
    [InlineData("#!who everyone", "#!who takes no arguments, got everyone.")]
    [InlineData("#!set --name a", "#!set needs --value.")]
    [InlineData("#!set --name 1a --value 2", "\"1a\" cannot be the name of a variable.")]
    [InlineData("#!import x.py", "#!import: there is no file ")]
    public async Task Wrong_arguments_get_one_sentence(string code, string expected) =>
        Assert.StartsWith(expected, await _session.ErrorAsync(code));

    [Fact]
    public async Task Import_runs_notebooks_and_scripts_in_this_session()
    {
        var notebook = Fixture.Notebook("# Title", "var imported = 5;", "#!who");
        notebook.Cells[0].Json["metadata"] = null;
        notebook.Save(Path.Combine(_folder, "setup.ipynb"));
        File.WriteAllText(Path.Combine(_folder, "more.dib"), "#!csharp\n\nimported++;\n\n#!markdown\n\nshown\n");
        File.WriteAllText(Path.Combine(_folder, "f.csx"), "int F() => imported * 10;");
        Assert.Equal(60, await _session.ValueAsync("#!import setup.ipynb\n#!import --file more.dib\n#!import f.csx\nF()"));
        Assert.Equal(["# Title", "shown"], Shown.Select(data => data["text/markdown"]).OfType<string>());

        File.WriteAllText(Path.Combine(_folder, "bad.csx"), "\nthrow new Exception(\"in the file\");");
        var result = await _session.RunAsync("#!import bad.csx", TestContext.Current.CancellationToken);
        Assert.Equal("   at bad.csx, line 2", result.Error!.Traceback[1]);
    }
}
