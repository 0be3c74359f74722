namespace StyleLab.Notebooks.Tests;

/// <summary><c>using var …;</c> at the top level of a cell.</summary>
public sealed class TopLevelUsingTests : IDisposable
{
    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task A_variable_lives_on_until_its_name_is_declared_anew()
    {
        await DeclareAsync();
        await _session.ValueAsync("using var door = new Door(\"a\");\nusing Door gate = new Door(\"b\"), hatch = new Door(\"c\");");
        Assert.Equal("", await _session.ValueAsync("Log()"));
        Assert.Equal("a", await _session.ValueAsync("door.Name"));

        // The former one is closed before the new one is opened: a file could not be opened twice.
        await _session.ValueAsync("using var door = new Door(\"d\" + Log());");
        Assert.Equal("a", await _session.ValueAsync("Log()"));
        Assert.Equal("da", await _session.ValueAsync("door.Name"));
        await _session.ValueAsync("int hatch = 1, other = 2; string Gate() => gate.Name;");
        Assert.Equal("ac", await _session.ValueAsync("Log()"));
        Assert.Equal("b", await _session.ValueAsync("Gate()"));
    }

    [Fact]
    public async Task The_end_of_the_session_closes_the_rest_the_latest_first()
    {
        await DeclareAsync();
        var log = (System.Text.StringBuilder)(await _session.ValueAsync("log"))!;
        await _session.ValueAsync("using var first = new Door(\"1\"); await using var second = new Lift(\"2\");");
        await _session.ErrorAsync("using var third = new Door(\"3\"); using var never = new Door(null); throw new Exception();");
        _session.Dispose();
        Assert.Equal("32~1", log.ToString());
    }

    [Theory]
    [InlineData("var a = 1;\nusing var s = new Door(\"x\");\nthrow new Exception(\"here\");", "Cell 2, line 3")]
    [InlineData("await using\nvar s = new Lift(\"x\");\n\nthrow new Exception(\"here\");", "Cell 2, line 4")]
    public async Task Lines_stay_what_they_are(string code, string line)
    {
        await DeclareAsync();
        await _session.ErrorAsync(code);
        Assert.Contains(line, string.Join('\n', ((ErrorOutput)_session.Outputs[^1]).Traceback));
    }

    [Fact]
    public async Task What_cannot_be_closed_is_said_and_not_run()
    {
        await _session.ValueAsync("var ran = false;");
        Assert.Contains("text is a string, which cannot be closed (IDisposable); declare it without using.",
            await _session.ErrorAsync("ran = true;\nusing var text = \"a\";"));
        Assert.Contains("(IAsyncDisposable)", await _session.ErrorAsync("await using var reader = new StringReader(\"\");"));
        Assert.Equal(false, await _session.ValueAsync("ran"));
    }

    [Theory]
    [InlineData("using Words = System.Collections.Generic.List<string>;\nnew Words().Count", 0)]
    [InlineData("using static System.Math;\nAbs(-2)", 2)]
    [InlineData("using System.Globalization; int n = 3; n", 3)]
    [InlineData("int F() { using var r = new StringReader(\"four\"); return r.ReadToEnd().Length; }\nF()", 4)]
    [InlineData("using (var r = new StringReader(\"12345\")) { }\n5", 5)]
    [InlineData("{ using var r = new StringReader(\"6\"); }\n// using var x = 1;\n\"using var y = 2;\".Length - 10", 6)]
    [InlineData("using System.Text;\nusing var r = new StringReader(\"seven77\");\nr.ReadToEnd().Length", 7)]
    [InlineData("using StringReader r = new(\"eight888\"), q = new(\"\");\nr.ReadToEnd().Length", 8)]
    public async Task Other_usings_are_what_they_were(string code, int expected) => Assert.Equal(expected, await _session.ValueAsync(code));

    [Fact]
    public async Task The_keyboard_knows_the_variable()
    {
        Assert.Contains("ReadLine", (await _session.CompleteAsync("using var r = new StringReader(\"\");\nr.ReadL|")).Items.Select(item => item.Text));
        Assert.Contains("StringReader", (await _session.CompleteAsync("using var r = new StringRea|")).Items.Select(item => item.Text));
        Assert.StartsWith("StringReader r", await _session.InspectAsync("using var r = new StringReader(\"\");\n|r.ReadLine()"));
        Assert.Equal(SubmissionState.Complete, _session.IsComplete("using var r = new StringReader(\"\");").State);
        Assert.Equal(SubmissionState.Incomplete, _session.IsComplete("using var r = new StringReader(").State);
    }

    private async Task DeclareAsync() => await _session.ValueAsync("""
        var log = new StringBuilder();
        string Log() => log.ToString();
        class Door(string name) : IDisposable { public string Name { get; } = name ?? throw new Exception("no name"); public static StringBuilder To; public void Dispose() => To.Append(Name[0]); }
        class Lift(string name) : IAsyncDisposable { public async ValueTask DisposeAsync() { await Task.Yield(); Door.To.Append(name + "~"); } }
        Door.To = log;
        """);
}
