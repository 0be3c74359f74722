using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks.Tests;

/// <summary>Values whose shape is not what their interfaces say at first sight.</summary>
public sealed class ShapeTests : IDisposable
{
    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("System.Text.RegularExpressions.Regex.Match(\"abc\", \"(?<letter>b)\")", "b", "<th>Groups</th>")]
    [InlineData("System.Text.RegularExpressions.Regex.Match(\"abc\", \"(?<letter>b)\").Groups", "{ \"0\": b, \"letter\": b }", "<th>letter</th><td>b</td>")]
    [InlineData("System.Text.RegularExpressions.Regex.Matches(\"abab\", \"b\")", "[ b, b ]", "<th>Index</th>")]
    [InlineData("new[] { 1, 2, 3 }.GroupBy(n => n % 2 == 0 ? \"even\" : \"odd\")", "{ \"odd\": [ 1, 3 ], \"even\": [ 2 ] }", "<th>even</th><td>[ 2 ]</td>")]
    [InlineData("new[] { 1, 2, 3 }.GroupBy(n => n % 2 == 0 ? \"even\" : \"odd\").First()", "{ \"odd\": [ 1, 3 ] }", "<th>odd</th>")]
    [InlineData("\"a bb cc\".Split(' ').ToLookup(word => word.Length)", "{ 1: [ \"a\" ], 2: [ \"bb\", \"cc\" ] }", "<th>2</th>")]
    [InlineData("Enumerable.Range(0, 30).GroupBy(n => n).Select(g => g)", "19: [ 19 ], … (more) }", "… (more)")]
    public async Task It_is_shown_with_its_keys(string code, string text, string html)
    {
        var shown = await ShownAsync(code);
        Assert.Contains(text, shown[MimeTypes.PlainText]);
        Assert.Contains(html, shown[MimeTypes.Html]);
        Assert.DoesNotContain("cannot be shown", shown[MimeTypes.PlainText]);
        Assert.True(shown[MimeTypes.Html]!.Length < 3000, shown[MimeTypes.Html]);
    }

    [Theory]
    [InlineData("new DateTime(2026, 3, 2)", "2026-03-02 00:00:00")]
    [InlineData("DateTime.UnixEpoch.AddMilliseconds(1.5)", "1970-01-01 00:00:00.0015Z")]
    [InlineData("new DateTimeOffset(2026, 3, 2, 4, 5, 6, TimeSpan.FromHours(-7))", "2026-03-02 04:05:06-07:00")]
    [InlineData("new DateOnly(2026, 3, 2)", "2026-03-02")]
    [InlineData("new TimeOnly(23, 1)", "23:01:00")]
    [InlineData("new { Day = new DateOnly(2026, 3, 2) }", "anonymous { Day = 2026-03-02 }")]
    public async Task A_date_reads_the_same_in_every_country(string code, string expected) =>
        Assert.Equal(expected, (await ShownAsync(code))[MimeTypes.PlainText]);

    [Theory]
    [InlineData("async IAsyncEnumerable<int> Count() { yield return 1; await Task.Yield(); }\nCount()", "IAsyncEnumerable<int>, to be read by await foreach")]
    [InlineData("AsyncEnumerable.Range(0, 3).Select(n => n.ToString())", "IAsyncEnumerable<string>, to be read by await foreach")]
    public async Task An_asynchronous_sequence_says_what_it_is(string code, string expected)
    {
        var shown = await ShownAsync(code);
        Assert.Equal(expected, shown[MimeTypes.PlainText]);
        Assert.False(shown.Contains(MimeTypes.Html));
    }

    [Theory]
    [InlineData("return 5;", "5")]
    [InlineData("if (1 < 2)\n    return \"early\";\nConsole.WriteLine(\"never\");", "early")]
    [InlineData("if (1 > 2) return \"early\";\n\"late\"", "late")]
    public async Task What_a_cell_returns_is_its_value(string code, string expected) =>
        Assert.Equal(expected, (await ShownAsync(code))[MimeTypes.PlainText]);

    [Theory]
    [InlineData("(1, new[] { 1, 2 }, (Func<int, string>)(x => \"\"))", "(1, [ 1, 2 ], Func<int, string>)")]
    [InlineData("Tuple.Create(\"a\", new List<string> { \"b\" })", "(a, [ \"b\" ])")]
    [InlineData("new { F = (Action)(() => { }), Pair = (1.5, (string)null) }", "anonymous { F = Action, Pair = (1.5, <null>) }")]
    [InlineData("(1, 2, 3, 4, 5, 6, 7, 8, 9)", "(1, 2, 3, 4, 5, 6, 7, 8, 9)")]
    public async Task Tuples_and_functions_read_as_what_they_are(string code, string expected) =>
        Assert.Equal(expected, await TextAsync(code));

    [Theory]
    [InlineData("if (1 == 1) return; 5")]
    [InlineData("foreach (int i in new[] { 1 }) { return; }\n\"text\"")]
    public async Task A_cell_that_ends_with_return_has_no_value(string code)
    {
        await _session.ValueAsync(code);
        Assert.Empty(_session.Results);
    }

    [Fact]
    public async Task A_return_inside_a_function_is_not_the_cells()
    {
        await _session.ValueAsync("void F() { return; } Action a = () => { return; }; (string)null");
        Assert.Equal("<null>", Assert.Single(_session.Results).Data["text/plain"]);
    }

    [Fact]
    public async Task A_cell_that_returns_nothing_shows_nothing()
    {
        await _session.ValueAsync("return;");
        Assert.Empty(_session.Outputs);
    }

    [Fact]
    public void A_dictionary_that_enumerates_as_its_values_is_shown_with_its_keys() =>
        Assert.Equal("{ \"one\": 1, \"two\": 2 }", Formatter.Format(new ByName { ["one"] = 1, ["two"] = 2 })[MimeTypes.PlainText]);

    private async Task<MimeBundle> ShownAsync(string code)
    {
        await _session.ValueAsync(code);
        return Assert.Single(_session.Results).Data;
    }

    private sealed class ByName : Dictionary<string, int>, System.Collections.IEnumerable
    {
        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => Values.GetEnumerator();
    }

    private async Task<string?> TextAsync(string code)
    {
        await _session.ValueAsync(code);
        return Assert.Single(_session.Results).Data["text/plain"];
    }
}
