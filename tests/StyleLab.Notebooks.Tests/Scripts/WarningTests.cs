namespace StyleLab.Notebooks.Tests;

/// <summary>What the compiler warns of, and which C# it reads.</summary>
public sealed class WarningTests : IDisposable
{
    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("async Task Later() => await Task.Delay(1);\nLater();", "Cell 1, line 2, column 1: warning CS4014: ")]
    [InlineData("[Obsolete] void Old() { }\n\n  Old();", "Cell 1, line 3, column 3: warning CS0612: ")]
    [InlineData("#nullable enable\nstring? Name() => null;\nint Length() => Name().Length;", "Cell 1, line 3, column 17: warning CS8602: ")]
    [InlineData("int Two() { return 2; return 3; }", "Cell 1, line 1, column 23: warning CS0162: ")]
    [InlineData("class Box { int field; public int Value => field; }", "Cell 1, line 1, column 44: warning CS9258: ")]
    public async Task A_warning_stands_below_the_cell_with_its_place(string code, string beginning)
    {
        await _session.ValueAsync(code);
        var shown = _session.Outputs.OfType<DisplayOutput>().First();
        Assert.StartsWith(beginning, shown.Data[MimeTypes.PlainText]);
        Assert.Contains(beginning, shown.Data[MimeTypes.Html]);
    }

    [Fact]
    public async Task Many_are_folded_and_none_is_said_twice()
    {
        await _session.ValueAsync(string.Concat(Enumerable.Range(0, 5).Select(i => $"void F{i}() {{ int unused; }}\n")));
        var shown = Assert.IsType<DisplayOutput>(Assert.Single(_session.Outputs));
        Assert.Equal(5, shown.Data[MimeTypes.PlainText]!.Split('\n').Distinct().Count());
        Assert.Contains("<details><summary>5 warnings</summary>", shown.Data[MimeTypes.Html]);
    }

    [Theory]
    [InlineData("string name = null; class Person { public string Name { get; set; } }")]
    [InlineData("async Task<int> Five() { await Task.Yield(); return 5; }\nFive()")]
    [InlineData("var x = 1; void Nothing() { }")]
    public async Task What_is_usual_in_a_notebook_is_not_warned_of(string code)
    {
        await _session.ValueAsync(code);
        Assert.Empty(_session.Outputs.OfType<DisplayOutput>());
    }

    // Words of C# to come are names still.
    [Fact]
    public async Task Cells_are_read_as_CSharp_14()
    {
        await _session.ValueAsync("var union = new HashSet<int> { 1 };\nunion.UnionWith([2]);");
        Assert.Equal(2, await _session.ValueAsync("union.Count"));
        Assert.Equal(3, await _session.ValueAsync("class Box { public int Value { get => field; set => field = value + 1; } }\nnew Box { Value = 2 }.Value"));
        Assert.Equal(SubmissionState.Complete, _session.IsComplete("union.UnionWith([3]);").State);
    }
}
