namespace StyleLab.Notebooks.Tests;

public sealed class FSharpTests : IDisposable
{
    private readonly RecordedSession _session = new();

    private string LastText => _session.Outputs.OfType<DisplayOutput>().Last().Data["text/plain"]!;

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("#!fsharp\nlet a = 1\n#quit", "line 3: #quit would end the kernel and all its variables; leave it out.")]
    [InlineData("#!fsharp\n  #q;;", "line 2: #quit would end the kernel")]
    public async Task A_cell_does_not_end_the_kernel(string cell, string expected)
    {
        var result = await _session.RunAsync(cell, TestContext.Current.CancellationToken);
        Assert.Contains(expected, string.Join('\n', result.Error!.Traceback));
    }

    [Fact]
    public async Task Without_the_compiler_one_sentence_says_what_to_add() =>
        Assert.Equal("F# cells need the package FSharp.Compiler.Service, which the notebook brings: write #r \"nuget: FSharp.Compiler.Service\" in a cell above.",
            await _session.ErrorAsync("#!fsharp\nlet x = 1"));

    [NetworkFact]
    public async Task Cells_run_see_each_other_and_share_values_both_ways()
    {
        await _session.ValueAsync("#r \"nuget: FSharp.Compiler.Service, 43.10.115\"");
        await _session.ValueAsync("#!fsharp\nlet square x = x * x\nlet numbers = [ for i in 1 .. 5 -> square i ]\nprintfn \"made %d\" numbers.Length\nnumbers");
        Assert.Equal("made 5\n", _session.Stdout);
        Assert.Equal("[1; 4; 9; 16; 25]", LastText);

        // A later cell, by its metadata; a union; nothing to show.
        var result = await _session.RunAsync("type Shape = Circle of float | Square of float\nlet s = Circle 1.5\ns", TestContext.Current.CancellationToken, language: "fsharp");
        Assert.True(result.Error == null, result.Error?.Message);
        Assert.Equal("Circle 1.5", LastText);
        await _session.ValueAsync("#!fsharp\n[| Circle 1.0; Square 2.0 |]");
        Assert.Equal("[|Circle 1.0; Square 2.0|]", LastText);
        Assert.False(_session.Outputs.OfType<DisplayOutput>().Last().Data.Contains("text/html"));
        await _session.ValueAsync("#!f#\nlet quiet = square 7");
        Assert.Empty(_session.Outputs);

        // To C#.
        Assert.Equal(49, await _session.ValueAsync("#!share quiet --from fsharp\nquiet"));
        Assert.Equal(55, await _session.ValueAsync("#!share numbers --from fsharp\nnumbers.Sum()"));
        Assert.Equal(1.5, await _session.ValueAsync("#!set --name shape --value @fsharp:s\n(double)shape.Item"));

        // From C#.
        await _session.ValueAsync("var words = new List<string> { \"one\", \"two\" }; record Own(int A); var own = new Own(1);");
        await _session.ValueAsync("#!fsharp\n#!share words --from csharp\nwords.Add \"three\"\nString.concat \" \" words");
        Assert.Equal("one two three", LastText);
        Assert.Equal(3, await _session.ValueAsync("words.Count"));
        Assert.Equal("own cannot be shared: F# does not see the type Own, which a cell declared; share its parts.",
            await _session.ErrorAsync("#!fsharp\n#!share own --from csharp\n1"));

        // A package of an F# cell is there in both, with the same types.
        await _session.ValueAsync("#!fsharp\n#r \"nuget: Newtonsoft.Json, 13.0.4\"\nopen Newtonsoft.Json.Linq\nlet parsed = JObject.Parse \"{\\\"a\\\": 5}\"");
        Assert.Equal(5, await _session.ValueAsync("#!share parsed --from fsharp\nNewtonsoft.Json.Linq.JObject same = parsed; (int)same[\"a\"]"));

        // display, and what goes wrong.
        await _session.ValueAsync("#!fsharp\ndisplay(HTML \"<b>bold</b>\") |> ignore");
        Assert.Equal("<b>bold</b>", Assert.Single(_session.Outputs.OfType<DisplayOutput>()).Data["text/html"]);
        var wrong = await _session.RunAsync("#!fsharp\nlet ok = 1\nlet y : int = \"no\"", TestContext.Current.CancellationToken);
        Assert.StartsWith("FS0001: ", wrong.Error!.Message);
        Assert.Contains("line 3, column 15: FS0001: ", wrong.Error.Traceback[0]);
        Assert.Equal("on purpose", await _session.ErrorAsync("#!fsharp\nfailwith \"on purpose\" |> ignore"));
        Assert.Equal("There is no F# value missing.", await _session.ErrorAsync("#!share missing --from fsharp"));
    }
}
